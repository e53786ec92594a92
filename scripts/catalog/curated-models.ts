import type {CatalogModel} from '../../src/lib/catalog/catalog.schema.js'

/** A fact about one model that the compiled fact files lack or have older; what it sets replaces what they say. */
export interface ModelAddition {
  readonly id: string
  readonly set: Partial<
    Pick<CatalogModel, 'minimumDataRetention' | 'gated' | 'promptCaching' | 'endpoints' | 'provisioned' | 'note'>
  >
  readonly source: string
  readonly asOf: string
}

const DATA_RETENTION = 'AWS user guide, data retention'
const PROMPT_CACHING = 'AWS user guide, prompt caching'
const ENDPOINTS = 'AWS user guide, models by endpoint'
const LIFECYCLE = 'AWS user guide, model lifecycle'
const PROVISIONED = 'AWS user guide, Provisioned Throughput models'
const OCTOBER = '2026-10'

/** Order matters only where two rows name one model: the later one wins. */
export const MODEL_ADDITIONS: readonly ModelAddition[] = [
  {id: 'anthropic.claude-fable-5', set: {minimumDataRetention: 'aws_review'}, source: DATA_RETENTION, asOf: OCTOBER},
  {id: 'anthropic.claude-fable-5-1', set: {minimumDataRetention: 'aws_review'}, source: DATA_RETENTION, asOf: OCTOBER},
  {id: 'anthropic.claude-mythos-5', set: {gated: true, promptCaching: true}, source: PROMPT_CACHING, asOf: OCTOBER},
  {
    id: 'anthropic.claude-mythos-preview',
    set: {gated: true, promptCaching: true},
    source: PROMPT_CACHING,
    asOf: OCTOBER,
  },
  {
    id: 'anthropic.claude-fable-5-1',
    set: {endpoints: ['bedrock-mantle', 'bedrock-runtime']},
    source: ENDPOINTS,
    asOf: OCTOBER,
  },
  {id: 'openai.gpt-6-astra', set: {endpoints: ['bedrock-mantle', 'bedrock-runtime']}, source: ENDPOINTS, asOf: OCTOBER},
  {id: 'openai.gpt-5.6-cyber', set: {endpoints: ['bedrock-mantle']}, source: ENDPOINTS, asOf: OCTOBER},
  {id: 'openai.gpt-daybreak-blue-5.6-sol', set: {endpoints: ['bedrock-mantle']}, source: ENDPOINTS, asOf: OCTOBER},
  {
    id: 'amazon.nova-2-lite-v1:0',
    set: {provisioned: [{id: 'amazon.nova-2-lite-v1:0:256k', regions: ['us-east-1']}]},
    source: PROVISIONED,
    asOf: OCTOBER,
  },
  {
    id: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    set: {note: 'the lifecycle dates stand in only one of two copies of the AWS page; read them live'},
    source: LIFECYCLE,
    asOf: OCTOBER,
  },
]

/** A lifecycle row of the AWS user guide (October 2026), held against what the fact files say. */
export interface LifecycleRow {
  readonly ids: readonly string[]
  readonly legacy: string
  readonly extendedAccess: string | null
  readonly endOfLife: string
}

export const LIFECYCLE_SOURCE = `${LIFECYCLE} (${OCTOBER})`

export const LIFECYCLE_ROWS: readonly LifecycleRow[] = [
  {
    ids: ['anthropic.claude-sonnet-4-5-20250929-v1:0'],
    legacy: '2026-10-08',
    extendedAccess: '2027-01-08',
    endOfLife: '2027-04-08',
  },
  {
    ids: ['anthropic.claude-opus-4-1-20250805-v1:0'],
    legacy: '2026-07-08',
    extendedAccess: '2026-10-08',
    endOfLife: '2027-01-08',
  },
  {
    ids: ['ai21.jamba-1-5-large-v1:0', 'ai21.jamba-1-5-mini-v1:0'],
    legacy: '2026-05-26',
    extendedAccess: '2026-08-26',
    endOfLife: '2026-11-26',
  },
  {
    ids: ['twelvelabs.marengo-embed-2-7-v1:0'],
    legacy: '2026-05-29',
    extendedAccess: '2026-08-29',
    endOfLife: '2026-11-30',
  },
  {
    ids: ['anthropic.claude-sonnet-4-20250514-v1:0'],
    legacy: '2026-04-14',
    extendedAccess: '2026-07-14',
    endOfLife: '2026-10-14',
  },
  {
    ids: ['amazon.nova-canvas-v1:0', 'amazon.nova-reel-v1:0', 'amazon.nova-reel-v1:1'],
    legacy: '2026-03-30',
    extendedAccess: null,
    endOfLife: '2026-09-30',
  },
  {
    ids: ['amazon.nova-premier-v1:0', 'amazon.nova-sonic-v1:0'],
    legacy: '2026-03-13',
    extendedAccess: null,
    endOfLife: '2026-09-14',
  },
  {
    ids: ['anthropic.claude-3-haiku-20240307-v1:0'],
    legacy: '2026-03-10',
    extendedAccess: '2026-06-10',
    endOfLife: '2026-09-10',
  },
  {
    ids: ['cohere.command-r-v1:0', 'cohere.command-r-plus-v1:0'],
    legacy: '2026-02-19',
    extendedAccess: '2026-05-19',
    endOfLife: '2026-08-19',
  },
]

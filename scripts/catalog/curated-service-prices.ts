import type {BILLED_SERVICES, MeterId} from '../../src/lib/catalog/meters.js'
import type {PriceRecord} from './price-record.js'

type Origin = Pick<PriceRecord, 'source' | 'asOf' | 'confidence'>

const GUARDRAIL_LIST: Origin = {
  source: 'github timwukp/agentcore-guardrails-design-validation (AWS Pricing API, us-east-1, 2026-08-09)',
  asOf: '2026-08-09',
  confidence: 'high',
}
const PAGE: Origin = {
  source: 'github ajinkyak423/aws-bedrock-pricing-data @86fc3c1 (AWS pricing page, 2026-07-24)',
  asOf: '2026-07-24',
  confidence: 'medium',
}
const IMPORT_LIST: Origin = {
  source: 'copy of the AWS Price List of us-east-1, observed 2026-09-12',
  asOf: '2026-09-12',
  confidence: 'high',
}
const PAGE_SEPTEMBER: Origin = {source: 'AWS pricing pages, read 2026-09-14', asOf: '2026-09-14', confidence: 'high'}
const AGENT_TOOLKIT: Origin = {
  source: 'github aws/agent-toolkit-for-aws @d6ad2e4 (agents-optimize, published rates)',
  asOf: '2026-08-20',
  confidence: 'high',
}
const AGENTCORE_LIST: Origin = {
  source: 'github aws-samples AgentCore pricing skill (Price List usage types)',
  asOf: '2026',
  confidence: 'medium',
}
const AUTOMATION_LIST: Origin = {
  source: 'copy of the AWS Pricing API, InvokeDataAutomationAsync, us-east-1, 2025-10-28',
  asOf: '2025-10-28',
  confidence: 'medium',
}
const THIRD_PARTY: Origin = {source: 'third parties that quote the AWS pricing page', asOf: '2026', confidence: 'low'}

type Row = readonly [
  service: keyof typeof BILLED_SERVICES,
  meter: MeterId,
  variant: string | null,
  region: string | null,
  price: number,
  origin: Origin,
  note?: string,
]

const YEAR_OLD = 'a year old'
const US = ['us-east-1', 'us-east-2', 'us-west-2'] as const
const US_GROUP = 'Custom Model Import in the United States has one price'

/** Regions are named only where the source does; `*` only where it says that all cost the same. */
const ROWS: readonly Row[] = [
  ['guardrails', 'guardrail-text-unit', 'content', 'us-east-1', 0.15, GUARDRAIL_LIST],
  ['guardrails', 'guardrail-text-unit', 'topic', 'us-east-1', 0.15, GUARDRAIL_LIST],
  ['guardrails', 'guardrail-text-unit', 'pii', 'us-east-1', 0.1, GUARDRAIL_LIST],
  ['guardrails', 'guardrail-text-unit', 'pii-regex', '*', 0, GUARDRAIL_LIST, 'free of charge'],
  ['guardrails', 'guardrail-text-unit', 'word', '*', 0, GUARDRAIL_LIST, 'free of charge'],
  ['guardrails', 'guardrail-text-unit', 'grounding', 'us-east-1', 0.1, GUARDRAIL_LIST],
  ['guardrails', 'guardrail-text-unit', 'reasoning', 'us-east-1', 0.17, GUARDRAIL_LIST, 'for each policy attached'],
  ['guardrails', 'guardrail-text-unit', 'content-check', 'us-east-1', 0.07, GUARDRAIL_LIST, 'InvokeGuardrailChecks'],
  [
    'guardrails',
    'guardrail-text-unit',
    'prompt-attack-check',
    'us-east-1',
    0.08,
    GUARDRAIL_LIST,
    'InvokeGuardrailChecks',
  ],
  ['guardrails', 'guardrail-text-unit', 'pii-check', 'us-east-1', 0.1, GUARDRAIL_LIST, 'InvokeGuardrailChecks'],
  ['guardrails', 'guardrail-image', 'content', 'us-east-1', 0.00075, GUARDRAIL_LIST],

  ...US.map((region): Row => {
    const origin = region === 'us-east-1' ? IMPORT_LIST : PAGE
    return ['custom-model-import', 'custom-model-unit-minute', 'v1.0', region, 0.05718, origin, US_GROUP]
  }),
  [
    'custom-model-import',
    'custom-model-unit-minute',
    'v1.0',
    null,
    0.07144,
    PAGE,
    'a group of Regions that the copy does not name',
  ],
  [
    'custom-model-import',
    'custom-model-unit-minute',
    'v1.0',
    'eu-central-1',
    0.07144,
    {...PAGE, confidence: 'low'},
    'by elimination: the only Region of imports outside the United States',
  ],
  ['custom-model-import', 'custom-model-unit-minute', 'v2.0', 'us-east-1', 0.1433, IMPORT_LIST, 'gpt-oss architecture'],

  ['knowledge-bases', 'knowledge-base-storage', null, '*', 5, PAGE_SEPTEMBER, 'managed knowledge bases only'],
  ['knowledge-bases', 'knowledge-base-retrieval', null, '*', 1, PAGE_SEPTEMBER, 'managed knowledge bases only'],
  [
    'knowledge-bases',
    'knowledge-base-agentic-retrieval',
    null,
    '*',
    4,
    PAGE_SEPTEMBER,
    'managed knowledge bases only; the retrievals it makes are billed too',
  ],
  ['evaluations', 'human-evaluation-task', null, '*', 0.21, PAGE],
  ['flows', 'flow-transition', null, '*', 0.035, {...THIRD_PARTY, asOf: '2025-11', confidence: 'medium'}],

  ['data-automation', 'data-automation-page', 'standard', 'us-east-1', 0.01, AUTOMATION_LIST, YEAR_OLD],
  [
    'data-automation',
    'data-automation-page',
    'custom',
    'us-east-1',
    0.04,
    AUTOMATION_LIST,
    `up to 30 fields; ${YEAR_OLD}`,
  ],
  ['data-automation', 'data-automation-image', 'standard', 'us-east-1', 0.003, AUTOMATION_LIST, YEAR_OLD],
  [
    'data-automation',
    'data-automation-image',
    'custom',
    'us-east-1',
    0.005,
    AUTOMATION_LIST,
    `up to 30 fields; ${YEAR_OLD}`,
  ],
  ['data-automation', 'data-automation-minute', 'audio-standard', 'us-east-1', 0.006, AUTOMATION_LIST, YEAR_OLD],
  ['data-automation', 'data-automation-minute', 'audio-custom', 'us-east-1', 0.009, AUTOMATION_LIST, YEAR_OLD],
  ['data-automation', 'data-automation-minute', 'video-standard', 'us-east-1', 0.05, AUTOMATION_LIST, YEAR_OLD],
  ['data-automation', 'data-automation-minute', 'video-custom', 'us-east-1', 0.084, AUTOMATION_LIST, YEAR_OLD],

  ['agentcore', 'agentcore-vcpu-hour', 'runtime', 'us-east-1', 0.0895, AGENT_TOOLKIT, 'active CPU only'],
  ['agentcore', 'agentcore-gb-hour', 'runtime', 'us-east-1', 0.00945, AGENT_TOOLKIT, 'peak memory, 128 MB at least'],
  ['agentcore', 'agentcore-vcpu-hour', 'browser', 'us-east-1', 0.0895, AGENT_TOOLKIT],
  ['agentcore', 'agentcore-gb-hour', 'browser', 'us-east-1', 0.00945, {...AGENT_TOOLKIT, confidence: 'medium'}],
  [
    'agentcore',
    'agentcore-vcpu-hour',
    'code-interpreter',
    'us-east-1',
    0.0895,
    {...AGENT_TOOLKIT, confidence: 'medium'},
  ],
  [
    'agentcore',
    'agentcore-gb-hour',
    'code-interpreter',
    'us-east-1',
    0.00945,
    {...AGENT_TOOLKIT, confidence: 'medium'},
  ],
  ['agentcore', 'agentcore-vcpu-hour', 'runtime-v2', 'us-east-1', 0.1276, {...THIRD_PARTY, asOf: '2026-09-27'}],
  ['agentcore', 'agentcore-gb-hour', 'runtime-v2', 'us-east-1', 0.0169, {...THIRD_PARTY, asOf: '2026-09-27'}],
  ['agentcore', 'agentcore-invocation', 'gateway', 'us-east-1', 0.005, AGENT_TOOLKIT],
  ['agentcore', 'agentcore-invocation', 'gateway-search', 'us-east-1', 0.025, AGENT_TOOLKIT],
  [
    'agentcore',
    'agentcore-invocation',
    'identity',
    'us-east-1',
    0.01,
    AGENT_TOOLKIT,
    'free through Runtime and Gateway',
  ],
  ['agentcore', 'agentcore-invocation', 'policy', 'us-east-1', 0.025, AGENT_TOOLKIT],
  ['agentcore', 'agentcore-tool-month', null, 'us-east-1', 0.2, AGENTCORE_LIST],
  ['agentcore', 'agentcore-memory-event', null, 'us-east-1', 0.25, AGENT_TOOLKIT],
  ['agentcore', 'agentcore-memory-record', 'built-in', 'us-east-1', 0.75, AGENT_TOOLKIT],
  ['agentcore', 'agentcore-memory-record', 'self-managed', 'us-east-1', 0.25, AGENT_TOOLKIT],
  ['agentcore', 'agentcore-memory-retrieval', null, 'us-east-1', 0.5, AGENT_TOOLKIT],

  [
    'opensearch-serverless',
    'vector-compute-hour',
    null,
    'us-east-1',
    0.24,
    PAGE_SEPTEMBER,
    'an OCU, of indexing or of search',
  ],
  [
    'opensearch-serverless',
    'vector-compute-hour',
    null,
    'ap-northeast-1',
    0.334,
    {source: 'a bill of August 2026', asOf: '2026-08', confidence: 'low'},
    'derived from the bill of one OCU day',
  ],
  ['opensearch-serverless', 'vector-storage', null, 'us-east-1', 0.024, {...THIRD_PARTY, confidence: 'medium'}],
  [
    's3-vectors',
    'vector-storage',
    null,
    'us-east-1',
    0.06,
    PAGE_SEPTEMBER,
    'writes and data that queries process cost apart',
  ],
  [
    's3-vectors',
    'vector-query',
    null,
    'us-east-1',
    2.5,
    PAGE_SEPTEMBER,
    'writes and data that queries process cost apart',
  ],
  [
    'aurora-postgresql',
    'vector-compute-hour',
    null,
    'us-east-1',
    0.12,
    {...PAGE_SEPTEMBER, confidence: 'medium'},
    'an ACU, Serverless v2',
  ],
  [
    'aurora-postgresql',
    'vector-storage',
    null,
    'us-east-1',
    0.1,
    {...THIRD_PARTY, asOf: '2026-05'},
    'requests cost apart',
  ],
  [
    'cloudwatch-logs',
    'log-ingestion',
    null,
    'us-east-1',
    0.5,
    {...THIRD_PARTY, confidence: 'medium'},
    'standard class; the first 5 GB are free',
  ],
  [
    'cloudwatch-logs',
    'log-ingestion',
    null,
    'ap-northeast-1',
    0.76,
    {...THIRD_PARTY, confidence: 'medium'},
    'standard class',
  ],
]

/** Built-in evaluators of AgentCore bill the tokens they read and write. */
const EVALUATOR_TOKENS: PriceRecord = {
  ...{subject: 'agentcore', profileId: null, region: 'us-east-1', routing: null, tier: 'standard'},
  ...{meter: 'tokens', variant: 'evaluation', amount: {input: 2.4, output: 12}},
  note: 'another AWS text prints these for 10,000 tokens; the Price List’s unit supports a million',
  ...AGENTCORE_LIST,
}

/** What is billed beside models. Left out: what no source establishes, such as the price of a prompt route. */
export const SERVICE_PRICES: readonly PriceRecord[] = [
  ...ROWS.map(([subject, meter, variant, region, unit, origin, note = null]): PriceRecord => {
    const what = {subject, profileId: null, region, routing: null, tier: 'standard', meter, variant} as const
    return {...what, amount: {unit}, note, ...origin}
  }),
  EVALUATOR_TOKENS,
]

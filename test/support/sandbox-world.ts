import type {Catalog} from '../../src/lib/catalog/catalog.js'
import type {CatalogBatch, CatalogModel, CatalogPrice, CatalogRegion} from '../../src/lib/catalog/catalog.schema.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import type {RequestContext} from '../../src/lib/sandbox/handler.js'
import {PromptCache} from '../../src/lib/sandbox/prompt-cache/prompt-cache.js'
import {Quotas} from '../../src/lib/sandbox/quotas/quotas.js'
import {Streams} from '../../src/lib/sandbox/streams/streams.js'
import {createWorld} from '../../src/lib/sandbox/world/load-world.js'
import type {Scenario, ScenarioAccount} from '../../src/lib/sandbox/world/scenario.schema.js'
import type {World} from '../../src/lib/sandbox/world.js'

const provenance = {asOf: '2026-08-22', sources: ['test'], confidence: 'high'} as const

function aModel(over: Partial<CatalogModel> & Pick<CatalogModel, 'id' | 'provider'>): CatalogModel {
  return {
    name: over.id,
    aliasOf: null,
    listNames: [],
    contextVariants: [],
    inputModalities: ['TEXT'],
    outputModalities: ['TEXT'],
    contextTokens: null,
    maxOutputTokens: null,
    streaming: true,
    tools: null,
    promptCaching: null,
    batch: null,
    customizations: [],
    customizationRegions: [],
    serviceTiers: null,
    apis: null,
    endpoints: null,
    lifecycle: {
      status: 'ACTIVE',
      launched: '2026-02-17',
      legacy: null,
      extendedAccess: null,
      endOfLife: null,
      endOfLifeNoSoonerThan: null,
      lastListed: null,
      source: null,
    },
    inRegion: [],
    inRegionDisputed: [],
    geoDisputed: [],
    govCloud: [],
    mantle: [],
    provisioned: [],
    profiles: [],
    minimumDataRetention: null,
    gated: false,
    note: null,
    ...provenance,
    ...over,
  }
}

function aRegion(name: string, optIn = false, partition = 'aws'): CatalogRegion {
  const displayName = `Region ${name}`
  return {name, displayName, partition, geographies: [], optIn, endpoints: ['bedrock'], note: null, ...provenance}
}

const claude = aModel({
  id: 'anthropic.claude-test-1',
  name: 'Claude Test 1',
  mantle: ['eu-central-1'],
  provider: 'Anthropic',
  inRegion: ['eu-west-2'],
  profiles: [
    {
      id: 'eu.anthropic.claude-test-1',
      kind: 'geo',
      geography: 'eu',
      routes: {
        'eu-central-1': ['eu-central-1', 'eu-west-1'],
        'eu-west-1': ['eu-north-1', 'eu-west-1'],
        'eu-south-1': null,
      },
      disputedSources: ['eu-north-1'],
      sources: ['test'],
    },
    {
      id: 'global.anthropic.claude-test-1',
      kind: 'global',
      geography: null,
      routes: {'eu-central-1': null, 'us-east-1': null},
      disputedSources: [],
      sources: ['test'],
    },
  ],
})

const nova = aModel({
  id: 'amazon.nova-test-v1:0',
  name: 'Nova Test',
  provider: 'Amazon',
  inputModalities: ['TEXT', 'VIDEO'],
  inRegion: ['us-east-1', 'eu-central-1', 'us-gov-west-1'],
  provisioned: [{id: 'amazon.nova-test-v1:0:24k', regions: ['us-east-1']}],
  customizations: ['FINE_TUNING'],
  customizationRegions: ['us-east-1'],
})

const retiring = aModel({
  id: 'writer.retiring-v1:0',
  provider: 'Writer',
  inRegion: ['us-east-1'],
  lifecycle: {...nova.lifecycle, legacy: '2026-06-01', extendedAccess: '2026-09-01', endOfLife: '2026-12-01'},
})

const unlisted = aModel({
  id: 'meta.unlisted-v1:0',
  provider: 'Meta',
  inRegion: ['us-east-1'],
  lifecycle: {...nova.lifecycle, status: 'UNLISTED'},
})

const gated = aModel({id: 'anthropic.gated-1', provider: 'Anthropic', inRegion: ['us-east-1'], gated: true})

function aPrice(over: Partial<CatalogPrice> & Pick<CatalogPrice, 'modelId' | 'region' | 'amount'>): CatalogPrice {
  return {
    profileId: null,
    routing: 'in-region',
    tier: 'standard',
    meter: 'tokens',
    variant: null,
    unit: '1M tokens',
    currency: 'USD',
    skus: null,
    note: null,
    ...provenance,
    ...over,
  }
}

const none = {input: null, output: null, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null}

const prices: readonly CatalogPrice[] = [
  aPrice({modelId: nova.id, region: '*', amount: {...none, input: 0.06, output: 0.24}}),
  aPrice({modelId: nova.id, region: 'eu-central-1', amount: {...none, input: 0.078, output: 0.312}}),
  aPrice({modelId: claude.id, region: 'eu-central-1', routing: 'geo', amount: {...none, input: 3.3, cacheRead: 0.33}}),
  aPrice({modelId: claude.id, region: 'eu-central-1', routing: 'global', amount: {...none, input: 3}}),
  aPrice({modelId: claude.id, region: null, amount: {...none, input: 99}}),
]

const smallBatch: CatalogBatch = {
  models: [],
  defaults: {
    minRecords: 100,
    recordsPerFile: 100_000,
    recordsPerJob: 100_000,
    fileGigabytes: 1,
    jobGigabytes: 5,
    jobGigabytesOf: {},
    openJobs: 100,
  },
  asOf: '2026-10',
  sources: ['a test'],
  confidence: 'high',
}

/** Five models, one of each kind that lists differ by; two opt-in Regions, one of GovCloud. */
export function smallCatalog(models: readonly CatalogModel[] = [nova, claude, retiring, unlisted, gated]): Catalog {
  const regions = [
    ...['us-east-1', 'eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-north-1'].map((name) => aRegion(name)),
    aRegion('eu-south-1', true),
    aRegion('af-south-1', true),
    aRegion('us-gov-west-1', false, 'aws-us-gov'),
  ]
  return {
    compiledOn: '2026-11-21',
    models,
    regions,
    geographies: [{id: 'eu', name: 'EU', regions: ['eu-central-1', 'eu-west-1']}],
    model: (id) => models.find((model) => model.id === id),
    profile(id) {
      const model = models.find(({profiles}) => profiles.some((profile) => profile.id === id))
      const profile = model?.profiles.find((one) => one.id === id)
      return model && profile && {model, profile}
    },
    region: (name) => regions.find((region) => region.name === name),
    geography: () => undefined,
    batch: async () => smallBatch,
    customModels: async () => (await openCatalog()).customModels(),
    features: async () => [],
    prices: async () => prices,
  }
}

export const ACCOUNT = '111122223333'
export const KEY = 'AKIASANDBOX000000001'

export function anAccount(over: Partial<ScenarioAccount> = {}): ScenarioAccount {
  return {
    id: ACCOUNT,
    name: 'test',
    createdOn: '2024-05-14',
    keys: [{accessKeyId: KEY, secretAccessKey: 'sandbox-secret-1', user: 'sandbox'}],
    bearerToken: 'ABSKtest',
    ...over,
  }
}

export interface TestWorld {
  readonly world: World
  /** Moves the clock on. */
  advance(ms: number): void
  /** A request of the first account, as a handler sees it. */
  context(over?: Partial<RequestContext>): RequestContext
}

export function aWorld(
  account: Partial<ScenarioAccount> = {},
  others: readonly ScenarioAccount[] = [],
  organization?: Scenario['organization'],
): TestWorld {
  let time = Date.parse('2026-11-21T12:00:00Z')
  const scenario: Scenario = {
    description: 'test',
    accounts: [anAccount(account), ...others],
    ...(organization && {organization}),
  }
  const now = () => time
  const world = createWorld({name: 'test', scenario, seed: 1, catalog: smallCatalog(), now})
  const streams = new Streams(1)
  const quotas = new Quotas()
  const promptCache = new PromptCache()
  return {
    world,
    advance(ms) {
      time += ms
    },
    context: (over = {}) => ({
      region: 'us-east-1',
      account: ACCOUNT,
      accessKeyId: KEY,
      service: 'bedrock',
      operation: 'Test',
      requestId: 'test',
      headers: {},
      baseUrl: 'http://127.0.0.1',
      world,
      streams,
      quotas,
      promptCache,
      arrivedAt: performance.now(),
      now,
      sleep: async () => undefined,
      aborted: () => false,
      whenGone: () => undefined,
      setStatus: () => undefined,
      setHeader: () => undefined,
      ...over,
    }),
  }
}

type Handler = (input: never, context: RequestContext) => unknown
type Answer<H> = H extends (...args: never[]) => infer Result ? Awaited<Result> : never
type Input<H> = H extends (input: infer I, context: RequestContext) => unknown ? I : never

/** Calls one handler of a fake as the server would, its name being the operation's. */
export async function ask<Fake extends object, Operation extends keyof Fake & string>(
  fake: Fake,
  operation: Operation,
  input: Input<NonNullable<Fake[Operation]>>,
  context: RequestContext,
): Promise<Answer<NonNullable<Fake[Operation]>>> {
  const handler = fake[operation] as Handler | undefined
  if (!handler) throw new Error(`${operation} is not served`)
  const answer = await handler(input as never, {...context, operation})
  return answer as Answer<NonNullable<Fake[Operation]>>
}

import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import type {CatalogModel} from '../../../../src/lib/catalog/catalog.schema.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import type {CompareResult} from '../../../../src/lib/cost/compare/compare.schema.js'
import {type CompareInput, compareChoices} from '../../../../src/lib/cost/compare/compare-choices.js'
import type {Grid} from '../../../../src/lib/cost/compare/expand-choices.js'
import type {PriceBook} from '../../../../src/lib/prices/price-book.js'
import {bookOf, readWorkload, type ShortPrice} from '../../../support/cost-case.js'
import {buildLifecycle, buildModel} from '../../catalog/build-catalog.js'

// Three models: one with every route, one In-Region only, one that is legacy; with round prices.

const profile = (id: string, kind: 'geo' | 'global', routes: Record<string, string[] | null>) => ({
  ...{id, kind, routes},
  geography: kind === 'geo' ? id.slice(0, id.indexOf('.')) : null,
  disputedSources: [],
  sources: ['a test'],
})

export const BIG = buildModel({
  id: 'anthropic.big-v1',
  name: 'Big',
  provider: 'Anthropic',
  inRegion: ['us-east-1'],
  mantle: ['us-east-1'],
  promptCaching: true,
  batch: true,
  serviceTiers: ['standard', 'flex', 'priority', 'reserved'],
  contextTokens: 200_000,
  maxOutputTokens: 8000,
  minimumDataRetention: 'aws_review',
  profiles: [
    profile('eu.anthropic.big-v1', 'geo', {
      'eu-central-1': ['eu-central-1', 'eu-west-1'],
      'eu-west-1': ['eu-central-1', 'eu-west-1'],
    }),
    profile('global.anthropic.big-v1', 'global', {'eu-central-1': null, 'us-east-1': null}),
  ],
})
export const SMALL = buildModel({
  id: 'amazon.small-v1:0',
  name: 'Small',
  inRegion: ['eu-central-1', 'us-east-1'],
  promptCaching: false,
  batch: false,
  serviceTiers: ['standard'],
  contextTokens: 8000,
})
export const OLD = buildModel({
  id: 'meta.old-v1:0',
  name: 'Old',
  provider: 'Meta',
  inRegion: ['us-east-1'],
  lifecycle: buildLifecycle({status: 'LEGACY', legacy: '2026-03-01', endOfLife: '2027-03-01'}),
  provisioned: [{id: 'meta.old-v1:0', regions: ['us-east-1']}],
})

const tokens = (modelId: string, input: number, output: number, more: Partial<ShortPrice> = {}): ShortPrice => ({
  modelId,
  routing: 'in-region',
  ...more,
  amount: {input, output, cacheRead: input / 10},
})

export const PRICES: readonly ShortPrice[] = [
  tokens(BIG.id, 4, 20),
  tokens(BIG.id, 4.4, 22, {routing: 'geo', region: 'eu-central-1', confidence: 'medium', asOf: '2026-08-01'}),
  tokens(BIG.id, 4, 20, {routing: 'global'}),
  tokens(BIG.id, 2, 10, {tier: 'batch'}),
  tokens(BIG.id, 2.2, 11, {tier: 'batch', routing: 'geo', region: 'eu-central-1'}),
  tokens(BIG.id, 7, 35, {tier: 'priority'}),
  tokens(BIG.id, 6, 30, {tier: 'standard:input>100000'}),
  tokens(SMALL.id, 0.1, 0.4),
  tokens(OLD.id, 1, 1),
  {modelId: BIG.id, meter: 'reserved-input-tpm', tier: 'reserved', variant: '1-month', amount: {unit: 0.2}},
  {modelId: BIG.id, meter: 'reserved-output-tpm', tier: 'reserved', variant: '1-month', amount: {unit: 1}},
]

const bundled = await openCatalog()

/** The bundled Regions and geographies with these models alone. */
function catalogOf(models: readonly CatalogModel[]): Catalog {
  return {
    ...bundled,
    models,
    model: (id) => models.find((model) => model.id === id),
    profile: (id) =>
      models
        .flatMap((model) => model.profiles.map((one) => ({model, profile: one})))
        .find((one) => one.profile.id === id),
  }
}

export const WORLD: {readonly catalog: Catalog; readonly book: PriceBook} = {
  catalog: catalogOf([BIG, SMALL, OLD]),
  book: bookOf(PRICES),
}

/** 1M requests of 1,000 tokens in and 100 out: a price of $1 /M in makes $1,000, one of $1 /M out makes $100. */
export function workloadOf(fields: object = {}): Grid['workload'] {
  const workload = readWorkload({
    ...{kind: 'inference', model: BIG.id, requests: '1M/month', inputTokens: 1000, outputTokens: 100},
    ...fields,
  })
  if (workload.kind !== 'inference') throw new Error('only inference is compared')
  return workload
}

function gridOf(fields: Partial<Grid> = {}): Grid {
  return {
    workload: workloadOf(),
    models: [{model: BIG, profile: undefined}],
    everyModel: false,
    regions: ['eu-central-1'],
    routes: [],
    tiers: [],
    ...fields,
  }
}

/** The comparison of a grid in the small world. */
export function compare(
  grid: Partial<Grid> = {},
  input: Partial<Omit<CompareInput, 'grid'>> = {},
  world: typeof WORLD = WORLD,
): CompareResult {
  return compareChoices(
    {
      grid: gridOf(grid),
      capacity: {},
      against: undefined,
      own: undefined,
      top: undefined,
      all: true,
      prices: {kind: 'bundle', asOf: '2026-11-01', why: null},
      simulated: false,
      ...input,
    },
    world,
  )
}

export const BOTH = [BIG, SMALL].map((model) => ({model, profile: undefined}))

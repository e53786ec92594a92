import type {CatalogPrice} from '../../src/lib/catalog/catalog.schema.js'
import {METERS} from '../../src/lib/catalog/meters.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {type Decimal, sumOf} from '../../src/lib/core/decimal.js'
import {estimate, estimateWorkloads} from '../../src/lib/cost/estimate/estimate.js'
import type {EstimateResult} from '../../src/lib/cost/estimate/estimate.schema.js'
import {type Workload, workloadFileSchema} from '../../src/lib/cost/workload/workload.schema.js'
import {createPriceBook, type PriceBook} from '../../src/lib/prices/price-book.js'

/** A price in a few words: what matters to the case, the rest as most prices are. */
export type ShortPrice = Pick<CatalogPrice, 'modelId'> &
  Partial<Omit<CatalogPrice, 'amount'>> & {readonly amount: Partial<CatalogPrice['amount']>}

const NONE = {input: null, output: null, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null}

/** A book of these prices alone, so that a case never moves with the bundle. */
export function bookOf(prices: readonly ShortPrice[]): PriceBook {
  return createPriceBook(
    prices.map((price) => ({
      profileId: null,
      region: '*',
      routing: null,
      tier: 'standard',
      meter: 'tokens',
      variant: null,
      unit: METERS[price.meter ?? 'tokens'].unit,
      currency: 'USD',
      skus: null,
      note: null,
      asOf: '2026-11-01',
      sources: ['a test'],
      confidence: 'high',
      ...price,
      amount: {...NONE, ...price.amount},
    })),
  )
}

/** A workload as a file says it. */
export function readWorkload(workload: object): Workload {
  const {workloads} = workloadFileSchema.parse({version: 1, workloads: [{name: 'w', ...workload}]})
  const [only] = workloads
  if (!only) throw new Error('no workload')
  return only
}

const catalog = await openCatalog()

/** The estimate of workloads as a file says them, with these prices. */
export function estimateCase(
  workloads: readonly object[],
  prices: readonly ShortPrice[],
  region: string | undefined = 'us-east-1',
): EstimateResult {
  return estimate(inputOf(workloads, region), {catalog, book: bookOf(prices)})
}

/** What they cost a month, all together, as exact as it is computed. */
export function monthOf(workloads: readonly object[], prices: readonly ShortPrice[]): Decimal {
  const estimates = estimateWorkloads(inputOf(workloads, 'us-east-1'), {catalog, book: bookOf(prices)})
  return sumOf(estimates.flatMap(({month}) => month.map(({amount}) => amount)))
}

const inputOf = (workloads: readonly object[], region: string | undefined) => ({
  workloads: workloads.map((workload, index) => readWorkload({name: `w${index + 1}`, ...workload})),
  region,
  prices: {kind: 'bundle', asOf: '2026-11-01', why: null} as const,
  simulated: false,
})

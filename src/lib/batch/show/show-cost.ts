import {decimal, toNumber} from '../../core/decimal.js'
import type {PriceBook} from '../../prices/price-book.js'
import {type BilledModel, type BilledTier, costOfTokens} from '../progress/cost-of-tokens.js'
import type {CostSoFar, Records} from '../progress/progress.schema.js'
import type {BatchCost} from './batch-show.schema.js'
import type {JobTokens} from './job-tokens.js'

export interface ShowCostInput {
  readonly billed: BilledModel | undefined
  readonly tokens: readonly JobTokens[]
  /** Records that were processed, in all jobs; null: not known. */
  readonly processed: number | null
  /** Those of them that were answered on demand. */
  readonly onDemand: number
  readonly records: Records
  /** By the plans alone; undefined where there is none. */
  readonly planned: CostSoFar | undefined
}

/**
 * Tokens that manifests counted at the batch prices of the book, and what they averaged for the records beyond; without
 * any, what the plan says. null where neither tells anything.
 */
export function showCost(input: ShowCostInput, book: PriceBook | undefined): BatchCost | null {
  return countedCost(input, book) ?? plannedCost(input)
}

function countedCost(input: ShowCostInput, book: PriceBook | undefined): BatchCost | null {
  const counted = {
    records: input.tokens.reduce((sum, job) => sum + job.records, 0),
    input: sumOf(input.tokens, 'inputTokens'),
    output: sumOf(input.tokens, 'outputTokens'),
  }
  const costIn = (tier: BilledTier) => input.billed && book && costOfTokens(counted, input.billed, tier, book)
  const price = counted.records === 0 ? undefined : costIn('batch')
  if (price?.rate === undefined) return null
  const {amount, rate} = price
  const {pending} = input.records
  const beyond = input.processed === null ? null : Math.max(0, input.processed - counted.records)
  const onDemand = Math.min(input.onDemand, beyond ?? 0)
  const single = onDemand === 0 ? price : costIn('standard')
  const average = (records: number, of = amount) => of.times(records).div(counted.records)
  const soFar =
    beyond === null || single === undefined
      ? null
      : amount.plus(average(beyond - onDemand)).plus(average(onDemand, single.amount))
  const expected = soFar === null || pending === null ? null : toNumber(soFar.plus(average(pending)))
  return {
    currency: rate.currency,
    soFar: {atLeast: toNumber(soFar ?? amount), atMost: soFar && toNumber(soFar)},
    expected: expected === null ? null : {atLeast: expected, atMost: expected},
    tokens: counted,
    how: howCounted(counted.records, onDemand, beyond === 0 && pending === 0),
    source: rate.sources.join(', '),
    asOf: rate.asOf,
  }
}

function howCounted(records: number, onDemand: number, isAll: boolean): string {
  if (isAll) return 'tokens that the service counted'
  const single = onDemand > 0 ? `, ${onDemand.toLocaleString('en-US')} of them at the on-demand price` : ''
  return `tokens that the service counted for ${records.toLocaleString('en-US')} records, and their average for the others${single}`
}

function plannedCost({planned, processed, records}: ShowCostInput): BatchCost | null {
  if (planned === undefined || planned.atLeast === null) return null
  const {atLeast, atMost, currency, how} = planned
  const scale =
    processed === null || processed === 0 || records.pending === null ? undefined : 1 + records.pending / processed
  const scaled = (amount: number | null) =>
    amount === null || scale === undefined ? null : toNumber(decimal(amount).times(scale))
  return {
    currency,
    soFar: {atLeast, atMost},
    expected: scale === undefined ? null : {atLeast: scaled(atLeast), atMost: scaled(atMost)},
    tokens: null,
    how,
    source: 'the plan',
    asOf: '',
  }
}

function sumOf(tokens: readonly JobTokens[], kind: 'inputTokens' | 'outputTokens'): number {
  return tokens.reduce((sum, job) => sum + job[kind], 0)
}

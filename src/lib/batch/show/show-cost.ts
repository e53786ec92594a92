import {type Decimal, decimal, toNumber} from '../../core/decimal.js'
import type {PriceBook, Rate, Route} from '../../prices/price-book.js'
import type {CostSoFar, Records} from '../progress/progress.schema.js'
import type {BatchCost} from './batch-show.schema.js'
import type {JobTokens} from './job-tokens.js'

/** What a job is billed as. */
export interface BilledModel {
  readonly modelId: string
  readonly profileId: string | undefined
  readonly route: Route
  readonly region: string
}

export interface ShowCostInput {
  readonly billed: BilledModel | undefined
  readonly tokens: readonly JobTokens[]
  /** Records that were processed, in all jobs; null: not known. */
  readonly processed: number | null
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
  const price = counted.records === 0 ? undefined : priceOf(counted, input.billed, book)
  if (price === undefined) return null
  const {amount, rate} = price
  const {pending} = input.records
  const beyond = input.processed === null ? null : Math.max(0, input.processed - counted.records)
  const average = (records: number) => amount.times(records).div(counted.records)
  const soFar = beyond === null ? null : amount.plus(average(beyond))
  const expected = soFar === null || pending === null ? null : toNumber(soFar.plus(average(pending)))
  const many = counted.records.toLocaleString('en-US')
  return {
    currency: rate.currency,
    soFar: {atLeast: toNumber(soFar ?? amount), atMost: soFar && toNumber(soFar)},
    expected: expected === null ? null : {atLeast: expected, atMost: expected},
    tokens: counted,
    how:
      beyond === 0 && pending === 0
        ? 'tokens that the service counted'
        : `tokens that the service counted for ${many} records, and their average for the others`,
    source: rate.sources.join(', '),
    asOf: rate.asOf,
  }
}

/** undefined where a kind of token that was used has no price. */
function priceOf(
  {input, output}: {readonly input: number; readonly output: number},
  billed: BilledModel | undefined,
  book: PriceBook | undefined,
): {readonly amount: Decimal; readonly rate: Rate} | undefined {
  const rates = billed && book && ratesOf(billed, book)
  const rate = rates?.input ?? rates?.output
  if (rates === undefined || rate === undefined) return undefined
  if ((input > 0 && rates.input === undefined) || (output > 0 && rates.output === undefined)) return undefined
  return {amount: at(rates.input, input).plus(at(rates.output, output)), rate}
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

interface Rates {
  readonly input: Rate | undefined
  readonly output: Rate | undefined
}

function ratesOf({modelId, profileId, region, route}: BilledModel, book: PriceBook): Rates {
  const query = {modelId, meter: 'tokens', variant: null, region, route, profileId, tier: 'batch'} as const
  return {input: book.rate({...query, of: 'input'}), output: book.rate({...query, of: 'output'})}
}

function at(rate: Rate | undefined, tokens: number): Decimal {
  return rate === undefined ? decimal(0) : decimal(tokens).times(rate.amount).div(rate.per)
}

function sumOf(tokens: readonly JobTokens[], kind: 'inputTokens' | 'outputTokens'): number {
  return tokens.reduce((sum, job) => sum + job[kind], 0)
}

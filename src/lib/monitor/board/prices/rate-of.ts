import {type Decimal, decimal, ZERO} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import {LATE_MINUTES, lastCompleteMinute, minutesBetween} from '../complete-minutes.js'
import type {TrafficRow} from '../data.js'
import type {RatePrice} from './prices.schema.js'

/** What a row costs an hour if it goes on as in its last complete minutes. */
export interface Rate {
  /** null where a price that is needed, or what was used, is not known: never less than it costs. */
  readonly perHour: Decimal | null
  /** `perHour` × 730. */
  readonly perMonth: Decimal | null
  /** What can be priced of it; equal to `perHour` where all can. */
  readonly knownPerHour: Decimal
  readonly currency: string | null
  /** Capacity of one's own serves it and is paid by the hour: tokens cost nothing. */
  readonly isByTheHour: boolean
  /** What is not known, one line each. */
  readonly missing: readonly string[]
  /** First and last minute that it is taken from, since the epoch. */
  readonly minutes: readonly [first: number, last: number]
}

const KINDS = [
  ['input', 'input tokens'],
  ['output', 'output tokens'],
  ['cacheRead', 'tokens read from the cache'],
  ['cacheWrite', 'tokens written to the cache'],
] as const

const PER = decimal(1_000_000)
const MINUTES_PER_HOUR = decimal(60)

/**
 * What a row costs now: the mean of its last `LATE_MINUTES` complete minutes at the price of its model, tier and Region.
 * `prices` are those of its Region. `tiers` are the rows of the same id by tier: what they count is in the sum of a row
 * without tier too, and is priced as theirs.
 */
export function rateOf(
  row: TrafficRow,
  prices: readonly RatePrice[] | undefined,
  nowMs: number,
  tiers: readonly TrafficRow[] = [],
): Rate {
  const window = windowOf(nowMs)
  if (isByTheHour(row)) return {...sumRates([], window), isByTheHour: true}
  return sumRates(partsOf(row, prices, window, tiers), window)
}

/** Whether capacity of one's own serves what is called: that is told, and paid, by what it is. */
export function isByTheHour({about}: Pick<TrafficRow, 'about'>): boolean {
  return about.kind === 'provisioned' || about.kind === 'imported'
}

/** The same, tier by tier: the standard tier is what no named tier served. Tiers that took nothing are not in it. */
export function ratesByTier(
  row: TrafficRow,
  prices: readonly RatePrice[] | undefined,
  nowMs: number,
  tiers: readonly TrafficRow[] = [],
): readonly {readonly tier: string; readonly rate: Rate}[] {
  const window = windowOf(nowMs)
  return partsOf(row, prices, window, tiers)
    .filter(({known, missing}) => known.gt(0) || missing.length > 0)
    .map((part) => ({tier: part.tier, rate: sumRates([part], window)}))
}

type Minutes = readonly [first: number, last: number]

function windowOf(nowMs: number): Minutes {
  const last = lastCompleteMinute(nowMs)
  return [last - LATE_MINUTES + 1, last]
}

function partsOf(
  row: TrafficRow,
  prices: readonly RatePrice[] | undefined,
  window: Minutes,
  tiers: readonly TrafficRow[],
): readonly Part[] {
  const named = row.tier === null ? tiers.filter((one) => isPart(one, row)) : []
  const parts = named.map((one) => ({row: one, used: usedOf(one, window)}))
  const rest = parts.reduce((left, {used}) => minus(left, used), usedOf(row, window))
  return [priceOf(row, rest, prices), ...parts.map((part) => priceOf(part.row, part.used, prices))]
}

type Used = Readonly<Record<(typeof KINDS)[number][0], number>> & {readonly untold: boolean}

interface Part {
  readonly tier: string
  readonly known: Decimal
  readonly missing: readonly string[]
  readonly currency: string | null
}

/** A row of a named tier beside the sum that it is in; `default` is the standard tier. */
function isPart(one: TrafficRow, {endpoint, modelId, region}: TrafficRow): boolean {
  const isNamed = one.tier !== null && one.tier !== 'default' && one.tier !== 'standard'
  return isNamed && one.endpoint === endpoint && one.modelId === modelId && one.region === region
}

function usedOf(row: TrafficRow, [first, last]: readonly [number, number]): Used {
  const minutes = minutesBetween(row, first, last)
  const sum = (kind: (typeof KINDS)[number][0]) => minutes.reduce((total, one) => total + (one[kind] ?? 0), 0)
  const untold = minutes.some(
    ({cacheRead, input, invocations, output}) =>
      (invocations ?? 0) > 0 && input === null && output === null && cacheRead === null,
  )
  return {
    input: sum('input'),
    output: sum('output'),
    cacheRead: sum('cacheRead'),
    cacheWrite: sum('cacheWrite'),
    untold,
  }
}

function minus(left: Used, right: Used): Used {
  const rest = (kind: (typeof KINDS)[number][0]) => Math.max(0, left[kind] - right[kind])
  return {
    input: rest('input'),
    output: rest('output'),
    cacheRead: rest('cacheRead'),
    cacheWrite: rest('cacheWrite'),
    untold: left.untold,
  }
}

function priceOf(row: TrafficRow, used: Used, prices: readonly RatePrice[] | undefined): Part {
  const tier = row.tier === null || row.tier === 'default' ? 'standard' : row.tier
  const price = prices?.find(
    ({endpoint, modelId, tier: of}) =>
      modelId === row.modelId && endpoint === row.endpoint && (of ?? 'standard') === tier,
  )
  const unpriced: string[] = []
  let known = ZERO
  for (const [kind, words] of KINDS) {
    if (used[kind] === 0) continue
    const amount = price?.[kind] ?? null
    if (amount === null) unpriced.push(words)
    else known = known.plus(decimal(amount).times(used[kind]).div(PER))
  }
  const way = tier === 'standard' ? '' : ` (${tier})`
  const missing = [
    ...(used.untold ? ['what was used: no metric tells its tokens'] : []),
    ...(unpriced.length > 0 ? [`price of ${unpriced.join(', ')}${way}: ${whyNot(price, prices)}`] : []),
  ]
  return {tier, known, missing, currency: price?.currency ?? null}
}

function whyNot(price: RatePrice | undefined, prices: readonly RatePrice[] | undefined): string {
  if (prices === undefined) return 'the prices are not read yet'
  return price?.why ?? (price === undefined ? 'it was not looked up yet' : 'the price book has none')
}

function sumRates(parts: readonly Part[], minutes: readonly [number, number]): Rate {
  const missing = parts.flatMap((part) => part.missing)
  const currencies = new Set(parts.flatMap(({currency, known}) => (currency && known.gt(0) ? [currency] : [])))
  const currency = parts.find((part) => part.currency !== null && part.known.gt(0))?.currency ?? null
  if (currencies.size > 1) missing.push(`a sum: prices are in ${[...currencies].join(' and ')}`)
  const same = parts.filter((part) => part.currency === currency)
  const known = same.reduce((total, part) => total.plus(part.known), ZERO)
  const knownPerHour = known.times(MINUTES_PER_HOUR).div(LATE_MINUTES)
  const perHour = missing.length === 0 ? knownPerHour : null
  return {
    perHour,
    perMonth: perHour?.times(HOURS_PER_MONTH) ?? null,
    knownPerHour,
    currency: currency ?? parts.find((part) => part.currency !== null)?.currency ?? null,
    isByTheHour: false,
    missing,
    minutes,
  }
}

import {type Decimal, decimal, ZERO} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import type {BoardCapacity} from '../capacity/capacity.schema.js'
import {LATE_MINUTES, lastCompleteMinute} from '../complete-minutes.js'
import {countedMoment} from '../counted-moment.js'
import {rowLists, type TrafficRow} from '../data.js'
import {standingOf} from '../feeds.js'
import {keepLast, perKey} from '../memo.js'
import type {RatePrice} from '../prices/prices.schema.js'
import {isByTheHour, type Rate, ratesByTier} from '../prices/rate-of.js'
import {calledKey, sumRows, tierRows} from '../quotas/sum-rows.js'
import type {BoardFacts} from '../state.js'
import {calledText} from '../traffic/traffic-words.js'
import type {CostRow} from './costs.schema.js'

/** Something that costs money. Amounts are null where they are not known, or where nothing tells. */
export interface CostLine {
  readonly key: string
  readonly kind: 'idle' | 'capacity' | 'model' | 'budget' | 'bill'
  readonly name: string
  readonly id: string
  readonly region: string | null
  readonly tier: string | null
  readonly currency: string
  /** As in the last complete minutes, of capacity: as it is now. */
  readonly perHour: Decimal | null
  /** What can be priced of it; null where nothing costs by the hour here. */
  readonly knownPerHour: Decimal | null
  readonly today: Decimal | null
  readonly monthToDate: Decimal | null
  readonly forecast: Decimal | null
  /** Of a budget. */
  readonly limit: Decimal | null
  /** What is to be known of it, such as what is not known and why; one line each. */
  readonly notes: readonly string[]
  /** What its amounts take for granted. */
  readonly assumes: readonly string[]
}

const RANKS = ['idle', 'model', 'capacity', 'budget', 'bill'] as const satisfies readonly CostLine['kind'][]
const MINUTE_MS = 60_000
const OPTIMISED = '+latency-optimized'

type Sources = Pick<BoardFacts, 'data' | 'feeds' | 'nowMs'>

/**
 * All that is known to cost money: capacity that nobody calls first, then what costs most an hour. Made anew only when
 * something of it was read, or a minute is over.
 */
export const costLines: (state: Sources) => readonly CostLine[] = keepLast(
  ({data: {capacity, costs, prices, traffic}, feeds, nowMs}) => [
    ...[costs, traffic, ...rowLists(capacity, prices)],
    ...standingOf(feeds, ['traffic']),
    Math.floor(nowMs / MINUTE_MS),
  ],
  (state) =>
    [...modelLines(state), ...capacityLines(state), ...accountLines(state)].toSorted(
      (a, b) =>
        rankOf(a) - rankOf(b) ||
        (b.knownPerHour ?? ZERO).cmp(a.knownPerHour ?? ZERO) ||
        (b.monthToDate ?? ZERO).cmp(a.monthToDate ?? ZERO),
    ),
)

/** What is used and what is kept are told together, by what they cost. */
function rankOf({kind}: CostLine): number {
  return kind === 'capacity' ? RANKS.indexOf('model') : RANKS.indexOf(kind)
}

/** Models now and this month: one of a Region and tier is one line, whether calls, the month or both tell of it. */
function modelLines(state: Sources): readonly CostLine[] {
  const lines = new Map(monthRows(state).map((row) => [modelKey(row), ofMonth(row)]))
  const tiers = tierRows(state.data.traffic)
  for (const row of sumRows(state.data.traffic)) {
    if (isByTheHour(row)) continue
    const prices = state.data.prices.get(row.region)?.rows
    const atMs = countedMoment(state, row.region)
    const its = row.tier === null ? (tiers.get(calledKey(row)) ?? NO_TIERS) : NO_TIERS
    for (const {rate, tier} of ratesOf(row)({prices, atMs, minute: lastCompleteMinute(atMs), tiers: its})) {
      const line = ofNow(row, tier, rate)
      const known = lines.get(line.key)
      lines.set(line.key, known === undefined ? line : joined(known, line))
    }
  }
  return [...lines.values()]
}

const NO_TIERS: readonly TrafficRow[] = []

interface Priced {
  readonly prices: readonly RatePrice[] | undefined
  readonly atMs: number
  readonly minute: number
  readonly tiers: readonly TrafficRow[]
}

/** Most rows are the same from look to look, and so is what they cost. */
const ratesOf = perKey((row: TrafficRow) =>
  keepLast(
    ({minute, prices, tiers}: Priced) => [minute, prices, ...tiers],
    ({atMs, prices, tiers}) => ratesByTier(row, prices, atMs, tiers),
  ),
)

function monthRows({data}: Sources): readonly CostRow[] {
  return [...data.costs.values()].flatMap(({rows}) => rows.filter(({source}) => source === 'metrics'))
}

function modelKey({endpoint, name, region, tier}: Pick<CostRow, 'endpoint' | 'name' | 'region' | 'tier'>): string {
  return `${region} ${endpoint} ${name} ${tier}`
}

function ofMonth(row: CostRow): CostLine {
  const by = row.forecast === null || row.forecastBy === null ? [] : [`forecast: ${row.forecastBy}`]
  return {
    ...{key: modelKey(row), kind: 'model', name: row.label ?? row.name, id: row.name},
    ...{region: row.region, tier: row.tier},
    currency: row.currency,
    ...{perHour: ZERO, knownPerHour: ZERO, limit: null, ...amountsOf(row)},
    notes: row.note === null ? [] : [row.note],
    assumes: by,
  }
}

function ofNow(row: TrafficRow, servedBy: string, rate: Rate): CostLine {
  const {endpoint, modelId: name, region} = row
  const tier = name.endsWith(OPTIMISED) ? 'latency-optimized' : servedBy
  return {
    ...{key: modelKey({endpoint, name, region, tier}), kind: 'model', name: calledText(row), id: name, region, tier},
    currency: rate.currency ?? 'USD',
    ...{perHour: rate.perHour, knownPerHour: rate.knownPerHour},
    ...{today: null, monthToDate: null, forecast: null, limit: null},
    notes: rate.missing.map((text) => `not known: ${text}`),
    assumes: [
      `now: the mean of the ${LATE_MINUTES} minutes until ${minuteWords(rate.minutes[1])}`,
      ...((row.minutes.at(-1)?.cacheWrite ?? 0) > 0 ? [CACHE_WRITES] : []),
    ],
  }
}

const CACHE_WRITES = 'cache writes are those of five minutes: no metric tells those of an hour'

/** `14:05 UTC`. */
function minuteWords(minute: number): string {
  return `${new Date(minute * MINUTE_MS).toISOString().slice(11, 16)} UTC`
}

function joined(month: CostLine, now: CostLine): CostLine {
  if (month.currency !== now.currency && now.knownPerHour?.gt(0)) {
    return {...now, notes: [...now.notes, `this month was in ${month.currency}`]}
  }
  const notes = [...now.notes, ...month.notes.filter((note) => !now.notes.some((told) => told.includes(note)))]
  const {knownPerHour, perHour} = now
  return {...month, name: now.name, perHour, knownPerHour, notes, assumes: [...now.assumes, ...month.assumes]}
}

function capacityLines({data}: Sources): readonly CostLine[] {
  return [...data.capacity.values()].flatMap(({rows}) => rows.map(ofCapacity))
}

function ofCapacity({arn, billing, hourly, idle, idleWhy, kind, name, region}: BoardCapacity): CostLine {
  const perHour = hourly === null ? null : decimal(hourly.amount)
  // Throughput is billed called or not, even where nobody knows at what price.
  const isBurning = idle === true && (perHour === null ? kind === 'provisioned' : perHour.gt(0))
  // A deployment is billed by the tokens of its calls, which have lines of their own.
  const knownPerHour = kind === 'deployment' && perHour === null ? null : (perHour ?? ZERO)
  return {
    ...{key: `capacity ${arn}`, kind: isBurning ? 'idle' : 'capacity', name, id: arn, region},
    ...{tier: null, currency: hourly?.currency ?? 'USD', perHour, knownPerHour},
    ...{today: null, monthToDate: null, forecast: null, limit: null},
    notes: [...(idleWhy === null ? [] : [idleWhy]), billing],
    assumes: [],
  }
}

function accountLines({data}: Sources): readonly CostLine[] {
  const rows = [...data.costs.values()].flatMap((kept) => kept.rows)
  return rows.flatMap((row): readonly CostLine[] => {
    if (row.source === 'metrics') return []
    const by = row.forecastBy === null ? [] : [`forecast: ${row.forecastBy}`]
    return [
      {
        ...{key: `${row.source} ${row.name} ${row.currency}`, kind: row.source, name: row.name, id: row.name},
        ...{region: null, tier: null, currency: row.currency, perHour: null, knownPerHour: null, ...amountsOf(row)},
        limit: amount(row.limit),
        notes: row.note === null ? [] : [row.note],
        assumes: by,
      },
    ]
  })
}

function amountsOf({forecast, monthToDate, today}: CostRow) {
  return {today: amount(today), monthToDate: amount(monthToDate), forecast: amount(forecast)}
}

function amount(text: string | null): Decimal | null {
  return text === null ? null : decimal(text)
}

/** What models and capacity come to, one of a currency: bills and budgets say the same again, and are not in it. */
export interface CostTotal {
  readonly currency: string
  /** Of what has a price. */
  readonly perHour: Decimal
  readonly perMonth: Decimal
  readonly idlePerHour: Decimal
  readonly capacityPerHour: Decimal
  readonly today: Decimal
  readonly monthToDate: Decimal
  readonly forecast: Decimal
  /** Lines that know what they came to this month. */
  readonly months: number
  /** Lines of which a part is not known: the sums are at least. */
  readonly unknown: {readonly now: number; readonly month: number}
}

export function costTotals(lines: readonly CostLine[]): readonly CostTotal[] {
  const counted = lines.filter(({kind}) => kind !== 'budget' && kind !== 'bill')
  const currencies = [...new Set(counted.map(({currency}) => currency))].sort()
  return currencies.map((currency) => {
    const own = counted.filter((line) => line.currency === currency)
    const models = own.filter(({kind}) => kind === 'model')
    const sum = (of: readonly CostLine[], field: 'knownPerHour' | 'today' | 'monthToDate' | 'forecast') =>
      of.reduce((total, line) => total.plus(line[field] ?? ZERO), ZERO)
    const perHour = sum(own, 'knownPerHour')
    const idle = own.filter(({kind}) => kind === 'idle')
    return {
      ...{currency, perHour, perMonth: perHour.times(HOURS_PER_MONTH)},
      idlePerHour: sum(idle, 'knownPerHour'),
      capacityPerHour: sum([...idle, ...own.filter(({kind}) => kind === 'capacity')], 'knownPerHour'),
      ...{today: sum(models, 'today'), monthToDate: sum(models, 'monthToDate'), forecast: sum(models, 'forecast')},
      months: models.filter((line) => line.monthToDate !== null).length,
      unknown: {
        now: own.filter(({knownPerHour: known, perHour: all}) => all === null && known !== null).length,
        month: models.filter((line) => line.monthToDate === null).length,
      },
    }
  })
}

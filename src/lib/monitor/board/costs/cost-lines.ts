import {type Decimal, decimal, ZERO} from '../../../core/decimal.js'
import type {BoardCapacity} from '../capacity/capacity.schema.js'
import type {TrafficRow} from '../data.js'
import {HOURS_PER_MONTH, type Rate, ratesByTier} from '../prices/rate-of.js'
import {sumRows} from '../quotas/sum-rows.js'
import type {BoardState} from '../state.js'
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
  /** What is not known and why, what it takes for granted, one line each. */
  readonly notes: readonly string[]
}

const RANKS = ['idle', 'model', 'capacity', 'budget', 'bill'] as const satisfies readonly CostLine['kind'][]
const OPTIMISED = '+latency-optimized'

/** All that is known to cost money: capacity that nobody calls first, then what costs most an hour. */
export function costLines(state: BoardState): readonly CostLine[] {
  const lines = [...modelLines(state), ...capacityLines(state), ...accountLines(state)]
  return lines.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      (b.knownPerHour ?? ZERO).cmp(a.knownPerHour ?? ZERO) ||
      (b.monthToDate ?? ZERO).cmp(a.monthToDate ?? ZERO),
  )
}

/** What is used and what is kept are told together, by what they cost. */
function rankOf({kind}: CostLine): number {
  return kind === 'capacity' ? RANKS.indexOf('model') : RANKS.indexOf(kind)
}

/** Models now and this month: one of a Region and tier is one line, whether calls, the month or both tell of it. */
function modelLines(state: BoardState): readonly CostLine[] {
  const lines = new Map(monthRows(state).map((row) => [modelKey(row), ofMonth(row)]))
  const rows = [...state.data.traffic.values()]
  for (const row of sumRows(rows)) {
    const prices = state.data.prices.get(row.region)?.rows
    for (const {rate, tier} of ratesByTier(row, prices, state.nowMs, rows)) {
      const line = ofNow(row, tier, rate)
      const known = lines.get(line.key)
      lines.set(line.key, known === undefined ? line : joined(known, line))
    }
  }
  return [...lines.values()]
}

function monthRows({data}: BoardState): readonly CostRow[] {
  return [...data.costs.values()].flatMap(({rows}) => rows.filter(({source}) => source === 'metrics'))
}

function modelKey({endpoint, name, region, tier}: Pick<CostRow, 'endpoint' | 'name' | 'region' | 'tier'>): string {
  return `${region} ${endpoint} ${name} ${tier}`
}

function ofMonth(row: CostRow): CostLine {
  const by = row.forecast === null || row.forecastBy === null ? [] : [`forecast: ${row.forecastBy}`]
  return {
    ...{key: modelKey(row), kind: 'model', name: row.name, id: row.name, region: row.region, tier: row.tier},
    currency: row.currency,
    ...{perHour: ZERO, knownPerHour: ZERO, limit: null, ...amountsOf(row)},
    notes: [...(row.note === null ? [] : [row.note]), ...by],
  }
}

function ofNow(row: TrafficRow, servedBy: string, rate: Rate): CostLine {
  const {endpoint, modelId: name, region} = row
  const tier = name.endsWith(OPTIMISED) ? 'latency-optimized' : servedBy
  return {
    ...{key: modelKey({endpoint, name, region, tier}), kind: 'model', name, id: name, region, tier},
    currency: rate.currency ?? 'USD',
    ...{perHour: rate.perHour, knownPerHour: rate.knownPerHour},
    ...{today: null, monthToDate: null, forecast: null, limit: null},
    notes: rate.missing.map((text) => `not known: ${text}`),
  }
}

function joined(month: CostLine, now: CostLine): CostLine {
  if (month.currency !== now.currency && now.knownPerHour?.gt(0)) {
    return {...now, notes: [...now.notes, `this month was in ${month.currency}`]}
  }
  const notes = [...new Set([...now.notes, ...month.notes])]
  return {...month, perHour: now.perHour, knownPerHour: now.knownPerHour, notes}
}

function capacityLines({data}: BoardState): readonly CostLine[] {
  return [...data.capacity.values()].flatMap(({rows}) => rows.map(ofCapacity))
}

function ofCapacity({arn, billing, hourly, idle, idleWhy, name, region}: BoardCapacity): CostLine {
  const perHour = hourly === null ? null : decimal(hourly.amount)
  return {
    ...{key: `capacity ${arn}`, kind: idle === true && perHour?.gt(0) ? 'idle' : 'capacity', name, id: arn, region},
    ...{tier: null, currency: hourly?.currency ?? 'USD', perHour, knownPerHour: perHour ?? ZERO},
    ...{today: null, monthToDate: null, forecast: null, limit: null},
    notes: [billing, ...(idleWhy === null ? [] : [idleWhy])],
  }
}

function accountLines({data}: BoardState): readonly CostLine[] {
  const rows = [...data.costs.values()].flatMap((kept) => kept.rows)
  return rows.flatMap((row): readonly CostLine[] => {
    if (row.source === 'metrics') return []
    const by = row.forecastBy === null ? [] : [`forecast: ${row.forecastBy}`]
    return [
      {
        ...{key: `${row.source} ${row.name} ${row.currency}`, kind: row.source, name: row.name, id: row.name},
        ...{region: null, tier: null, currency: row.currency, perHour: null, knownPerHour: null, ...amountsOf(row)},
        limit: amount(row.limit),
        notes: [...(row.note === null ? [] : [row.note]), ...by],
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
      unknown: {
        now: own.filter((line) => line.perHour === null).length,
        month: models.filter((line) => line.monthToDate === null).length,
      },
    }
  })
}

import {lastCompleteMinute} from '../complete-minutes.js'
import type {CostRow} from '../costs/costs.schema.js'
import type {TrafficRow} from '../data.js'
import {takenByMinute} from './quota-use.js'
import type {QuotaLimit} from './quotas.schema.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The pace that what is left of a day is held against. */
const PACE_MINUTES = 15

/** How far a quota by the day is used. */
export interface DayUse {
  /** Tokens since 00:00 UTC; null where they were not counted. */
  readonly used: number | null
  /** The limit as it holds for how it is called; null where the quota has no value. */
  readonly value: number | null
  /** Until nothing is left, at the pace of the last minutes; null where that is not known or not today. */
  readonly leftMs: number | null
  /** What the numbers take for granted, one line each. */
  readonly assumes: readonly string[]
  readonly why: string | null
}

interface Counted {
  readonly atMs: number
  readonly rows: readonly CostRow[]
}

/**
 * `counted` is what was read of the day so far in the Region; minutes since then come from the traffic itself, up to
 * `countedMs`, of which its figures are. `rows` are those that count against the limit, each call once.
 */
export function dayUse(
  limit: QuotaLimit,
  rows: readonly TrafficRow[],
  counted: Counted | undefined,
  countedMs: number,
): DayUse {
  const {value, assumes} = limitOf(limit, rows)
  if (counted === undefined)
    return {used: null, value, leftMs: null, assumes, why: 'the tokens of today are not read yet'}
  const ids = new Set(rows.map(({endpoint, modelId}) => `${endpoint} ${modelId}`))
  const today = counted.rows.filter(({endpoint, name}) => ids.has(`${endpoint} ${name}`))
  // What was read after midnight may be told before the first minute of the day is.
  const isToday = Math.floor(counted.atMs / DAY_MS) >= Math.floor(countedMs / DAY_MS)
  const sinceMs = isToday ? counted.atMs : countedMs - (countedMs % DAY_MS)
  const before = isToday ? today.reduce((sum, row) => sum + tokensOf(limit, row), 0) : 0
  const last = lastCompleteMinute(countedMs)
  const since = sumOf(takenByMinute(limit, rows, Math.floor(sinceMs / MINUTE_MS), last))
  const used = before + since
  const pace = sumOf(takenByMinute(limit, rows, last - PACE_MINUTES + 1, last)) / PACE_MINUTES
  const left = value === null || pace <= 0 ? null : (Math.max(0, value - used) / pace) * MINUTE_MS
  const isLeftToday = left !== null && left < DAY_MS - (countedMs % DAY_MS)
  return {
    used,
    value,
    leftMs: isLeftToday ? left : null,
    assumes: [...assumes, ...DAY_WORDS, `time left: at the mean of the last ${PACE_MINUTES} minutes`],
    why: value === null ? 'the quota has no value' : null,
  }
}

const DAY_WORDS = ['counted since 00:00 UTC; AWS does not say when its day begins'] as const

function limitOf({name, named, value}: QuotaLimit, rows: readonly TrafficRow[]) {
  if (named === null) {
    const note =
      'at least: the quota counts what AWS estimates as billed, which no metric tells; here without burn-down'
    return {value, assumes: [note]}
  }
  if (value === null || !/doubled for cross-region/i.test(name) || rows.length === 0) return {value, assumes: []}
  const isCross = rows.every(({about}) => about.route === 'geo')
  return isCross
    ? {value: value * 2, assumes: ['the limit is doubled: all of it is called cross-Region']}
    : {value, assumes: ['the limit is not doubled: not all of it is called cross-Region']}
}

function tokensOf({outputBurndown}: QuotaLimit, {tokensToday}: CostRow): number {
  if (tokensToday === null) return 0
  return tokensToday.input + tokensToday.cacheWrite + tokensToday.output * (outputBurndown ?? 1)
}

function sumOf(taken: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const tokens of taken.values()) sum += tokens
  return sum
}

import {type Decimal, sumOf, ZERO} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import type {AlarmRow} from '../alarms/alarms.schema.js'
import type {BoardCapacity} from '../capacity/capacity.schema.js'
import {minutesBetween} from '../complete-minutes.js'
import {allRows, rowLists} from '../data.js'
import type {Feed} from '../feed.js'
import {standingOf} from '../feeds.js'
import {keepLast} from '../memo.js'
import {type QuotaRow, quotaRows} from '../quotas/quota-rows.js'
import type {BoardState} from '../state.js'
import {feedKey, type Topic} from '../topics.js'
import {type Figures, figuresOf, type Pulse, pulseOf, WINDOW_MINUTES} from './figures.js'
import {type SeenRow, seenRows} from './seen.js'

const PULSE_MINUTES = 60

/** What all that is watched comes to. */
export interface Totals {
  readonly seen: readonly SeenRow[]
  /** undefined: no traffic was read yet. */
  readonly figures: Figures | undefined
  /** The last hour, minute by minute. */
  readonly pulse: Pulse
  readonly spend: Spend
  /** Of topics that are not known anywhere why that is; quotas, where they are not known somewhere. */
  readonly unread: Readonly<Partial<Record<(typeof TOLD)[number], Unread>>>
  /** Of topics that are known in some Regions alone how it stands with the others. */
  readonly partly: Readonly<Partial<Record<(typeof COUNTED)[number], 'reading' | 'missed'>>>
  readonly alarms: readonly AlarmRow[]
  /** Alarms that were read at all; undefined before the first. */
  readonly watchedAlarms: number | undefined
  /** Jobs that have not ended; undefined where none were read. */
  readonly jobs: number | undefined
  readonly capacity: {readonly perHour: Decimal; readonly idlePerHour: Decimal; readonly unknown: number} | undefined
  /** The quota by the minute that is fullest; undefined where no use of one is known. */
  readonly tightest: QuotaRow | undefined
}

const TOLD = ['traffic', 'prices', 'quotas', 'alarms'] as const

/** Counted over all Regions: those that are not read are missing. */
const COUNTED = ['alarms', 'jobs', 'capacity'] as const

/** Not read yet, or why it cannot be. */
export type Unread = 'reading' | {readonly why: string}

export interface Spend {
  readonly knownPerHour: Decimal
  readonly knownPerMonth: Decimal
  readonly currency: string | null
  /** Rows whose rate is not known, in whole or in part. */
  readonly unpriced: readonly string[]
  /** Why nothing is known; null where something is, or nothing is called. */
  readonly why: string | null
}

export const totalsOf: (state: BoardState) => Totals = keepLast(
  (state) => {
    const {alarms, capacity, costs, jobs, quotas} = state.data
    return [
      ...[seenRows(state), costs, ...rowLists(alarms, capacity, jobs, quotas)],
      ...[Math.floor(state.nowMs / 60_000), state.subject.regions, ...standingOf(state.feeds, [...TOLD, ...COUNTED])],
    ]
  },
  (state) => {
    const {data} = state
    const seen = seenRows(state)
    const alarms = allRows(data.alarms)
    const capacity = allRows(data.capacity)
    const jobs = allRows(data.jobs)
    return {
      seen,
      figures: seen.length === 0 ? undefined : figuresTogether(seen),
      pulse: lastHour(seen),
      spend: spendTogether(seen),
      unread: Object.fromEntries(TOLD.flatMap((topic) => unreadOf(state, topic))),
      partly: Object.fromEntries(COUNTED.flatMap((topic) => partlyOf(state, topic))),
      alarms: alarms.filter((alarm) => alarm.state === 'ALARM'),
      watchedAlarms: data.alarms.size === 0 ? undefined : alarms.length,
      jobs: data.jobs.size === 0 ? undefined : jobs.filter(({live}) => live).length,
      capacity: data.capacity.size === 0 ? undefined : capacityCost(capacity),
      tightest: tightestOf(quotaRows(state)),
    }
  },
)

// Each kept for itself: jobs and alarms are read more often than what these are made of.
const figuresTogether = keepLast((seen: readonly SeenRow[]) => [seen], togetherAt)
const spendTogether = keepLast((seen: readonly SeenRow[]) => [seen], spendOf)
const tightestOf = keepLast(
  (rows: readonly QuotaRow[]) => [rows],
  (rows) =>
    rows
      .filter(({per, share}) => per === 'minute' && share !== null)
      .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))[0],
)

function unreadOf(state: BoardState, topic: (typeof TOLD)[number]): readonly (readonly [string, Unread])[] {
  const its = feedsOf(state, topic)
  const unread = its.filter(({readAtMs}) => readAtMs === undefined)
  if (topic !== 'quotas' && unread.length < its.length) return []
  const trouble = unread.find((feed) => feed.trouble !== undefined && feed.trouble.kind !== 'absent')?.trouble
  if (trouble === undefined) return its.every(({status}) => status === 'waiting') ? [[topic, 'reading']] : []
  const isDenied = trouble.kind === 'denied' && trouble.action !== null
  return [[topic, {why: isDenied ? `not allowed: ${trouble.action}` : trouble.message}]]
}

function partlyOf(state: BoardState, topic: (typeof COUNTED)[number]) {
  const its = feedsOf(state, topic)
  const unread = its.filter(({readAtMs, status}) => readAtMs === undefined && status !== 'absent')
  if (unread.length === 0 || unread.length === its.length) return []
  return [[topic, unread.every(({status}) => status === 'waiting') ? 'reading' : 'missed'] as const]
}

/** Those of the Regions that are looked at. */
function feedsOf({feeds, subject: {regions}}: BoardState, topic: Topic): readonly Feed[] {
  const watched = ([key]: readonly [string, Feed]) =>
    regions.length === 0 ? key.startsWith(`${topic} `) : regions.some((region) => key === feedKey(topic, region))
  return [...feeds].filter(watched).map(([, feed]) => feed)
}

/** Drawn again once a minute, or when rows come or go: a minute that is over changes little. */
const lastHour = keepLast(
  (seen: readonly SeenRow[]) => [seen.length, lastOf(seen)],
  (seen) =>
    pulseOf(
      seen.map(({row}) => row),
      {count: PULSE_MINUTES, last: lastOf(seen)},
    ),
)

const lastOf = (seen: readonly SeenRow[]): number => seen.reduce((last, {figures}) => Math.max(last, figures.minute), 0)

/**
 * Regions publish at their own pace: each is taken at its own newest minute, and the newest of all is named. How long an
 * answer takes is told of those that have tokens: embeddings beside them would pass for fast answers.
 */
function togetherAt(seen: readonly SeenRow[]): Figures {
  const newest = lastOf(seen)
  const shifted = seen.map(({figures, row}) => {
    const late = newest - figures.minute
    const recent = minutesBetween(row, figures.minute - WINDOW_MINUTES + 1, figures.minute)
    return {minutes: recent.map((one) => ({...one, minute: one.minute + late}))}
  })
  const all = figuresOf(shifted, newest)
  const answering = shifted.filter(({minutes}) => minutes.some(({output}) => (output ?? 0) > 0))
  if (answering.length === 0) return all
  const {latencyP50, latencyP99} = figuresOf(answering, newest)
  return {...all, latencyP50, latencyP99}
}

function spendOf(seen: readonly SeenRow[]): Spend {
  const currency = seen.find(({rate}) => rate.currency !== null && rate.knownPerHour.gt(0))?.rate.currency ?? null
  const same = seen.filter(({rate}) => rate.knownPerHour.eq(ZERO) || rate.currency === currency)
  const knownPerHour = sumOf(same.map(({rate}) => rate.knownPerHour))
  const others = seen.filter((one) => !same.includes(one))
  const unpriced = [...seen.filter(({rate}) => rate.perHour === null), ...others]
  const isUnknown = unpriced.length > 0 && knownPerHour.eq(ZERO)
  return {
    knownPerHour,
    knownPerMonth: knownPerHour.times(HOURS_PER_MONTH),
    currency: currency ?? seen.find(({rate}) => rate.currency !== null)?.rate.currency ?? null,
    unpriced: unpriced.map(({row}) => row.modelId),
    why: isUnknown ? (unpriced[0]?.rate.missing[0] ?? null) : null,
  }
}

function capacityCost(rows: readonly BoardCapacity[]): Totals['capacity'] {
  const priced = rows.flatMap(({hourly, idle}) => (hourly === null ? [] : [{amount: hourly.amount, idle}]))
  return {
    perHour: sumOf(priced.map(({amount}) => ZERO.plus(amount))),
    idlePerHour: sumOf(priced.filter(({idle}) => idle === true).map(({amount}) => ZERO.plus(amount))),
    // What is billed by the token has its price with its calls.
    unknown: rows.filter(({hourly, kind}) => hourly === null && kind !== 'deployment').length,
  }
}

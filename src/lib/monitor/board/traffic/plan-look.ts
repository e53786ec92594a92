import {perKey} from '../memo.js'
import type {KnownMetric, MetricMinutes} from './ports.js'
import {subjectKey} from './subject.js'

const MINUTE_MS = 60_000
/** What a first look goes back, and what the board keeps of a row. */
export const KEPT_MINUTES = 180
/** Minutes that are over may still grow for so long: CloudWatch publishes late. */
const SETTLING_MINUTES = 4
/** What has told of the last minute that is over tells nothing else but what that minute grew by: once, after so long. */
const GROWN_MS = 30_000
/** Without a count for so long a called id is silent. */
const SILENT_MINUTES = 15
/** How often, in intervals of the board and at most: the list, what is silent, and its first signs. */
const PACE = {
  list: {intervals: 10, mostMs: 300_000},
  emptyList: {intervals: 2, mostMs: 60_000},
  silent: {intervals: 10, mostMs: 300_000},
  sign: {intervals: 2, mostMs: 60_000},
} as const
/** Whichever comes first tells that a silent id is called again. */
const SIGNS: ReadonlySet<KnownMetric['metric']> = new Set(['invocations', 'throttles'])

/** What the looks at one Region remember of one another. */
export interface LookMemory {
  readonly listedAtMs: number | undefined
  readonly metrics: readonly KnownMetric[]
  /** `metricKey` → when it was asked last. */
  readonly askedAtMs: ReadonlyMap<string, number>
  /** `subjectKey` → the newest minute that something was counted in. */
  readonly counted: ReadonlyMap<string, number>
}

export const FIRST_LOOK: LookMemory = {listedAtMs: undefined, metrics: [], askedAtMs: new Map(), counted: new Map()}

interface Moment {
  readonly nowMs: number
  readonly intervalMs: number
}

/** Which metrics a look asks, and from which minute to which, the last not among them. */
export interface LookPlan {
  readonly metrics: readonly KnownMetric[]
  readonly from: number
  readonly to: number
}

/** With the list alone: all of it is asked as at first. */
export function withoutAnswers({listedAtMs, metrics}: LookMemory): LookMemory {
  return {...FIRST_LOOK, listedAtMs, metrics}
}

/** Whether the metrics must be listed again: seldom, as a list is billed by the request; sooner while it is empty. */
export function isListDue({listedAtMs, metrics}: LookMemory, moment: Moment): boolean {
  if (listedAtMs === undefined) return true
  return isDue(listedAtMs, metrics.length === 0 ? PACE.emptyList : PACE.list, moment)
}

/**
 * All that may have changed since it was asked, in one span of minutes that are over: of the one that is not, nothing
 * can be told yet. GetMetricData is billed by metrics, not by minutes. What is silent is asked seldom, only its first
 * signs more often.
 */
export function planLook(memory: LookMemory, moment: Moment): LookPlan {
  const now = Math.floor(moment.nowMs / MINUTE_MS)
  const first = now - KEPT_MINUTES
  const metrics = memory.metrics.filter((known) => isAsked(known, memory, moment))
  const from = metrics.reduce((least, known) => {
    const askedAtMs = memory.askedAtMs.get(metricKey(known))
    return Math.min(least, askedAtMs === undefined ? first : Math.floor(askedAtMs / MINUTE_MS) - SETTLING_MINUTES)
  }, now)
  return {metrics, from: Math.max(first, from), to: now}
}

function isAsked(known: KnownMetric, {askedAtMs, counted}: LookMemory, moment: Moment): boolean {
  const lastMs = askedAtMs.get(metricKey(known))
  if (lastMs === undefined) return true
  const newest = counted.get(subjectKey(known))
  const now = Math.floor(moment.nowMs / MINUTE_MS)
  const isSilent = newest === undefined || newest <= now - SILENT_MINUTES
  if (!isSilent) return newest < now - 1 || isLater(lastMs, GROWN_MS, moment)
  return isDue(lastMs, SIGNS.has(known.metric) && known.tier === null ? PACE.sign : PACE.silent, moment)
}

function isDue(
  lastMs: number,
  {intervals, mostMs}: {readonly intervals: number; readonly mostMs: number},
  moment: Moment,
): boolean {
  return isLater(lastMs, Math.min(mostMs, intervals * moment.intervalMs), moment)
}

/** A look comes a little sooner or later than its interval says; a clock that was put back says nothing of the past. */
function isLater(lastMs: number, ms: number, {intervalMs, nowMs}: Moment): boolean {
  return nowMs < lastMs || nowMs - lastMs >= ms - intervalMs / 2
}

/** With a list that was read; what is not on it any more is forgotten. */
export function withList(memory: LookMemory, metrics: readonly KnownMetric[], nowMs: number): LookMemory {
  const keys = new Set(metrics.map(metricKey))
  const subjects = new Set(metrics.map(subjectKey))
  return {
    listedAtMs: nowMs,
    metrics,
    askedAtMs: new Map([...memory.askedAtMs].filter(([key]) => keys.has(key))),
    counted: new Map([...memory.counted].filter(([key]) => subjects.has(key))),
  }
}

/** With the answer to what was planned. */
export function withAnswer(
  memory: LookMemory,
  plan: LookPlan,
  series: readonly MetricMinutes[],
  nowMs: number,
): LookMemory {
  const askedAtMs = new Map(memory.askedAtMs)
  for (const known of plan.metrics) askedAtMs.set(metricKey(known), nowMs)
  const counted = new Map(memory.counted)
  for (const {known, points} of series) {
    const key = subjectKey(known)
    for (const minute of points.keys()) counted.set(key, Math.max(minute, counted.get(key) ?? minute))
  }
  return {...memory, askedAtMs, counted}
}

/** One name for a metric. */
const metricKey = perKey(({source: {dimensions, name, namespace}}: KnownMetric) =>
  JSON.stringify([namespace, name, dimensions]),
)

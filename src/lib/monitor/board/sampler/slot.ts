import type {Trouble} from '../reading.schema.js'
import type {Place, Topic} from '../topics.js'

/** One topic in one place, and when it is looked at. */
export interface Slot {
  readonly topic: Topic
  readonly place: Place
  /** Least time between two looks, milliseconds; 0: every interval. */
  readonly everyMs: number
  /** A Region where nothing was found: it is asked now and then whether that is still so. */
  readonly dormant: boolean
  /** When the last look began; undefined before the first. */
  readonly startedAtMs: number | undefined
  /** A look is under way: there is never a second beside it. */
  readonly looking: boolean
  /** A look brought something. */
  readonly isRead: boolean
  readonly dueAtMs: number
  /** Looks in a row that brought nothing. */
  readonly failures: number
}

/** What sets the pace of all slots. */
export interface Tempo {
  /** Looks fall on multiples of the interval from here, so that those of one moment are together. */
  readonly anchorMs: number
  readonly intervalMs: number
  /** Topics of the view that is shown; undefined: all. */
  readonly shown: ReadonlySet<Topic> | undefined
}

const MINUTE_MS = 60_000
const DORMANT_MS = 10 * MINUTE_MS
const DENIED_MS = 5 * MINUTE_MS
const SIGN_IN_MS = MINUTE_MS
const ABSENT_MS = 10 * MINUTE_MS
const LONGEST_BACK_OFF_MS = 5 * MINUTE_MS

/** What nobody looks at is read so many times less often. */
const HIDDEN_FACTOR = 4
const HIDDEN_MOST_MS = 10 * MINUTE_MS
/** Read at full pace whatever is shown: the pulse and the notices of every view are made of them. */
const ALWAYS: ReadonlySet<Topic> = new Set<Topic>(['traffic', 'jobs', 'alarms', 'events'])

/** The order of looks that are due together: what moves first, what hardly changes last. */
const ORDER: readonly Topic[] = [
  ...(['traffic', 'jobs', 'prices', 'alarms', 'quotas', 'events'] as const),
  ...(['capacity', 'bench', 'findings', 'endpoints', 'costs'] as const),
]

/** A slot that is due at once. */
export function newSlot(slot: Pick<Slot, 'topic' | 'place' | 'everyMs' | 'dormant'>, nowMs: number): Slot {
  return {...slot, startedAtMs: undefined, looking: false, isRead: false, dueAtMs: nowMs, failures: 0}
}

export function isDue(slot: Slot, nowMs: number): boolean {
  return !slot.looking && slot.dueAtMs <= nowMs
}

export function begun(slot: Slot, nowMs: number): Slot {
  return {...slot, looking: true, startedAtMs: nowMs}
}

/** The slot under a clock that was put forward or, below 0, back. */
export function shifted(slot: Slot, ms: number): Slot {
  const {dueAtMs, startedAtMs} = slot
  return {...slot, dueAtMs: dueAtMs + ms, startedAtMs: startedAtMs === undefined ? undefined : startedAtMs + ms}
}

/** The slot once its look brought something. */
export function afterRead(slot: Slot, tempo: Tempo, nowMs: number): Slot {
  return {...slot, looking: false, isRead: true, failures: 0, dueAtMs: nextLookMs(slot, tempo, nowMs)}
}

/**
 * The slot once its look brought nothing. What was refused or is absent is asked again after minutes; the rest after
 * twice the time each time, up to five minutes, a little differently each time (`random`, from 0 to 1), and never
 * before the service asks to be.
 */
export function afterTrouble(
  slot: Slot,
  {code, kind}: Pick<Trouble, 'code' | 'kind'>,
  tempo: Tempo,
  {nowMs, random, retryAfterMs}: {readonly nowMs: number; readonly random: number; readonly retryAfterMs?: number},
): Slot {
  const failures = slot.failures + 1
  const doubled = Math.min(LONGEST_BACK_OFF_MS, tempo.intervalMs * 2 ** Math.min(failures, 16))
  const pauseMs = restOf(code, kind) ?? doubled * (0.75 + random / 2)
  const restMs = Math.max(pauseMs, retryAfterMs ?? 0, slot.dormant ? DORMANT_MS : 0)
  return {...slot, looking: false, failures, dueAtMs: onGrid(nowMs + restMs, tempo, nowMs)}
}

/** What hardly ends by itself is asked again after so long; who signs in again elsewhere is not kept waiting. */
function restOf(code: string, kind: Trouble['kind']): number | undefined {
  if (code.startsWith('CREDENTIALS_')) return SIGN_IN_MS
  return kind === 'denied' ? DENIED_MS : kind === 'absent' ? ABSENT_MS : undefined
}

/** The slot under another tempo: earlier where that is quicker, later where it is slower; what failed keeps its rest. */
export function repaced(slot: Slot, tempo: Tempo, nowMs: number): Slot {
  if (slot.looking || slot.failures > 0 || slot.startedAtMs === undefined) return slot
  return {...slot, dueAtMs: Math.max(nowMs, nextLookMs(slot, tempo, slot.startedAtMs))}
}

/** Below 0 where `a` is looked at first. */
export function compareSlots(a: Slot, b: Slot): number {
  return rankOf(a) - rankOf(b)
}

/** Whether a Region is used at all is asked after what moves. */
function rankOf({dormant, topic}: Slot): number {
  return dormant ? ORDER.indexOf('alarms') + 0.5 : ORDER.indexOf(topic)
}

/** When a slot that was looked at is due again; never before `afterMs`. */
function nextLookMs(slot: Slot, tempo: Tempo, afterMs: number): number {
  return onGrid((slot.startedAtMs ?? afterMs) + periodMs(slot, tempo), tempo, afterMs)
}

function periodMs({topic, everyMs, dormant}: Slot, {intervalMs, shown}: Tempo): number {
  const own = Math.max(intervalMs, Math.ceil(everyMs / intervalMs) * intervalMs)
  if (dormant) return Math.max(own, DORMANT_MS)
  if (shown === undefined || shown.has(topic) || ALWAYS.has(topic)) return own
  return Math.max(own, Math.min(own * HIDDEN_FACTOR, HIDDEN_MOST_MS))
}

/** The moment of the grid nearest to `atMs`, and after `afterMs`. */
function onGrid(atMs: number, {anchorMs, intervalMs}: Tempo, afterMs: number): number {
  const nearest = Math.round((atMs - anchorMs) / intervalMs)
  const earliest = Math.floor((afterMs - anchorMs) / intervalMs) + 1
  return anchorMs + Math.max(nearest, earliest) * intervalMs
}

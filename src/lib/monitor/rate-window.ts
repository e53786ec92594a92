/** Counts of the last seconds, one slot a second in which something came, oldest first. */
export type RateWindow = readonly RateSlot[]

interface RateSlot {
  /** Seconds since the epoch. */
  readonly second: number
  readonly count: number
}

/** How many seconds are kept. */
export const WINDOW_SECONDS = 60

/** Counts `count` more in the second of `atMs` and forgets what is older than the window. */
export function countAt(window: RateWindow, atMs: number, count: number): RateWindow {
  // A clock set back must not put slots out of order: what comes then counts in the newest slot.
  const second = Math.max(Math.floor(atMs / 1000), window.at(-1)?.second ?? 0)
  const kept = window.filter((slot) => slot.second > second - WINDOW_SECONDS)
  const last = kept.at(-1)
  return last?.second === second
    ? [...kept.slice(0, -1), {second, count: last.count + count}]
    : [...kept, {second, count}]
}

/** Counts of the last `seconds` seconds, the current one last. */
export function perSecond(window: RateWindow, nowMs: number, seconds: number): readonly number[] {
  const now = Math.floor(nowMs / 1000)
  const counts = new Map(window.map(({second, count}) => [second, count]))
  return Array.from({length: seconds}, (_, index) => counts.get(now - seconds + 1 + index) ?? 0)
}

/** Per second over the last ten seconds, or over the time since `sinceMs` when that is less. */
export function ratePerSecond(window: RateWindow, nowMs: number, sinceMs: number): number {
  const seconds = Math.min(10, Math.max(1, Math.floor(nowMs / 1000) - Math.floor(sinceMs / 1000) + 1))
  return perSecond(window, nowMs, seconds).reduce((sum, count) => sum + count, 0) / seconds
}

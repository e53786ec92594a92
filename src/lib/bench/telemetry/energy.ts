/** A steady window, on the clock of the readings. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

export interface PowerReading {
  readonly atMs: number
  readonly watts: number
}

/** Between readings further apart than this, nobody knows. */
const LONGEST_GAP_MS = 5000
/** With less than this of the time covered there is no sum. */
const LEAST_COVERED = 0.9

/**
 * Energy of the windows by the trapezoidal rule over readings in the order of time, edges interpolated; null where the
 * readings cover less than 90 % of them. What is not covered counts as the mean of what is.
 */
export function joulesOf(readings: readonly PowerReading[], windows: readonly Window[]): number | null {
  let joules = 0
  let covered = 0
  let asked = 0
  for (const window of windows) {
    asked += Math.max(0, window.toMs - window.fromMs)
    for (let index = 1; index < readings.length; index++) {
      const [from, to] = [readings[index - 1], readings[index]]
      if (!from || !to || to.atMs - from.atMs > LONGEST_GAP_MS) continue
      const start = Math.max(from.atMs, window.fromMs)
      const end = Math.min(to.atMs, window.toMs)
      if (end <= start) continue
      joules += ((wattsAt(from, to, start) + wattsAt(from, to, end)) / 2) * ((end - start) / 1000)
      covered += end - start
    }
  }
  return asked > 0 && covered / asked >= LEAST_COVERED ? (joules * asked) / covered : null
}

function wattsAt(from: PowerReading, to: PowerReading, atMs: number): number {
  if (to.atMs === from.atMs) return to.watts
  return from.watts + ((to.watts - from.watts) * (atMs - from.atMs)) / (to.atMs - from.atMs)
}

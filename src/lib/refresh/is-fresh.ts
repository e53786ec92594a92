/** Clocks of machines that share a home folder differ a little. */
const CLOCK_TOLERANCE_MS = 300_000

/** Whether what was read at `readAt` is at most `maxAgeMs` old; a time in the future has no age and is not fresh. */
export function isFresh(readAt: string, maxAgeMs: number | undefined, nowMs: number): boolean {
  if (maxAgeMs === undefined) return true
  const ageMs = nowMs - Date.parse(readAt)
  return ageMs <= maxAgeMs && ageMs >= -CLOCK_TOLERANCE_MS
}

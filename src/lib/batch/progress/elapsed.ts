/** Milliseconds from a time of the service to now. Never negative: clocks of the service and of this machine differ. */
export function elapsedMs(since: string, nowMs: number): number {
  const from = Date.parse(since)
  return Number.isNaN(from) ? 0 : Math.max(0, nowMs - from)
}

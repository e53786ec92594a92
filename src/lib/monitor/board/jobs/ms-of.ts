/** Milliseconds since the epoch of an ISO time; null where there is none. */
export function msOf(iso: string | null): number | null {
  const ms = Date.parse(iso ?? '')
  return Number.isNaN(ms) ? null : ms
}

/** Calendar months of a commitment: whether AWS counts those or days is not published. */
export const COMMITTED_MONTHS = {OneMonth: 1, SixMonths: 6} as const

/** The same time of the same day so many months later, or of the month after where it has no such day. */
export function addMonths(time: number, months: number): number {
  const date = new Date(time)
  return date.setUTCMonth(date.getUTCMonth() + months)
}

/** Calendar months of a commitment: whether AWS counts those or days is not published. */
export const COMMITTED_MONTHS = {OneMonth: 1, SixMonths: 6} as const

/** The same time of the same day so many months later, or of the last day of a month that has no such day. */
export function addMonths(time: number, months: number): number {
  const date = new Date(time)
  const day = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() + months)
  // 31 February is a day of March: back to the last of the month before.
  return date.getUTCDate() === day ? date.getTime() : date.setUTCDate(0)
}

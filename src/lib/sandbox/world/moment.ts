const DAY_MS = 86_400_000

/** A day of a scenario in milliseconds: a date, or days from `now`. */
export function momentAt(text: string, now: number): number {
  const days = /^([+-]\d+)d$/.exec(text)?.[1]
  return days === undefined ? Date.parse(text) : now + Number(days) * DAY_MS
}

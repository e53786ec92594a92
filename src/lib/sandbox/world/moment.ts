const MS = {d: 86_400_000, h: 3_600_000, m: 60_000}

/** A moment of a scenario in milliseconds: a date, or days, hours or minutes from `now`. */
export function momentAt(text: string, now: number): number {
  const [, number, unit] = /^([+-]\d+)([dhm])$/.exec(text) ?? []
  return number === undefined ? Date.parse(text) : now + Number(number) * MS[unit as keyof typeof MS]
}

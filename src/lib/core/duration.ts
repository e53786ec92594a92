const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** `90d`, `36h`, `2w`, `500ms` → milliseconds; `undefined` when the text is no duration. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|[smhdw])$/.exec(text.trim())
  const unit = UNIT_MS[match?.[2] ?? '']
  return match && unit !== undefined ? Number(match[1]) * unit : undefined
}

/** Whole days from `from` to the ISO date `to`; negative once it is past. Both are read as UTC days. */
export function daysUntil(to: string, from: Date): number {
  const day = 86_400_000
  return Math.floor(Date.parse(to.slice(0, 10)) / day) - Math.floor(from.getTime() / day)
}

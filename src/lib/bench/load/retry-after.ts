import type {HeaderOf} from '../wire/answer.js'

/** What an answer asks to wait, in ms; NaN when it does not. Dates are held against the clock of this machine. */
export function retryAfterMs(header: HeaderOf, nowEpochMs: number): number {
  const precise = Number(header('retry-after-ms') ?? Number.NaN)
  if (precise >= 0) return precise
  const text = header('retry-after')
  if (text === undefined || text === '') return Number.NaN
  const seconds = Number(text)
  if (seconds >= 0) return seconds * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? Number.NaN : Math.max(0, date - nowEpochMs)
}

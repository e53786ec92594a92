import {parseDurationMs} from '../../core/duration.js'
import {usageError} from '../../core/errors.js'

/** `7d`, `36h` or a date → ISO 8601; undefined when the flag was not given. */
export function parseSince(text: string | undefined, now: Date): string | undefined {
  if (text === undefined) return undefined
  const duration = parseDurationMs(text)
  const time = duration === undefined ? parseDate(text) : now.getTime() - duration
  // Dates end where JavaScript's do.
  if (Number.isNaN(time) || Math.abs(time) > 8.64e15) {
    throw usageError('SINCE_INVALID', `--since ${text} is no time.`, {
      hint: 'Give how long ago (36h, 7d), or a date such as 2026-11-01.',
    })
  }
  return new Date(time).toISOString()
}

function parseDate(text: string): number {
  return /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(text) ? Date.parse(text) : Number.NaN
}

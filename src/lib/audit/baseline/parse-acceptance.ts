import {parseDurationMs} from '../../core/duration.js'
import {usageError} from '../../core/errors.js'
import type {AcceptInput} from './accept-findings.js'

interface Typed {
  readonly fingerprints: readonly string[]
  readonly checks: readonly string[]
  readonly reason: string | undefined
  readonly owner: string | undefined
  readonly expires: string | undefined
  /** ISO date. */
  readonly today: string
}

const DAY_MS = 86_400_000

/** The words of an acceptance; all that is missing or wrong is told at once. */
export function parseAcceptance({fingerprints, checks, reason, owner, expires, today}: Typed): AcceptInput {
  const day = expires === undefined ? undefined : parseDay(expires, today)
  const problems = [
    ...(isSaid(reason) ? [] : ['--reason: why it is acceptable']),
    ...(isSaid(owner) ? [] : ['--owner: who answers for it']),
    ...(day === undefined ? [`--expires: a date such as 2027-03-31, or a span such as 90d${typedAs(expires)}`] : []),
  ]
  if (isSaid(reason) && isSaid(owner) && day !== undefined) {
    return {fingerprints, checks, reason: reason.trim(), owner: owner.trim(), expires: day, today}
  }
  throw usageError('ACCEPTANCE_INCOMPLETE', 'A finding is accepted by somebody, for a reason and for a time.', {
    why: problems.join('\n'),
    hint: 'Add these flags.',
  })
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}

function typedAs(text: string | undefined): string {
  return text === undefined ? '' : `, not "${text}"`
}

function parseDay(text: string, today: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const day = new Date(`${text}T00:00:00Z`)
    return Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text) ? undefined : text
  }
  const span = parseDurationMs(text)
  if (span === undefined || span < DAY_MS || span > 3660 * DAY_MS) return undefined
  return new Date(Date.parse(`${today}T00:00:00Z`) + span).toISOString().slice(0, 10)
}

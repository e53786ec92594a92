import {usageError} from '../../core/errors.js'
import {plural} from '../../core/text.js'
import type {Finding} from '../finding.schema.js'
import type {Acceptance} from './baseline.schema.js'

export interface AcceptInput {
  /** As typed; a beginning of at least six digits that only one finding has will do. */
  readonly fingerprints: readonly string[]
  /** Ids of checks all of whose failures are accepted. */
  readonly checks: readonly string[]
  readonly reason: string
  readonly owner: string
  /** ISO date, the last day on which it holds. */
  readonly expires: string
  readonly today: string
}

export interface Accepted {
  /** All acceptances, the new ones in the place of older ones of the same finding. */
  readonly accepted: readonly Acceptance[]
  readonly added: readonly Acceptance[]
}

const SHORTEST = 6

/** Adds acceptances of failures that are there. What does not fail cannot be accepted: a slip would hide for months. */
export function acceptFindings(
  findings: readonly Finding[],
  before: readonly Acceptance[],
  input: AcceptInput,
): Accepted {
  if (input.expires < input.today) {
    throw usageError('EXPIRED_ALREADY', `${input.expires} is over.`, {
      hint: 'Name a day to come, or a span such as 90d.',
    })
  }
  const failing = findings.filter(({verdict}) => verdict === 'FAIL' || verdict === 'MUTED')
  const named = resolveFingerprints(input.fingerprints, failing)
  const wanted = new Set(input.checks.map((id) => id.toUpperCase()))
  const empty = [...wanted].filter((id) => !failing.some(({check}) => check === id))
  if (empty.length > 0) {
    throw usageError('NOTHING_TO_ACCEPT', `No finding of ${empty.join(', ')} fails.`, {
      hint: 'See what does: bedrockctl audit run',
    })
  }
  const chosen = failing.filter(({fingerprint, check}) => named.has(fingerprint) || wanted.has(check))
  const added = chosen.map((finding) => toAcceptance(finding, input))
  const replaced = new Set(added.map(({fingerprint}) => fingerprint))
  return {accepted: [...before.filter(({fingerprint}) => !replaced.has(fingerprint)), ...added], added}
}

function resolveFingerprints(typed: readonly string[], failing: readonly Finding[]): ReadonlySet<string> {
  const found = new Set<string>()
  const problems: string[] = []
  for (const text of typed) {
    const matches = text.length < SHORTEST ? [] : failing.filter(({fingerprint}) => fingerprint.startsWith(text))
    const [only] = matches
    if (matches.length === 1 && only !== undefined) found.add(only.fingerprint)
    else
      problems.push(
        `${text}: ${matches.length === 0 ? 'no failing finding has it' : `${matches.length} findings begin so`}`,
      )
  }
  if (problems.length === 0) return found
  throw usageError('UNKNOWN_FINGERPRINT', `${plural(problems.length, 'fingerprint')} cannot be accepted.`, {
    why: problems.join('\n'),
    hint: 'Take them from the column FINGERPRINT: bedrockctl audit run -o csv',
  })
}

function toAcceptance(finding: Finding, {reason, owner, expires, today}: AcceptInput): Acceptance {
  const {fingerprint, check, region, resource, aspect} = finding
  const place = {fingerprint, check, region, resource: resource.id.slice(0, 500)}
  return {...place, ...(aspect !== undefined && {aspect}), reason, owner, acceptedOn: today, expires}
}

import type {Unread} from '../../core/answer.schema.js'
import type {Entry, Reads} from '../snapshot.schema.js'

// Known states of an account, or told once already where the first call failed.
const NO_FAILURE = new Set(['NOT_OFFERED', 'NOT_SUPPORTED', 'DEPENDENCY_UNREAD'])

/** What could not be read, as every answer tells it. A Region that is not enabled counts when it was named. */
export function unreadOf(reads: Reads, named: ReadonlySet<string>): readonly Unread[] {
  const all = Object.values(reads).flatMap((entries) =>
    (entries as readonly Entry<unknown>[]).flatMap((entry) => ofEntry(entry, named)),
  )
  return [...new Map(all.map((one) => [`${one.region} ${one.action} ${one.code}`, one])).values()]
}

function ofEntry(entry: Entry<unknown>, named: ReadonlySet<string>): readonly Unread[] {
  const {region} = entry
  if (entry.status === 'read') {
    return entry.gaps
      .filter(({code}) => !NO_FAILURE.has(code))
      .map(({action, code, reason, count}) => ({
        region,
        action,
        code,
        reason: count === 1 ? reason : `${reason} (${count} calls alike)`,
      }))
  }
  if (NO_FAILURE.has(entry.code) || (entry.status === 'not-enabled' && !named.has(region))) return []
  const {action, code, reason, hint} = entry
  return [{region, action, code, reason, ...(hint === undefined ? {} : {hint})}]
}

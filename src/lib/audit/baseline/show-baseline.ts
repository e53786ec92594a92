import type {AuditBaseline} from './audit-baseline.schema.js'
import type {Acceptance} from './baseline.schema.js'

interface ShowInput {
  readonly file: string
  readonly accepted: readonly Acceptance[]
  readonly added: readonly Acceptance[]
  readonly written: boolean
  /** ISO date. */
  readonly today: string
  readonly simulated?: boolean
}

/** Acceptances by check and place, each with its state today. */
export function showBaseline({file, accepted, added, written, today, simulated = false}: ShowInput): AuditBaseline {
  const news = new Set(added.map(({fingerprint}) => fingerprint))
  return {
    schemaVersion: 1,
    simulated,
    unread: [],
    file,
    written,
    accepted: accepted
      .map((one) => ({
        ...one,
        state: one.expires < today ? ('over' as const) : ('holds' as const),
        added: news.has(one.fingerprint),
      }))
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  }
}

function keyOf({check, region, resource, fingerprint}: Acceptance): string {
  return [check, region, resource, fingerprint].join(' ')
}

import {UNREAD} from './bound-jobs.js'
import {NO_ETA} from './job-eta.js'
import type {JobRow} from './jobs.schema.js'

export interface UnreadJobs {
  readonly kind: JobRow['kind']
  /** IAM action of the list. */
  readonly action: string
  readonly message: string
  readonly hint: string | null
  /** When jobs of the kind were last listed; null where they never were. */
  readonly readAtMs: number | null
}

/** A row in place of jobs of a kind that could not be listed, so that nothing passes for none; what was read stays. */
export function unreadRow({action, hint, kind, message, readAtMs}: UnreadJobs): JobRow {
  return {
    kind,
    id: `${UNREAD}:${kind}`,
    name: action,
    model: null,
    state: UNREAD,
    tone: 'warn',
    live: false,
    ...{at: null, done: null, failed: null, total: null, unit: null, cost: null, parts: [], partsLeftOut: 0},
    ...{metrics: [], next: [], actions: []},
    createdAtMs: null,
    endedAtMs: null,
    ...NO_ETA,
    message,
    remedy: hint,
    facts: readAtMs === null ? [] : [['last listed', new Date(readAtMs).toISOString()]],
  }
}

import type {JobRow} from './jobs.schema.js'

/** So long an ended job is shown. */
export const KEPT_MS = 7 * 86_400_000
const MOST = 500

/** Jobs that are live, and those that ended in the last seven days: live ones first, then the newest; at most 500. */
export function boundJobs(rows: readonly JobRow[], nowMs: number): readonly JobRow[] {
  return rows
    .filter((row) => row.live || row.state === UNREAD || nowMs - endOf(row) <= KEPT_MS)
    .toSorted((a, b) => Number(b.live) - Number(a.live) || endOf(b) - endOf(a))
    .slice(0, MOST)
}

/** State of a row that stands for jobs that could not be listed. */
export const UNREAD = 'unread'

function endOf({createdAtMs, endedAtMs}: JobRow): number {
  return endedAtMs ?? createdAtMs ?? 0
}

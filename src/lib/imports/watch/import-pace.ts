import {secondsOf} from '../import-row.js'
import type {ImportJob} from '../ports.js'
import type {ImportPace} from './imports-watch.schema.js'

/** As far back as the service is likely to be what it is now. */
const REMEMBERED_MS = 180 * 86_400_000

/** How long imports took that completed; null where none did. The service itself tells of no progress. */
export function importPace(jobs: readonly ImportJob[], nowMs: number): ImportPace | null {
  const seconds = jobs
    .filter(({createdAt, state}) => state === 'Completed' && nowMs - Date.parse(createdAt) < REMEMBERED_MS)
    .flatMap((job) => secondsOf(job, nowMs) ?? [])
  if (seconds.length === 0) return null
  return {imports: seconds.length, leastSeconds: Math.min(...seconds), mostSeconds: Math.max(...seconds)}
}

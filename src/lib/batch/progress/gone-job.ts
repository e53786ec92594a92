import type {Unread} from '../../core/answer.schema.js'
import {plural} from '../../core/text.js'
import type {ProgressRow} from './progress.schema.js'

/** State of a shard whose job the service knows no more: nothing is to be waited for. */
export const GONE = 'Gone'

const NAMED = 8

/** What an answer says of jobs that the service knows no more. */
export function goneUnread(jobs: readonly string[], region: string): readonly Unread[] {
  if (jobs.length === 0) return []
  const more = jobs.length > NAMED ? ` and ${jobs.length - NAMED} more` : ''
  return [
    {
      region,
      action: 'bedrock:GetModelInvocationJob',
      code: 'NOT_FOUND',
      reason: `${plural(jobs.length, 'job')} that the service knows no more: ${jobs.slice(0, NAMED).join(', ')}${more}`,
      hint: 'Answers that they left can be collected; batch retry takes up the rest.',
    },
  ]
}

/** What an answer says of the jobs in its lines that the service knows no more. */
export function goneIn(rows: readonly Pick<ProgressRow, 'name' | 'region' | 'state'>[]): readonly Unread[] {
  const gone = rows.filter(({state}) => state === GONE)
  return goneUnread(
    gone.map(({name}) => name),
    gone[0]?.region ?? '',
  )
}

/** A job may be unknown for a while after it was made. */
const NEW_FOR_MS = 5 * 60_000

/** Whether a job that the service does not know can be believed to be gone: one made a moment ago may still turn up. */
export function isGoneAfter(createdAt: string | undefined, now: Date): boolean {
  // Either way: the clock may have been set back since.
  return !(Math.abs(now.getTime() - Date.parse(createdAt ?? '')) < NEW_FOR_MS)
}

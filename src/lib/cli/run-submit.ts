import {isAbsolute} from 'node:path'
import type {OpenGroup} from '../batch/group/group-store.js'
import type {PlanFile} from '../batch/plan/plan.schema.js'
import type {SubmitOutcome} from '../batch/submit/submit-group.js'
import type {SubmitNotice, SubmitUntil} from '../batch/submit/submit-run.js'
import {parseDurationMs} from '../core/duration.js'
import {usageError} from '../core/errors.js'
import {plural} from '../core/text.js'
import type {LockOptions} from '../jobs/lock.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import type {Progress} from './progress.js'

export interface SubmitWords {
  readonly until: SubmitUntil
  /** Undefined: soon at first, then less and less often. */
  readonly pollMs: number | undefined
  readonly timeoutMs: number | undefined
}

interface Frame {
  readonly signal: AbortSignal
  readonly progress: Progress
  readonly note: (text: string) => void
}

/** Submits what is left of a group that is open, and tells on stderr how it goes. */
export async function runSubmit(
  group: OpenGroup,
  words: SubmitWords,
  connection: Connection,
  frame: Frame,
): Promise<SubmitOutcome> {
  const session = onlineSession(connection, 'Batch jobs')
  const [{submitGroup}, {realClock}, store, jobs] = await Promise.all([
    import('../batch/submit/submit-group.js'),
    import('../jobs/clock.js'),
    session.objectStore(),
    session.batchJobs(),
  ])
  const [plan] = group.plans
  return submitGroup(
    {
      ...words,
      group,
      openInput: () => openInput(plan, connection, frame.signal),
      signal: frame.signal,
      tell: teller(frame),
    },
    {store, jobs, clock: realClock},
  )
}

/** Refuses to submit with the credentials of another account than the plan was made for. */
export async function checkAccount(
  {account, group}: Pick<PlanFile, 'account' | 'group'>,
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  const identity = await onlineSession(connection, 'Batch jobs').identity()
  const caller = await identity.whoAmI(signal)
  if (caller.account === account) return
  throw usageError(
    'OTHER_ACCOUNT',
    `The plan of ${group} is for account ${account}, and these credentials are of another.`,
    {
      why: `They are of ${caller.account}: ${caller.arn}.`,
      hint: 'Name the right profile with --profile, or make a new plan.',
    },
  )
}

/** How to take the lock of a group: wait for who holds it, so long at most, and say so; or fail at once. */
export function lockOptions(
  failIfBusy: boolean,
  {note, signal}: Pick<Frame, 'note' | 'signal'>,
  timeoutMs?: number,
): LockOptions {
  return {
    wait: !failIfBusy,
    timeoutMs,
    signal,
    now: () => new Date(),
    onWait: ({host, pid, since}) =>
      note(
        `waiting   process ${pid} on ${host} works on this group since ${since}; Ctrl-C ends the wait, --fail-if-busy says which lock it holds`,
      ),
  }
}

/** A duration that a flag gives, at least a millisecond. */
export function durationOf(flag: string, text: string): number {
  const ms = parseDurationMs(text)
  if (ms !== undefined && ms >= 1) return ms
  throw usageError('DURATION_INVALID', `${flag} ${text} is no length of time.`, {hint: 'Write it as 30s, 10m or 2h.'})
}

async function openInput(plan: PlanFile | undefined, connection: Connection, signal: AbortSignal): Promise<ByteSource> {
  const {account, bucketOwner = account, input, region = ''} = plan ?? {}
  const name = input?.name ?? ''
  if (!name.startsWith('s3://')) {
    if (!isAbsolute(name))
      throw usageError('PLAN_DAMAGED', `The plan names its input as ${name}, which is no full path.`)
    const {openFileSource} = await import('../jsonl/file-source.js')
    return openFileSource(name)
  }
  const [{readS3Uri}, {openObjectSource}] = await Promise.all([
    import('../jobs/s3-uri.js'),
    import('../jobs/object-source.js'),
  ])
  const store = await onlineSession(connection, 'Objects of S3').objectStore()
  return openObjectSource(store, readS3Uri(name, 'object of S3', 'any'), {region, account: bucketOwner}, signal)
}

const WAITS = {
  quota: 'The quota of open batch jobs is full: waiting for room.',
  'open-jobs': 'The plan has no more jobs open at once: waiting for one to end.',
} as const

/** Progress on a terminal; off it, and beside it, a line where something changes. */
function teller({note, progress}: Frame): (notice: SubmitNotice) => void {
  const startedAt = performance.now()
  let waits: string | undefined
  return (notice) => {
    switch (notice.kind) {
      case 'sent': {
        const rate = notice.bytes / 1e6 / ((performance.now() - startedAt) / 1000)
        progress.update(megabytes(notice.bytes), megabytes(notice.total), 'MB uploaded', `${rate.toFixed(1)} MB/s`)
        return
      }
      case 'jobs': {
        const {created, ended, open, refused, shards} = notice.counts
        const fate = `${open} open, ${ended} ended${refused > 0 ? `, ${refused} refused` : ''}`
        // Jobs that wait for room do not come at the pace of the first ones.
        progress.update(created, undefined, `of ${plural(shards, 'job')} made`, fate)
        return
      }
      case 'waiting':
        if (waits !== notice.reason) {
          note(`waiting   ${WAITS[notice.reason]}\n          Ctrl-C ends the wait; the same command goes on.`)
        }
        waits = notice.reason
        return
      case 'retrying':
        note(`retrying  in ${(notice.waitMs / 1000).toFixed(0)} s: ${notice.failure.message}`)
        return
      case 'input-touched':
        note('checking  The input was changed or moved since the plan: reading its bytes first.')
        return
    }
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10
}

import type {BedrockctlError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import {SightingMemory} from '../../jobs/sightings.js'
import {type Sighting as Seen, waitForEnd} from '../../jobs/wait/wait-for-end.js'
import type {Target} from '../follow/find-target.js'
import {isRunning, type Look, type LookPorts, type LookRows, lookAt, processedIn, rowsOfLook} from '../follow/look.js'
import {isEndState} from '../progress/job-states.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {WITHOUT_JOB} from '../progress/shard-standing.js'

/** Whether somebody else works on the group: then shards without a job may still get one. */
export type AtWork = 'somebody' | 'nobody'

export interface WatchPorts extends LookPorts {
  readonly clock: JobClock
  /** Writes down which jobs have ended, where nobody else works on the group; does nothing for a job. */
  readonly settle: (look: Look) => Promise<AtWork>
}

export interface WatchInput {
  readonly target: Target
  /** Between two looks; undefined: short at first, then longer and longer. */
  readonly intervalMs: number | undefined
  /** The wait ends after so long; jobs go on. */
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal
  readonly onLook: (watched: Watched) => void
  /** Told of a look that failed by what passes, and how long it is waited for. */
  readonly onTrouble: (failure: BedrockctlError, waitMs: number) => void
}

/** What the last look saw. */
export interface Watched extends LookRows {
  readonly look: Look
  readonly atMs: number
  /** When the next look is; undefined after the last. */
  readonly nextAtMs: number | undefined
}

export interface WatchOutcome {
  /** `no-jobs`: all jobs have ended, and nobody makes those of the shards that have none. */
  readonly end: 'ended' | 'no-jobs' | 'timed-out' | 'interrupted'
  /** Undefined where not one look succeeded. */
  readonly last: Watched | undefined
  readonly looks: number
}

/** Looks again and again until nothing is open any more, time is up or `signal` aborts. */
export async function watchBatch(
  {onLook, target, ...input}: WatchInput,
  {clock, settle, ...ports}: WatchPorts,
): Promise<WatchOutcome> {
  const memory = new SightingMemory()
  const {end, last, looks} = await waitForEnd(
    {
      ...input,
      look: async (signal) => {
        const look = await lookAt(target, ports, signal)
        const atWork = await settle(look)
        const nowMs = clock.now().getTime()
        return {
          look,
          atWork,
          rows: rowsOfLook(look, nowMs, memory.add({atMs: nowMs, processed: processedIn(look)}, isRunning(look))),
        }
      },
      endOf: ({atWork, rows}) => endOf(rows, atWork),
      onLook: (sighting) => onLook(watchedOf(sighting)),
    },
    clock,
  )
  return {end, last: last && watchedOf(last), looks}
}

function watchedOf({atMs, nextAtMs, seen}: Seen<{readonly look: Look; readonly rows: LookRows}>): Watched {
  return {...seen.rows, look: seen.look, atMs, nextAtMs}
}

function endOf({members, summary}: LookRows, atWork: AtWork): 'ended' | 'no-jobs' | undefined {
  const rows = members.length === 0 ? [summary] : members
  if (rows.every(isOver)) return 'ended'
  const idle = rows.every((row) => isOver(row) || row.state === 'Planned')
  return idle && atWork === 'nobody' ? 'no-jobs' : undefined
}

function isOver({state}: ProgressRow): boolean {
  return state !== null && (isEndState(state) || WITHOUT_JOB.includes(state))
}

import type {Gate} from '../../core/answer.schema.js'
import {GONE, goneIn} from '../progress/gone-job.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {batchFailures} from '../show/batch-failures.js'
import {nextCommands} from '../show/next-commands.js'
import type {BatchWatchResult} from './batch-watch.schema.js'
import type {WatchOutcome} from './watch-batch.js'

/** What a watch came to. Only jobs that have all completed pass. */
export function watchResult(
  {end, last, looks}: WatchOutcome,
  {local, nowMs, simulated}: {readonly local: boolean; readonly nowMs: number; readonly simulated: boolean},
): BatchWatchResult {
  const {members = [], summary} = last ?? {}
  const rows = members.length === 0 && summary ? [summary] : members
  return {
    schemaVersion: 1,
    simulated,
    unread: goneIn(rows),
    gate: gateOf(summary, rows),
    asOf: new Date(last?.atMs ?? nowMs).toISOString(),
    end,
    looks,
    summary: summary ?? null,
    members,
    failures: batchFailures(rows),
    next: summary ? nextCommands(summary, local) : [],
  }
}

function gateOf(summary: ProgressRow | undefined, rows: readonly ProgressRow[]): Gate {
  // A job that nobody knows any more is told as unread: nobody can say what became of it.
  const known = rows.filter(({state}) => state !== GONE)
  const someGone = known.length < rows.length
  const short = known.filter(({state}) => state !== 'Completed')
  const passed = someGone ? short.length === 0 : summary?.state === 'Completed'
  return {
    requirement: someGone ? 'all jobs that the service knows have completed' : 'all jobs have completed',
    passed,
    failures: passed ? [] : short.map(({name, state}) => `${name}: ${state ?? 'not known'}`),
  }
}

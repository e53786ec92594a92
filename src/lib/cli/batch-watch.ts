import type {BatchWatchResult} from '../batch/watch/batch-watch.schema.js'
import type {Watched} from '../batch/watch/watch-batch.js'
import type {Settings} from '../config/settings.js'
import type {BedrockctlError} from '../core/errors.js'
import type {Connection} from './connect.js'
import {followBatch} from './follow-batch.js'

export interface BatchWatchInput {
  readonly text: string
  readonly intervalMs: number | undefined
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal
}

/** How a watch is shown while it goes on. */
export interface BatchWatchShow {
  onLook(watched: Watched, simulated: boolean): void
  onTrouble(failure: BedrockctlError, waitMs: number): void
}

/** Watches GROUP|JOB until its end and gives what it came to. */
export async function runBatchWatch(
  {intervalMs, signal, text, timeoutMs}: BatchWatchInput,
  settings: Settings,
  connection: Connection,
  show: BatchWatchShow,
): Promise<BatchWatchResult> {
  const [{door, folder, ports, target}, {watchBatch}, {watchResult}, {noteEnds}, {realClock}] = await Promise.all([
    followBatch(text, settings, connection, signal),
    import('../batch/watch/watch-batch.js'),
    import('../batch/watch/watch-result.js'),
    import('../batch/follow/note-ends.js'),
    import('../jobs/clock.js'),
  ])
  const outcome = await watchBatch(
    {
      target,
      intervalMs,
      timeoutMs,
      signal,
      onLook: (watched) => show.onLook(watched, connection.simulated()),
      onTrouble: (failure, waitMs) => show.onTrouble(failure, waitMs),
    },
    {...ports, clock: realClock, settle: (look) => noteEnds(look, door.stateFolder, realClock.now)},
  )
  return watchResult(outcome, {local: folder !== null, nowMs: Date.now(), simulated: connection.simulated()})
}

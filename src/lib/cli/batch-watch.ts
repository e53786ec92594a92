import type {BatchWatchResult} from '../batch/watch/batch-watch.schema.js'
import type {Watched} from '../batch/watch/watch-batch.js'
import type {Settings} from '../config/settings.js'
import type {Connection} from './connect.js'
import {followBatch} from './follow-batch.js'
import type {WatchTimes} from './read-wait.js'
import type {WatchView} from './watch-view.js'

/** Watches GROUP|JOB until its end and gives what it came to. */
export async function runBatchWatch(
  text: string,
  times: WatchTimes,
  settings: Settings,
  connection: Connection,
  view: WatchView<Watched>,
): Promise<BatchWatchResult> {
  const {signal} = view
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
      ...times,
      signal,
      onLook: (seen) => view.onLook({seen, atMs: seen.atMs, nextAtMs: seen.nextAtMs}, connection.simulated()),
      onTrouble: (failure, waitMs) => view.onTrouble(failure, waitMs),
    },
    {...ports, clock: realClock, settle: (look) => noteEnds(look, door.stateFolder, realClock.now)},
  )
  return watchResult(outcome, {local: folder !== null, nowMs: Date.now(), simulated: connection.simulated()})
}

import type {ShowBatchFacts} from '../batch/show/show-batch.js'
import type {Settings} from '../config/settings.js'
import type {Connection} from './connect.js'
import {billedModel, followBatch} from './follow-batch.js'
import {onlineSession} from './online-session.js'
import {type BookFrame, openPrices} from './price-book.js'

/** Reads what `batch show` tells: the jobs, the manifests of those that have ended, and prices where those count tokens. */
export async function readBatchShow(
  text: string,
  settings: Settings,
  connection: Connection,
  frame: Omit<BookFrame, 'regions'>,
): Promise<ShowBatchFacts> {
  const {signal} = frame
  const [{folder, ports, target}, {lookAt}, {readJobTokens}] = await Promise.all([
    followBatch(text, settings, connection, signal),
    import('../batch/follow/look.js'),
    import('../batch/show/job-tokens.js'),
  ])
  const look = await lookAt(target, ports, signal)
  const jobs = look.kind === 'job' ? [look.job] : look.standing.shards.flatMap(({job}) => job ?? [])
  const store = await onlineSession(connection, 'Batch jobs').objectStore()
  const {counted, unread} = await readJobTokens(jobs, store, signal)
  const {modelId} = look.kind === 'job' ? look.job : look.standing
  const {region} = target
  const prices =
    counted.length === 0 ? undefined : await openPrices(settings, connection, {...frame, regions: [region]})
  return {
    look,
    folder,
    tokens: counted,
    billed: billedModel(modelId, region, connection),
    book: prices?.book,
    unread,
    simulated: connection.simulated(),
    nowMs: Date.now(),
  }
}

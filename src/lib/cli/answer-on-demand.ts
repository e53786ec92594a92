import type {GroupState} from '../batch/group/group-state.js'
import type {OpenGroup} from '../batch/group/group-store.js'
import type {PlanFile} from '../batch/plan/plan.schema.js'
import type {OnDemandPrices} from '../batch/retry/make-on-demand-round.js'
import type {Settings} from '../config/settings.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {Connection} from './connect.js'
import {billedModel} from './follow-batch.js'
import {onlineSession} from './online-session.js'
import {openPrices} from './price-book.js'
import type {Progress} from './progress.js'

interface Frame {
  readonly signal: AbortSignal
  readonly progress: Progress
  readonly note: (text: string) => void
}

/** What records of a plan cost on demand. */
export async function onDemandPrices(
  {modelId, region}: Pick<PlanFile, 'modelId' | 'region'>,
  settings: Settings,
  connection: Connection,
  frame: Frame,
): Promise<OnDemandPrices> {
  const {book} = await openPrices(settings, connection, {...frame, warn: frame.note, regions: [region]})
  return {book, billed: billedModel(modelId, region, connection)}
}

/**
 * Asks for what the last round of a group has no answer of yet, one by one, and puts the answers where batch jobs put
 * theirs. It can be stopped at any point and run again: answers that were kept are not asked for again.
 */
export async function answerOnDemand(
  group: OpenGroup,
  source: ByteSource,
  connection: Connection,
  frame: Frame,
): Promise<GroupState> {
  const [{foldJournal}, {openAnswerLog, removeAnswerLog}, {answerRecords}, {onDemandPlace}, {realClock}] =
    await Promise.all([
      import('../batch/group/group-state.js'),
      import('../batch/retry/answer-log.js'),
      import('../batch/retry/answer-records.js'),
      import('../batch/submit/job-of-shard.js'),
      import('../jobs/clock.js'),
    ])
  const session = onlineSession(connection, 'Answers on demand')
  const [answerer, store] = await Promise.all([session.recordAnswerer(), session.objectStore()])
  const last = foldJournal(group.plans, group.events).rounds.at(-1)
  const shard = last?.shards[0]
  if (last && shard && last.plan.way === 'on-demand' && shard.end === undefined) {
    const {plan} = last
    const {signal} = frame
    const log = await openAnswerLog(group.folder, plan.round)
    try {
      const told = {onProgress: tellProgress(frame), onRetry: tellRetries(frame)}
      await answerRecords({plan, shard: shard.plan, source, log, signal, ...told}, {answerer, clock: realClock})
      const owner = {region: plan.region, account: plan.bucketOwner ?? plan.account}
      const options = plan.kmsKeyId === null ? {} : {kmsKeyId: plan.kmsKeyId}
      await store.put(onDemandPlace(plan, shard.number), await log.read(), owner, options, signal)
      const {succeeded, total} = log
      const counts = {total, succeeded, failed: total - succeeded}
      const at = realClock.now().toISOString()
      await group.append({kind: 'answered', at, round: plan.round, shard: shard.number, ...counts})
    } finally {
      await log.close()
    }
  }
  const state = foldJournal(group.plans, group.events)
  for (const {plan, shards} of state.rounds) {
    const over = plan.way === 'on-demand' && shards.every(({end}) => end !== undefined)
    if (over) await removeAnswerLog(group.folder, plan.round)
  }
  return state
}

function tellProgress({progress}: Frame): (answered: number, records: number) => void {
  return (answered, records) => progress.update(answered, records, 'records answered')
}

function tellRetries({note}: Frame): (failure: Error, waitMs: number) => void {
  return ({message}, waitMs) => note(`retrying  in ${(waitMs / 1000).toFixed(0)} s: ${message}`)
}

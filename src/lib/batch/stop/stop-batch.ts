import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {JobClock} from '../../jobs/clock.js'
import type {ObjectStore} from '../../jobs/ports.js'
import type {JournalEvent} from '../group/journal.schema.js'
import type {BatchJobSource} from '../ports.js'
import {type JobPlace, placeOfJob} from '../progress/job-name.js'
import {findAskedJob} from '../submit/find-asked-job.js'
import type {PlannedShard} from '../submit/submit-run.js'
import type {StopItem} from './batch-stop.schema.js'
import {endUploads} from './end-uploads.js'

export interface StopPorts {
  readonly source: Pick<BatchJobSource, 'list' | 'stop'>
  readonly store: Pick<ObjectStore, 'abortUpload' | 'openUploads'>
  readonly clock: JobClock
  /** A shard of a group that this process holds; undefined for all others. */
  readonly shardOf: (place: JobPlace) => PlannedShard | undefined
  /** Writes to the journal of a group that this process holds; does nothing for the others. */
  readonly note: (group: string, event: JournalEvent) => Promise<void>
}

export interface Stopped {
  readonly items: readonly StopItem[]
  readonly unread: readonly Unread[]
}

/**
 * Stops what is to be stopped: first the shards without a job, so that no new one begins meanwhile, last those whose
 * job was asked for and may not be listed yet. That somebody asked is in the journal before the service is. A stop that
 * fails costs the others nothing.
 */
export async function stopBatch(items: readonly StopItem[], ports: StopPorts, signal: AbortSignal): Promise<Stopped> {
  const stop = new Stop(ports, signal)
  const done = new Map<StopItem, StopItem>()
  for (const turn of [isShard, hasJob, isAsked]) {
    for (const item of items.filter(turn)) done.set(item, await stop.stop(item))
  }
  const told = items.map((item) => done.get(item) ?? item)
  const [first] = stop.failures
  if (first && stop.failures.length === done.size) throw first.failure
  const cleared: StopItem[] = []
  for (const item of told) cleared.push(item.outcome === 'withheld' ? await stop.endUploads(item) : item)
  return {items: cleared, unread: stop.failures.map(({action, failure, region}) => toUnread(failure, region, action))}
}

const isShard = ({outcome}: StopItem) => outcome === 'would-withhold'
const hasJob = ({arn, outcome}: StopItem) => outcome === 'would-stop' && arn !== null
const isAsked = ({arn, outcome}: StopItem) => outcome === 'would-stop' && arn === null

interface Failure {
  readonly failure: BedrockctlError
  readonly region: string
  readonly action: string
}

/** One stop of several things; keeps what failed. */
class Stop {
  readonly failures: Failure[] = []
  readonly #ports: StopPorts
  readonly #signal: AbortSignal

  constructor(ports: StopPorts, signal: AbortSignal) {
    this.#ports = ports
    this.#signal = signal
  }

  stop(item: StopItem): Promise<StopItem> {
    return this.#orFailed(item, 'bedrock:StopModelInvocationJob', {...item, outcome: 'failed'}, async () => {
      const arn = item.arn ?? (await this.#askedJob(item))
      await this.#note(item, arn)
      if (arn === null) return {...item, outcome: 'withheld'}
      return {...item, arn, outcome: await this.#ports.source.stop(item.region, arn, this.#signal)}
    })
  }

  endUploads(item: StopItem): Promise<StopItem> {
    return this.#orFailed(item, 's3:AbortMultipartUpload', item, async () => {
      const {place, shard} = this.#find(item)
      const ended = shard ? await endUploads(shard, this.#ports.store, this.#signal) : 0
      if (place && shard?.shard.upload) await this.#append(place, {kind: 'upload-ended'})
      return {...item, endedUploads: ended}
    })
  }

  /** Looked for only where it was asked for: a shard that was planned alone has none. */
  async #askedJob(item: StopItem): Promise<string | null> {
    const {shard} = this.#find(item)
    if (shard === undefined || !isAsked(item)) return null
    const {clock, source} = this.#ports
    const found = await findAskedJob(shard, source, {clock, signal: this.#signal})
    return found?.arn ?? null
  }

  async #note(item: StopItem, arn: string | null): Promise<void> {
    const {place, shard} = this.#find(item)
    if (place === undefined) return
    if (arn !== null && shard?.shard.state === 'asked') await this.#append(place, {kind: 'job-created', arn})
    await this.#append(place, {kind: 'stop-asked', arn})
  }

  #append({group, round, shard}: JobPlace, event: ShardStep): Promise<void> {
    return this.#ports.note(group, {...event, at: this.#ports.clock.now().toISOString(), round, shard})
  }

  #find({name}: StopItem): {readonly place: JobPlace | undefined; readonly shard: PlannedShard | undefined} {
    const place = placeOfJob(name)
    return {place, shard: place && this.#ports.shardOf(place)}
  }

  async #orFailed(
    {region}: StopItem,
    action: string,
    failed: StopItem,
    run: () => Promise<StopItem>,
  ): Promise<StopItem> {
    try {
      return await run()
    } catch (failure) {
      if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
      this.failures.push({failure, region, action})
      return failed
    }
  }
}

type ShardStep =
  | {readonly kind: 'upload-ended'}
  | {readonly kind: 'job-created'; readonly arn: string}
  | {readonly kind: 'stop-asked'; readonly arn: string | null}

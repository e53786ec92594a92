import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {JournalEvent} from '../group/journal.schema.js'
import type {BatchJobSource} from '../ports.js'
import {placeOfJob} from '../progress/job-name.js'
import type {StopItem} from './batch-stop.schema.js'

export interface StopPorts {
  readonly source: Pick<BatchJobSource, 'stop'>
  /** Writes to the journal of a group that this process holds; does nothing for the others. */
  readonly note: (group: string, event: JournalEvent) => Promise<void>
  readonly now: () => Date
}

export interface Stopped {
  readonly items: readonly StopItem[]
  readonly unread: readonly Unread[]
}

/**
 * Stops what is to be stopped: first the shards without a job, so that no new one begins meanwhile. That somebody asked
 * is in the journal before the service is. A stop that fails costs the others nothing.
 */
export async function stopBatch(items: readonly StopItem[], ports: StopPorts, signal: AbortSignal): Promise<Stopped> {
  const done = new Map<StopItem, StopItem['outcome']>()
  const failures: {readonly item: StopItem; readonly failure: BedrockctlError}[] = []
  for (const item of items.filter(({outcome}) => outcome === 'would-withhold')) {
    await noteStop(item, ports)
    done.set(item, 'withheld')
  }
  for (const item of items.filter(({outcome}) => outcome === 'would-stop')) {
    await noteStop(item, ports)
    try {
      done.set(item, await ports.source.stop(item.region, item.arn ?? '', signal))
    } catch (failure) {
      if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
      done.set(item, 'failed')
      failures.push({item, failure})
    }
  }
  const [first] = failures
  if (first && failures.length === done.size) throw first.failure
  return {
    items: items.map((item) => ({...item, outcome: done.get(item) ?? item.outcome})),
    unread: failures.map(({failure, item}) => toUnread(failure, item.region, 'bedrock:StopModelInvocationJob')),
  }
}

async function noteStop({arn, name}: StopItem, {note, now}: StopPorts): Promise<void> {
  const place = placeOfJob(name)
  if (place === undefined) return
  const {group, round, shard} = place
  await note(group, {kind: 'stop-asked', at: now().toISOString(), round, shard, arn})
}

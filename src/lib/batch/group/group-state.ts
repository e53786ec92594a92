import {usageError} from '../../core/errors.js'
import type {PlanFile, PlanShard} from '../plan/plan.schema.js'
import type {RecordCounts} from '../ports.js'
import type {JournalEvent} from './journal.schema.js'

/** How far a shard has come; each step is on disk before the next is begun. */
export type ShardProgress = 'planned' | 'uploading' | 'uploaded' | 'asked' | 'created' | 'refused' | 'ended'

/** How a job ended, as it was last seen. */
export interface JobEnd {
  readonly at: string
  readonly state: string
  readonly said: string | null
  readonly records: RecordCounts
}

export interface ShardState {
  readonly round: number
  readonly number: number
  readonly plan: PlanShard
  readonly state: ShardProgress
  /** Of an upload in parts that was begun and, as far as is known, not ended. */
  readonly upload?: {readonly uploadId: string; readonly partBytes: number} | undefined
  readonly object?: {readonly etag: string; readonly bytes: number} | undefined
  readonly asked?: {readonly at: string; readonly name: string; readonly token: string} | undefined
  readonly job?: {readonly arn: string; readonly createdAt: string} | undefined
  readonly refusal?: {readonly at: string; readonly code: string; readonly said: string} | undefined
  readonly stopAskedAt?: string | undefined
  readonly end?: JobEnd | undefined
}

export interface RoundState {
  readonly round: number
  readonly plan: PlanFile
  readonly shards: readonly ShardState[]
}

export interface GroupState {
  readonly name: string
  /** In order; the first is the whole pile. */
  readonly rounds: readonly RoundState[]
}

/** What has become of a group: its plans, and on them every event of its journal in order. */
export function foldJournal(plans: readonly PlanFile[], events: readonly JournalEvent[]): GroupState {
  const shards = new Map<string, ShardState>()
  for (const {round, shards: planned} of plans) {
    for (const plan of planned) {
      shards.set(keyOf(round, plan.number), {round, number: plan.number, plan, state: 'planned'})
    }
  }
  for (const event of events) {
    if (event.kind === 'round-added') continue
    const key = keyOf(event.round, event.shard)
    const before = shards.get(key)
    if (before === undefined) throw strange(plans, event)
    shards.set(key, afterEvent(before, event))
  }
  return {
    name: plans[0]?.group ?? '',
    rounds: plans.map((plan) => ({
      round: plan.round,
      plan,
      shards: plan.shards.flatMap(({number}) => shards.get(keyOf(plan.round, number)) ?? []),
    })),
  }
}

type ShardEvent = Exclude<JournalEvent, {readonly kind: 'round-added'}>

function afterEvent(shard: ShardState, event: ShardEvent): ShardState {
  switch (event.kind) {
    case 'upload-started': {
      const {uploadId, partBytes} = event
      return {...shard, state: 'uploading', upload: {uploadId, partBytes}}
    }
    case 'upload-ended':
      return {...shard, state: 'planned', upload: undefined}
    case 'uploaded':
      return {...shard, state: 'uploaded', upload: undefined, object: {etag: event.etag, bytes: event.bytes}}
    case 'job-asked': {
      const {at, name, token} = event
      return {...shard, state: 'asked', asked: {at, name, token}, refusal: undefined}
    }
    case 'job-created':
      return {...shard, state: 'created', job: {arn: event.arn, createdAt: event.at}}
    case 'job-refused':
      return {...shard, state: 'refused', refusal: {at: event.at, code: event.code, said: event.said}}
    case 'stop-asked':
      return {...shard, stopAskedAt: event.at}
    case 'answered': {
      const {at, total, succeeded, failed} = event
      const records = {total, processed: total, succeeded, failed}
      return {...shard, state: 'ended', end: {at, state: 'Completed', said: null, records}}
    }
    case 'job-ended': {
      const {at, state, said, total, processed, succeeded, failed} = event
      return {...shard, state: 'ended', end: {at, state, said, records: {total, processed, succeeded, failed}}}
    }
  }
}

function keyOf(round: number, shard: number): string {
  return `${round}/${shard}`
}

function strange(plans: readonly PlanFile[], {kind, round, shard}: ShardEvent) {
  const group = plans[0]?.group ?? ''
  return usageError('GROUP_DAMAGED', `The journal of ${group} tells of a shard that no plan has.`, {
    why: `${kind} of round ${round}, shard ${shard}.`,
    hint: 'Restore the folder of the group from a backup.',
  })
}

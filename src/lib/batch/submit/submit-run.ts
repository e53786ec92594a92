import type {BedrockctlError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import {type Persistence, persist} from '../../jobs/persist.js'
import {pollPauseMs} from '../../jobs/poll-pace.js'
import type {ObjectStore} from '../../jobs/ports.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {foldJournal, type GroupState, type ShardState} from '../group/group-state.js'
import type {OpenGroup} from '../group/group-store.js'
import type {JournalEvent} from '../group/journal.schema.js'
import type {PlanFile} from '../plan/plan.schema.js'
import type {BatchJobSource} from '../ports.js'

/** How far a run goes: as far as jobs fit now, until every shard has its job, or until every job has ended. */
export type SubmitUntil = 'fits' | 'created' | 'ended'

/** What a run tells while it works. */
export type SubmitNotice =
  | {readonly kind: 'sent'; readonly bytes: number; readonly total: number}
  | {readonly kind: 'jobs'; readonly counts: JobCounts}
  | {
      readonly kind: 'waiting'
      readonly reason: 'quota' | 'open-jobs'
      readonly waitMs: number
      readonly counts: JobCounts
    }
  | {readonly kind: 'retrying'; readonly failure: BedrockctlError; readonly waitMs: number}
  | {readonly kind: 'input-touched'}

export interface JobCounts {
  readonly shards: number
  readonly created: number
  readonly open: number
  readonly ended: number
  readonly refused: number
}

export interface SubmitInput {
  readonly group: OpenGroup
  /** Opened when there is something to upload. */
  readonly openInput: () => Promise<ByteSource>
  readonly until: SubmitUntil
  /** How often jobs are looked at; undefined: soon at first, then less and less often. */
  readonly pollMs?: number | undefined
  /** Waits end after so long; jobs go on. */
  readonly timeoutMs?: number | undefined
  readonly signal: AbortSignal
  readonly tell: (notice: SubmitNotice) => void
}

export interface SubmitPorts {
  readonly store: ObjectStore
  readonly jobs: BatchJobSource
  readonly clock: JobClock
}

/** A shard and the plan it is of. */
export interface PlannedShard {
  readonly plan: PlanFile
  readonly shard: ShardState
}

/** One run over a group: the state it works on, and what its parts share. */
export class SubmitRun {
  readonly input: SubmitInput
  readonly ports: SubmitPorts
  /** The group has been worked on before: what this run does not know of may be under way. */
  readonly resumed: boolean
  readonly signal: AbortSignal
  /** ARNs of jobs that the service knows no more. */
  readonly gone = new Set<string>()
  readonly #deadline: number
  #polls = 0
  #state: GroupState | undefined
  #folded = -1

  constructor(input: SubmitInput, ports: SubmitPorts, signal: AbortSignal) {
    this.input = input
    this.ports = ports
    this.signal = signal
    this.resumed = input.group.events.some(({kind}) => kind !== 'round-added')
    this.#deadline = ports.clock.now().getTime() + (input.timeoutMs ?? Number.POSITIVE_INFINITY)
  }

  get state(): GroupState {
    const {plans, events} = this.input.group
    if (this.#state === undefined || this.#folded !== events.length) {
      this.#state = foldJournal(plans, events)
      this.#folded = events.length
    }
    return this.#state
  }

  /** Those that jobs answer. */
  get shards(): readonly PlannedShard[] {
    const rounds = this.state.rounds.filter(({plan}) => plan.way === undefined)
    return rounds.flatMap(({plan, shards}) => shards.map((shard) => ({plan, shard})))
  }

  get counts(): JobCounts {
    const shards = this.shards.map(({shard}) => shard)
    return {
      shards: shards.length,
      created: shards.filter(({job}) => job !== undefined).length,
      open: shards.filter((shard) => this.isOpen(shard)).length,
      ended: shards.filter(({end}) => end !== undefined).length,
      refused: shards.filter(({state}) => state === 'refused').length,
    }
  }

  /** Jobs of the group that may be open at once, by its latest plan. */
  get mostOpen(): number {
    return this.state.rounds.at(-1)?.plan.maxOpenJobs ?? 1
  }

  get now(): string {
    return this.ports.clock.now().toISOString()
  }

  append(event: JournalEvent): Promise<void> {
    return this.input.group.append(event)
  }

  /** Waits, and says whether there is time left. */
  async wait(ms: number): Promise<boolean> {
    const {clock} = this.ports
    const left = this.#deadline - clock.now().getTime()
    if (left <= 0) return false
    await clock.pause(Math.min(ms, left), this.signal)
    return true
  }

  /** The pause before the next look, a little different each time. */
  nextPollMs(): number {
    const pauseMs = pollPauseMs(this.#polls, this.input.pollMs)
    this.#polls += 1
    return pauseMs * (0.9 + 0.2 * this.ports.clock.random())
  }

  /** It has a job, and that has not ended as far as anybody knows. */
  isOpen({job, end}: ShardState): boolean {
    return job !== undefined && end === undefined && !this.gone.has(job.arn)
  }

  persist<T>(call: () => Promise<T>): Promise<T> {
    return persist(call, this.persistence)
  }

  get persistence(): Persistence {
    return {
      clock: this.ports.clock,
      signal: this.signal,
      onRetry: (failure, waitMs) => this.input.tell({kind: 'retrying', failure, waitMs}),
    }
  }
}

/** Somebody asked to stop the group before this shard had a job: it gets none. */
export function isWithheld({job, stopAskedAt}: ShardState): boolean {
  return job === undefined && stopAskedAt !== undefined
}

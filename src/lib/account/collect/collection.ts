import {BedrockctlError} from '../../core/errors.js'
import type {Reader, ReaderSource} from '../ports/readers.js'
import type {RegionOptIn} from '../ports.js'
import {GLOBAL} from '../read.js'
import {READS} from '../reads.js'
import type {AccountSnapshot, Entry, Gap, ReadId} from '../snapshot.schema.js'
import {countResources} from './count-resources.js'
import {EntryLog, keptEntry} from './entry-log.js'
import {failureStatus} from './failure-status.js'
import {knownValues} from './known-values.js'
import {type Narrowed, needsOf} from './narrowed.js'
import {keepGaps} from './read-context.js'
import {subjectsOf} from './subjects.js'

export interface CollectionPlan {
  /** Each after what it builds on. */
  readonly reads: readonly ReadId[]
  readonly regions: readonly string[]
  readonly account: string
  /** Asked for what belongs to no Region. */
  readonly homeRegion: string
  /** Ids or ARNs that count as used in every Region. */
  readonly models: readonly string[]
  readonly narrowed: Narrowed
  readonly optIns: ReadonlyMap<string, RegionOptIn>
  readonly previous: AccountSnapshot | undefined
  /** Entries of `previous` read before this moment are read again; milliseconds. */
  readonly oldest: number
}

export interface CollectionPorts {
  readonly readers: ReaderSource
  /** Whether a host that cannot be reached should exist: false where the service is not known to have one. */
  isOffered(service: string, region: string): boolean | undefined
  now(): Date
  onRead?(done: number, total: number): void
}

interface Task {
  readonly id: ReadId
  readonly region: string
}

/** Makes every read of a plan at once, each as soon as what it builds on is there. */
export class Collection {
  readonly log = new EntryLog()
  readonly #plan: CollectionPlan
  readonly #ports: CollectionPorts
  readonly #signal: AbortSignal
  readonly #settled = new Map<string, Promise<void>>()
  #done = 0

  constructor(plan: CollectionPlan, ports: CollectionPorts, signal: AbortSignal) {
    this.#plan = plan
    this.#ports = ports
    this.#signal = signal
  }

  get tasks(): readonly Task[] {
    return this.#plan.reads.flatMap((id) => this.#placesOf(id).map((region) => ({id, region})))
  }

  async run(): Promise<void> {
    const tasks = this.tasks
    await Promise.all(
      tasks.map(async (task) => {
        await this.#settle(task)
        this.#done += 1
        this.#ports.onRead?.(this.#done, tasks.length)
      }),
    )
  }

  #placesOf(id: ReadId): readonly string[] {
    return READS[id].scope === 'regional' ? this.#plan.regions : [GLOBAL]
  }

  #needsOf({id, region}: Task): readonly Task[] {
    return needsOf(id, this.#plan.narrowed).flatMap((needed) => {
      const places = this.#placesOf(needed)
      return (places.includes(region) ? [region] : places).map((place) => ({id: needed, region: place}))
    })
  }

  #settle(task: Task): Promise<void> {
    const key = `${task.id} ${task.region}`
    const settled = this.#settled.get(key) ?? this.#make(task)
    this.#settled.set(key, settled)
    return settled
  }

  async #make(task: Task): Promise<void> {
    const kept = keptEntry(this.#plan.previous, task, this.#plan.oldest)
    if (kept) return this.log.add(task.id, kept)
    const needs = this.#needsOf(task)
    await Promise.all(needs.map((need) => this.#settle(need)))
    if (this.#signal.aborted) return
    const entry = this.#hindrance(task, needs) ?? (await this.#read(task, needs))
    if (entry) this.log.add(task.id, entry)
  }

  /** Why nothing is called at all. */
  #hindrance(task: Task, needs: readonly Task[]): Entry<unknown> | undefined {
    const state = this.#plan.optIns.get(task.region)
    if (state === 'disabled') {
      return this.#unread(task, 'not-enabled', 'REGION_NOT_ENABLED', `${task.region} is not enabled in this account.`)
    }
    if (needs.length === 0 || needs.some((need) => this.log.entry(need.id, need.region)?.status === 'read')) {
      return undefined
    }
    const ids = [...new Set(needs.map(({id}) => id))].join(', ')
    return this.#unread(task, 'skipped', 'DEPENDENCY_UNREAD', `It builds on ${ids}, which could not be read.`)
  }

  async #read(task: Task, needs: readonly Task[]): Promise<Entry<unknown> | undefined> {
    const {account, homeRegion} = this.#plan
    const spec = READS[task.id]
    const reader = (await this.#ports.readers.readersOf(spec.service))[task.id] as Reader<ReadId> | undefined
    if (!reader) {
      return this.#unread(task, 'skipped', 'NOT_SUPPORTED', `This bedrockctl cannot read ${spec.service} yet.`)
    }
    const {context, gaps} = keepGaps({
      region: task.region === GLOBAL ? homeRegion : task.region,
      account,
      signal: this.#signal,
      now: this.#ports.now(),
    })
    try {
      const known = knownValues(this.log.toReads(needsOf(task.id, this.#plan.narrowed)))
      const value = await reader(context, subjectsOf(task, known, this.#plan) as never)
      return {
        region: task.region,
        at: this.#at(),
        status: 'read',
        action: this.#actionOf(task),
        count: countResources(value),
        gaps: [...gaps(), ...this.#missing(needs)],
        value,
      }
    } catch (error) {
      if (!(error instanceof BedrockctlError)) throw error
      if (error.code === 'INTERRUPTED') return undefined
      if (error.code === 'UNREACHABLE' && this.#ports.isOffered(spec.service, task.region) === false) {
        return this.#unread(task, 'skipped', 'NOT_OFFERED', `${spec.service} is not offered in ${task.region}.`)
      }
      return {
        ...this.#unread(task, failureStatus(error), error.code, error.message, error.action),
        ...(error.hint === undefined ? {} : {hint: error.hint}),
      }
    }
  }

  /** Reads that could not say what to ask for: the value is then not everything. */
  #missing(needs: readonly Task[]): readonly Gap[] {
    return needs.flatMap((need) => {
      const entry = this.log.entry(need.id, need.region)
      if (!entry || entry.status === 'read' || entry.status === 'not-enabled' || entry.code === 'NOT_OFFERED') return []
      const reason = `${need.id} of ${need.region} could not be read, so what it names is not here.`
      return [{action: entry.action, code: 'DEPENDENCY_UNREAD', reason, count: 1}]
    })
  }

  #unread(
    {id, region}: Task,
    status: 'skipped' | ReturnType<typeof failureStatus>,
    code: string,
    reason: string,
    action?: string,
  ) {
    return {region, at: this.#at(), status, action: action ?? this.#actionOf({id, region}), code, reason}
  }

  #actionOf({id}: Task): string {
    return READS[id].actions[0] ?? id
  }

  #at(): string {
    return this.#ports.now().toISOString()
  }
}

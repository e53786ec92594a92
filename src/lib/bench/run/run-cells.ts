import type {LoadLevel} from '../arrivals/level.js'
import type {TraceRow} from '../data/trace.js'
import type {CellEnd, CellJob, LoadEngine, LoadTick, PromptBook} from '../load/load.js'
import type {CellEndNote} from '../metrics/summary.schema.js'
import type {BenchPlan, LevelPlan} from '../plan/bench-plan.js'
import type {PlannedCell} from '../plan/expand-cells.js'
import type {RunWriter} from '../runs/run-store.js'
import type {SampleColumns} from '../samples/columns.js'
import type {LanePlan, Secret} from '../wire/lane.js'
import type {RunFollower} from './follower.js'
import type {SpendWatch} from './spend.js'

/** A target ready for its load. */
export interface RunLane {
  readonly lane: LanePlan
  readonly book: PromptBook
  readonly secret: () => Promise<Secret>
}

export interface CellPorts {
  readonly engine: LoadEngine
  readonly writer: Pick<RunWriter, 'samples' | 'cellEnded' | 'texts'>
  readonly follower: RunFollower
  readonly spend: SpendWatch
  /** First: send nothing new. Its reason is told. */
  readonly drain: AbortSignal
  /** Second: end now. */
  readonly drop: AbortSignal
}

/** What else listens to one cell, such as a search. */
export interface CellListener {
  readonly onTick?: (tick: LoadTick) => void
  readonly onSamples?: (segment: SampleColumns) => void
}

export interface CellsInput {
  readonly plan: BenchPlan
  readonly lanes: readonly RunLane[]
  readonly trace: readonly TraceRow[] | undefined
  /** Shared by all shards; undefined: none. */
  readonly maxUsd: number | undefined
}

/** Runs cells one after the other, and stops sending when the money is spent. */
export class CellRunner {
  readonly #input: CellsInput
  readonly #ports: CellPorts
  readonly #overspent = new AbortController()
  readonly #refused = new Set<number>()
  readonly #why: string[] = []

  constructor(input: CellsInput, ports: CellPorts) {
    this.#input = input
    this.#ports = ports
  }

  /** Why the run is not whole; undefined: it is, so far. */
  get partial(): string | undefined {
    return this.#why.length === 0 ? undefined : [...new Set(this.#why)].join('; ')
  }

  /** Nothing more is to be sent. */
  get isOver(): boolean {
    return this.#ports.drain.aborted || this.#overspent.signal.aborted
  }

  /** undefined: its target refused access before, and is not asked again. */
  async run(cell: PlannedCell, listener: CellListener = {}): Promise<CellEnd | undefined> {
    const {drain, drop, engine, follower, spend, writer} = this.#ports
    const lane = this.#input.lanes[cell.target]
    if (lane === undefined || this.#refused.has(cell.target)) return undefined
    follower.cell(cell.cell)
    const writing: Promise<void>[] = []
    const end = await engine.run(this.#jobOf(cell, lane), {
      secret: lane.secret,
      onTick: (tick) => {
        this.#watch(cell.target, tick)
        follower.tick(tick, {usd: spend.usd})
        listener.onTick?.(tick)
      },
      onSamples: (segment) => {
        listener.onSamples?.(segment)
        return writer.samples(segment)
      },
      ...(this.#input.plan.saveTexts && {
        onTexts: (texts) => {
          writing.push(writer.texts(texts.map((text) => ({cell: cell.cell, ...text}))))
        },
      }),
      drain: AbortSignal.any([drain, this.#overspent.signal]),
      drop,
    })
    await Promise.all(writing)
    spend.cellEnded()
    await writer.cellEnded(noteOf(end, this.#input.plan.shard.index), end.gaps)
    follower.end(cell.cell, end)
    this.#judge(cell, lane.lane.name, end)
    return end
  }

  #watch(target: number, tick: LoadTick): void {
    const {maxUsd, plan} = this.#input
    this.#ports.spend.take(target, tick)
    if (maxUsd === undefined || this.#overspent.signal.aborted) return
    if (this.#ports.spend.reaches(maxUsd / plan.shard.of))
      this.#overspent.abort(`$${maxUsd} of --max-usd would be spent`)
  }

  #judge({label, target}: PlannedCell, name: string, {ended, why}: CellEnd): void {
    if (ended === 'complete') return
    if (ended === 'refused') this.#refused.add(target)
    if (this.#overspent.signal.aborted) this.#why.push(String(this.#overspent.signal.reason))
    else if (ended === 'interrupted') this.#why.push('interrupted')
    else this.#why.push(`${name}, ${label}: ${why ?? ended}`)
  }

  #jobOf(cell: PlannedCell, {book, lane}: RunLane): CellJob {
    const {plan} = this.#input
    return {
      cell: cell.cell,
      lane,
      level: this.#levelOf(cell.level),
      seed: cell.seed,
      requests: cell.requests,
      durationMs: cell.durationMs,
      warmUp: cell.warmUp,
      drainMs: plan.drainMs,
      maxInFlight: plan.maxInFlight,
      retries: plan.retries,
      shard: plan.shard,
      startAtEpochMs: cell.cell === 0 ? (plan.startAtEpochMs ?? undefined) : undefined,
      expectedE2eMs: undefined,
      book,
      saveTexts: plan.saveTexts,
    }
  }

  #levelOf(level: LevelPlan): LoadLevel {
    if (level.kind !== 'replay') return level
    return {kind: 'replay', atMs: Float64Array.from(this.#input.trace ?? [], ({atMs}) => atMs / level.speed)}
  }
}

function noteOf({gaps: _, why, ...end}: CellEnd, shard: number): CellEndNote {
  return {...end, shard, why: why ?? null}
}

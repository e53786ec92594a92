import type {LoadLevel, Share} from '../arrivals/level.js'
import type {SampleColumns} from '../samples/columns.js'
import type {GapHistogram} from '../samples/gaps.js'
import type {ErrorClass} from '../wire/answer.js'
import type {LanePlan, Secret} from '../wire/lane.js'

/** Characters of a nonce in a body: they differ for every request of a run and from run to run. */
export const NONCE_LENGTH = 16

/** Request bodies of one lane, made before t0, read by the workers where they lie. Request k of a cell sends prompt k mod count. */
export interface PromptBook {
  readonly bytes: SharedArrayBuffer
  /** count + 1 offsets into bytes. */
  readonly starts: Float64Array
  /** Where in each body the NONCE_LENGTH ASCII characters are that are replaced at every request; -1: nowhere. */
  readonly nonceAt: Int32Array
  /** Tokens asked for; 0 = unknown. */
  readonly wantedIn: Uint32Array
  readonly wantedOut: Uint32Array
  /** For `users`: the prompt of the first turn of each conversation, further turns follow it. Absent: each prompt is one. */
  readonly sessions: Uint32Array | undefined
}

/** One thing measured: a level against one lane. Structured-cloneable. */
export interface CellJob {
  readonly cell: number
  readonly lane: LanePlan
  readonly level: LoadLevel
  readonly seed: number
  /** At least one of the two is given but for ramps and replays; whichever comes first ends the cell. */
  readonly requests: number | undefined
  readonly durationMs: number | undefined
  /** Measured and told with phase 1, left out of the steady window: the first requests, or those due before so many ms. */
  readonly warmUp: {readonly requests: number} | {readonly ms: number}
  /** How long answers are waited for after the last send. */
  readonly drainMs: number
  /** Open levels: more than so many at once wait, which counts as lag. Divided among shards. */
  readonly maxInFlight: number
  /** How often a request that was throttled or found the service unavailable is sent again. */
  readonly retries: number
  readonly shard: Share
  /** Wall clock at which t0 is; undefined: as soon as the connections are open. */
  readonly startAtEpochMs: number | undefined
  /** What one request takes, to spread the first wave of a closed level over; undefined: of the cell before on this lane, else a guess. */
  readonly expectedE2eMs: number | undefined
  readonly book: PromptBook
  readonly saveTexts: boolean
}

/** What the requests of a cell have come to since its t0. */
export interface LoadSums {
  readonly sent: number
  readonly inFlight: number
  readonly done: number
  readonly ok: number
  /** By number of ERROR_CLASSES. */
  readonly errors: readonly number[]
  readonly usage: {
    readonly input: number
    readonly output: number
    readonly cacheRead: number
    readonly cacheWrite: number
  }
  readonly tokenEvents: number
}

/** Told five times a second and once at the end of a cell. */
export interface LoadTick extends LoadSums {
  readonly cell: number
  /** Since t0. */
  readonly atMs: number
  /** Ms, of answers and sends since the tick before, to about 2 %; NaN when there were none. */
  readonly recent: {
    readonly ttftP50: number
    readonly ttftP99: number
    readonly tpotP50: number
    readonly tpotP99: number
    readonly lagMax: number
  }
}

/** How the load thread itself fared. */
export interface LoadSelfCheck {
  readonly loopLagP99Ms: number
  readonly loopLagMaxMs: number
  /** Of the busiest worker: share of the time its event loop was not waiting. */
  readonly busyShare: number
  /** Of the whole process, from t0 to the end of the cell. */
  readonly cpuMs: number
  readonly workers: number
  /** A request was due and had to wait for another to end. */
  readonly maxInFlightReached: boolean
}

export interface CellFailure {
  readonly error: ErrorClass
  readonly status: number
  readonly detail: string
  readonly count: number
}

export interface CellEnd {
  readonly cell: number
  /**
   * complete: all that was asked was sent, and answered or waited for. interrupted: `drain` or `drop` was aborted.
   * refused: it began with a hundred failures of access in a row. stopped: a worker failed.
   */
  readonly ended: 'complete' | 'interrupted' | 'stopped' | 'refused'
  readonly why: string | undefined
  readonly t0EpochMs: number
  /** By how much `startAtEpochMs` was missed; 0 when it was not. */
  readonly lateMs: number
  /** Of what came after the warm-up. */
  readonly gaps: GapHistogram
  readonly selfCheck: LoadSelfCheck
  readonly served: {
    readonly tier: Readonly<Record<string, number>>
    readonly latency: Readonly<Record<string, number>>
    readonly model: Readonly<Record<string, number>>
  }
  /** Failures by class, status and detail, most frequent first; of each class a few different details, the rest in one. */
  readonly failures: readonly CellFailure[]
}

/** An answer's text, where texts are saved. */
export interface AnswerText {
  readonly k: number
  readonly text: string
}

/** What a cell needs while it runs, and who is told of it. */
export interface CellFollower {
  /** Asked at the start of a cell and again before what it gave ends. */
  secret(): Promise<Secret>
  onTick(tick: LoadTick): void
  /** The segment is the receiver's. In the order of the ends of the requests. */
  onSamples(segment: SampleColumns): void | Promise<void>
  onTexts?(texts: readonly AnswerText[]): void
  /** First signal: send nothing new, wait for what is in flight. Its reason, if a string, is told as `why`. */
  readonly drain: AbortSignal
  /** Second: end now; what is in flight counts as cancelled. */
  readonly drop: AbortSignal
}

/** The load path. Its threads live from open to close; one cell at a time; t0 comes after the connections are open. */
export interface LoadEngine {
  run(job: CellJob, follower: CellFollower): Promise<CellEnd>
  close(): Promise<void>
}

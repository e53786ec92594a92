import type {StreamOutcome} from './frame-stream.js'

/** What was sent of one answer, as the sandbox saw it. Times: epoch milliseconds, with fractions. */
export interface TruthEntry {
  readonly requestId: string
  readonly operation: string
  /** As the caller named it. */
  readonly model: string
  readonly region: string
  readonly arrivedAt: number
  /** When the first step of a stream was due. */
  firstDueAt: number
  firstSentAt: number
  lastSentAt: number
  /** Frames of a stream, or one. */
  events: number
  /** Steps of a stream: each carries tokens, and may share its write with the next. */
  writes: number
  gapSumMs: number
  gapMaxMs: number
  /** The most that a write came after it was due. */
  lagMaxMs: number
  /** `complete`, how a stream ended otherwise, or the code of a refusal. */
  outcome: StreamOutcome | (string & {})
}

const CAPACITY = 200_000

/** The last answers that were sent, oldest first. Keeps nothing until it is asked to. */
export class Truth {
  on: boolean = false
  #entries: TruthEntry[] = []

  start(): void {
    this.on = true
  }

  stop(): void {
    this.on = false
    this.#entries = []
  }

  get size(): number {
    return this.#entries.length
  }

  add(entry: TruthEntry): void {
    if (!this.on) return
    this.#entries.push(entry)
    // Cut in large pieces: taking off one each time would move them all.
    if (this.#entries.length >= CAPACITY * 1.1) this.#entries = this.#entries.slice(-CAPACITY)
  }

  /** Those that ended at or after a moment. */
  since(moment: number): readonly TruthEntry[] {
    return this.#entries.slice(-CAPACITY).filter(({lastSentAt}) => lastSentAt >= moment)
  }
}

/** A moment of `performance.now()` on the wall clock. */
export const epochMs = (moment: number): number => performance.timeOrigin + moment

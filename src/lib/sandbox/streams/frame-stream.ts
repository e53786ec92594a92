/** Frames that are sent together, and the tokens that they carry. */
export interface FrameStep {
  readonly frames: readonly Buffer[]
  readonly tokens: number
}

/** An answer in the frames of its event stream. */
export interface FrameScript {
  readonly steps: Iterator<FrameStep, void>
  /** The last frames; asked for once, when they are due. */
  closing(times: StreamTimes): readonly Buffer[]
}

/** Milliseconds from the arrival of the request on. */
export interface StreamTimes {
  readonly firstByteMs: number
  readonly latencyMs: number
}

/** How a stream ended. `gone`: its caller hung up. */
export type StreamOutcome = 'complete' | 'gone' | 'broken' | 'dropped'

/** What became of a stream. */
export interface StreamEnd extends StreamTimes {
  readonly outcome: StreamOutcome
  readonly tokens: number
}

/** When the steps of a stream are due. */
export interface Pacing {
  /** Milliseconds from its turn until its first step. */
  readonly firstMs: number
  /** Milliseconds from a step until the next, which carries so many tokens. */
  gapMs(tokens: number): number
}

/** A place to be served from; given back when the stream is over. */
export interface Turn {
  /** `performance.now()` when it came. */
  readonly startedAt: number
  /** Calls back at once, or when it is this one's turn. */
  start(begin: () => void): void
  release(): void
}

/** An event stream that is sent at its own pace: what a handler returns instead of its events. */
export interface FrameStream {
  readonly script: FrameScript
  readonly pacing: Pacing
  readonly turn: Turn
  /** `performance.now()` at the arrival of the request. */
  readonly arrivedAt: number
  /** What was asked for, as the caller named it. */
  readonly modelId: string
  /** Told once, however the stream ends. */
  settle(end: StreamEnd): void
}

/** Tells it from a stream whose events come one by one. */
export const isFrameStream = (events: unknown): events is FrameStream =>
  typeof events === 'object' && events !== null && 'script' in events

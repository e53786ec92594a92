/** Classes of failure in the order of their number in sample files, 0 being none. Never reorder. */
export const ERROR_CLASSES = [
  'none',
  'throttled',
  'quota',
  'model_not_ready',
  'model_timeout',
  'model_stream_error',
  'unavailable',
  'validation',
  'auth',
  'connect',
  'tls',
  'reset_midstream',
  'idle_timeout',
  'ttft_timeout',
  'parse_error',
  'truncated',
] as const

export type ErrorClass = (typeof ERROR_CLASSES)[number]

/** Why a model stopped, in the order of their number in sample files. Never reorder. */
export const FINISH_REASONS = ['none', 'stop', 'length', 'tool', 'filtered', 'other'] as const

export type FinishReason = (typeof FINISH_REASONS)[number]

/**
 * Tokens as the server tells them; undefined is not reported, which is not zero.
 * `output` includes `reasoning`; `input` includes neither `cacheRead` nor `cacheWrite`.
 */
export interface Usage {
  readonly input?: number | undefined
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheWrite?: number | undefined
  readonly reasoning?: number | undefined
}

/** What a reader tells of one answer, synchronously and in the order of the bytes. `at`: ms, the one clock reading of the read. */
export interface AnswerSink {
  /** One content-bearing event. visible: text the user sees, not reasoning or arguments of a tool. tokens: how many, where the event says so. */
  token(at: number, visible: boolean, tokens?: number): void
  /** May come more than once; a member told later replaces the one told before. */
  usage(usage: Usage): void
  /** A count of the server was negative or absurd and was dropped. */
  flagUsage(): void
  finish(reason: FinishReason): void
  /** What was really served, and the server's own latency in ms. */
  served(what: 'tier' | 'latency' | 'model' | 'serverMs', value: string | number): void
  /** The first failure wins. detail: ours, or what is safe of the server's words (≤ 200 characters, no control characters). */
  fail(error: ErrorClass, detail: string): void
  /** Text of the answer, visible or not: only where texts are to be saved. */
  text?(piece: string): void
}

/** One header of an answer by its lower-case name. */
export type HeaderOf = (name: string) => string | undefined

/**
 * Reads the body of one answer after another on one connection; owns no socket and no timer.
 * Memory does not grow with the answer: one event at most is held, up to 16 MiB.
 */
export interface AnswerReader {
  /** The head of an answer is there. */
  begin(sink: AnswerSink, status: number, header: HeaderOf): void
  /** Bytes of the body, transfer coding taken off. They are the caller's again when this returns. */
  body(bytes: Buffer, start: number, end: number, at: number): void
  /** The body is complete (true), or the connection ended within it (false). */
  end(complete: boolean, at: number): void
}

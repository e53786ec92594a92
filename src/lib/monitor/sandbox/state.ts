import type {RateWindow} from '../rate-window.js'
import type {Size} from '../size.js'

/** One answered request, as the sandbox's journal tells it. */
export interface AnsweredRequest {
  /** ISO 8601, wall clock. */
  readonly at: string
  readonly http: string
  readonly service?: string
  readonly operation?: string
  readonly region?: string
  readonly account?: string
  /** 0: the connection was dropped. */
  readonly status: number
  readonly errorCode?: string
  readonly message?: string
  readonly ms: number
}

/** A request with its number: 1 for the first that was ever seen. */
export interface SeenRequest extends AnsweredRequest {
  readonly number: number
}

/** What became of the requests of one operation. */
export interface OperationCount {
  readonly service: string
  readonly operation: string
  readonly count: number
  readonly errors: number
  /** Milliseconds of the last ones, oldest first. */
  readonly latencies: readonly number[]
}

/** Everything that the live view of a sandbox shows and that changes. */
export interface SandboxState {
  readonly size: Size
  /** Wall clock of the last event that told the time. */
  readonly nowMs: number
  /** The time that the sandbox's services live in. */
  readonly sandboxNowMs: number
  readonly startedAtMs: number
  /** When the counts began: at the start, or when they were last cleared. */
  readonly countedSinceMs: number
  /** The last ones, oldest first. */
  readonly requests: readonly SeenRequest[]
  readonly seen: number
  readonly count: number
  readonly errors: number
  readonly latencies: readonly number[]
  readonly window: RateWindow
  /** By service and operation. */
  readonly operations: ReadonlyMap<string, OperationCount>
  /** Number of the request that is looked at; absent: the newest is followed. */
  readonly selected: number | undefined
  /** What the list stood at when it was paused; counting goes on. */
  readonly frozen: {readonly requests: readonly SeenRequest[]; readonly seen: number} | undefined
  readonly filter: string
  /** The filter as it was before it was opened; absent while nobody types. */
  readonly filterBefore: string | undefined
  readonly errorsOnly: boolean
  readonly help: boolean
}

export type SandboxEvent =
  | {readonly type: 'answered'; readonly requests: readonly AnsweredRequest[]; readonly nowMs: number}
  | {readonly type: 'ticked'; readonly nowMs: number; readonly sandboxNowMs: number}
  | {readonly type: 'moved'; readonly by: number}
  | {readonly type: 'moved-to'; readonly end: 'oldest' | 'newest'}
  | {readonly type: 'filter-opened'}
  | {readonly type: 'filter-typed'; readonly text: string}
  | {readonly type: 'filter-closed'; readonly keep: boolean}
  | {readonly type: 'pause-toggled'}
  | {readonly type: 'errors-toggled'}
  | {readonly type: 'help-toggled'}
  | {readonly type: 'cleared'}
  | {readonly type: 'resized'; readonly size: Size}

/** A sandbox that started at `nowMs` and has seen nothing yet. */
export function initialSandboxState(nowMs: number, size: Size): SandboxState {
  return {
    size,
    nowMs,
    sandboxNowMs: nowMs,
    startedAtMs: nowMs,
    countedSinceMs: nowMs,
    requests: [],
    seen: 0,
    count: 0,
    errors: 0,
    latencies: [],
    window: [],
    operations: new Map(),
    selected: undefined,
    frozen: undefined,
    filter: '',
    filterBefore: undefined,
    errorsOnly: false,
    help: false,
  }
}

/** True when the caller did not get what it asked for. */
export function isFailure({status}: Pick<AnsweredRequest, 'status'>): boolean {
  return status === 0 || status >= 400
}

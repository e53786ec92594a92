import type {Size} from '../size.js'

/** One job of what is watched. */
export interface WatchedJob {
  readonly name: string
  readonly state: string
  readonly tone: 'good' | 'bad' | 'warn' | undefined
  readonly done: string
  readonly total: string
  readonly failed: string
}

/** What a look saw, in words. */
export interface BatchFrame {
  readonly name: string
  readonly state: string
  readonly tone: WatchedJob['tone']
  /** Model and Region. */
  readonly where: string
  /** Answered, from 0 to 1; undefined where the total is not known. */
  readonly share: number | undefined
  readonly records: string
  /** Pace, time left, cost: those that matter most first, for the last ones go where there is no room. */
  readonly facts: readonly string[]
  readonly jobs: readonly WatchedJob[]
  readonly atMs: number
  readonly nextAtMs: number | undefined
  readonly simulated: boolean
}

export interface BatchState {
  readonly size: Size
  readonly nowMs: number
  readonly frame: BatchFrame | undefined
  /** Why the last look failed. */
  readonly trouble: string | undefined
  /** The first job that is shown. */
  readonly top: number
}

export type BatchEvent =
  | {readonly type: 'looked'; readonly frame: BatchFrame}
  | {readonly type: 'troubled'; readonly text: string}
  | {readonly type: 'ticked'; readonly nowMs: number}
  | {readonly type: 'resized'; readonly size: Size}
  | {readonly type: 'moved'; readonly by: number}

/** Lines around the jobs: title, bar, facts, two blanks, heading, footer. */
const AROUND = 7

/** How many jobs fit. */
export function roomFor({size}: Pick<BatchState, 'size'>): number {
  return Math.max(0, size.rows - AROUND)
}

export function initialBatchState(nowMs: number, size: Size): BatchState {
  return {size, nowMs, frame: undefined, trouble: undefined, top: 0}
}

export function reduceBatch(state: BatchState, event: BatchEvent): BatchState {
  switch (event.type) {
    case 'looked':
      return kept({...state, frame: event.frame, trouble: undefined})
    case 'troubled':
      return {...state, trouble: event.text}
    case 'ticked':
      return {...state, nowMs: event.nowMs}
    case 'resized':
      return kept({...state, size: event.size})
    case 'moved':
      return kept({...state, top: state.top + event.by})
  }
}

/** With the list no further up or down than there are jobs. */
function kept(state: BatchState): BatchState {
  const last = Math.max(0, (state.frame?.jobs.length ?? 0) - roomFor(state))
  return {...state, top: Math.min(Math.max(0, state.top), last)}
}

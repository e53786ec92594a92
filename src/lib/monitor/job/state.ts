import type {Size} from '../size.js'

type Tone = 'good' | 'bad' | 'warn' | undefined

/** One stage of a job. */
export interface ShownPhase {
  readonly name: string
  readonly state: string
  readonly tone: Tone
  /** Undefined where it has not begun, or nobody says when. */
  readonly startedAtMs: number | undefined
  /** Undefined while it runs: then its time goes on. */
  readonly endedAtMs: number | undefined
}

/** What a look at one long job saw, in words. */
export interface JobFrame {
  readonly title: string
  readonly state: string
  readonly tone: Tone
  /** What it works on, and the Region. */
  readonly where: string
  /** In their order; none where the service tells of none. */
  readonly phases: readonly ShownPhase[]
  /** How far it is; `share` from 0 to 1, undefined where nobody knows. */
  readonly progress: {readonly share: number | undefined; readonly text: string} | undefined
  /** Those that matter most first, for the last ones go where there is no room. */
  readonly facts: readonly string[]
  /** Lines for so much room, none longer than its columns; fewer or none where that is too little. */
  readonly chart: ((room: Size) => readonly string[]) | undefined
  /** Lines below everything: why it failed, what is waited for. */
  readonly notes: (columns: number) => readonly string[]
  readonly atMs: number
  /** Undefined after the last look. */
  readonly nextAtMs: number | undefined
  readonly simulated: boolean
}

export interface JobState {
  readonly size: Size
  readonly nowMs: number
  readonly frame: JobFrame | undefined
  /** Why the last look failed. */
  readonly trouble: string | undefined
}

export type JobEvent =
  | {readonly type: 'looked'; readonly frame: JobFrame}
  | {readonly type: 'troubled'; readonly text: string}
  | {readonly type: 'ticked'; readonly nowMs: number}
  | {readonly type: 'resized'; readonly size: Size}

export function initialJobState(nowMs: number, size: Size): JobState {
  return {size, nowMs, frame: undefined, trouble: undefined}
}

export function reduceJob(state: JobState, event: JobEvent): JobState {
  switch (event.type) {
    case 'looked':
      return {...state, frame: event.frame, nowMs: Math.max(state.nowMs, event.frame.atMs), trouble: undefined}
    case 'troubled':
      return {...state, trouble: event.text}
    case 'ticked':
      return {...state, nowMs: event.nowMs}
    case 'resized':
      return {...state, size: event.size}
  }
}

/** What of a frame is shown below its phases. */
export interface JobBody {
  readonly chart: readonly string[]
  readonly notes: readonly string[]
}

/** Title, facts, a blank line and the keys. */
const AROUND = 4

/** Notes first, for they may say why it failed; the chart has what they leave. */
export function bodyOf({frame, size}: Pick<JobState, 'frame' | 'size'>): JobBody {
  if (frame === undefined) return {chart: [], notes: []}
  const {columns, rows} = size
  const above = AROUND + frame.phases.length + (frame.progress === undefined ? 0 : 1)
  const notes = frame.notes(columns).slice(0, Math.max(0, rows - above - 1))
  const left = rows - above - (notes.length === 0 ? 0 : notes.length + 1) - 1
  return {chart: left < 1 ? [] : (frame.chart?.({columns, rows: left}).slice(0, left) ?? []), notes}
}

/** For how long a phase ran, or has been running; undefined where that is not known. */
export function phaseMs({endedAtMs, startedAtMs}: ShownPhase, nowMs: number): number | undefined {
  return startedAtMs === undefined ? undefined : Math.max(0, (endedAtMs ?? nowMs) - startedAtMs)
}

import type {SampleColumns} from '../samples/columns.js'
import type {GapHistogram} from '../samples/gaps.js'
import type {Secret} from '../wire/lane.js'
import type {AnswerText, CellEnd, CellFailure, CellJob} from './load.js'
import type {LoopReport} from './self-check.js'
import type {Counts, ShareTick} from './tally.js'

/** To a load thread. */
export type LoadOrder =
  /** Open connections for a share of a cell and say `ready`. */
  | {readonly kind: 'cell'; readonly job: CellJob; readonly secret: Secret; readonly salt: number}
  /** t0 by the clock that all threads of a process share (process.hrtime), in ms. */
  | {readonly kind: 'start'; readonly t0: number}
  | {readonly kind: 'secret'; readonly secret: Secret}
  | {readonly kind: 'drain'}
  | {readonly kind: 'drop'}

/** From a load thread. */
export type LoadNews =
  | {readonly kind: 'ready'}
  | {readonly kind: 'tick'; readonly tick: ShareTick}
  | {readonly kind: 'segment'; readonly segment: SampleColumns}
  | {readonly kind: 'texts'; readonly texts: readonly AnswerText[]}
  | {readonly kind: 'end'; readonly end: ShareEnd}

/** What one thread did of a cell. */
export interface ShareEnd {
  readonly ended: CellEnd['ended']
  readonly why: string | undefined
  readonly gaps: GapHistogram
  readonly loop: LoopReport
  readonly maxInFlightReached: boolean
  readonly served: {readonly tier: Counts; readonly latency: Counts; readonly model: Counts}
  readonly failures: readonly CellFailure[]
}

/** The clock that all threads of a process share, in ms. */
export function sharedNow(): number {
  const [seconds, ns] = process.hrtime()
  return seconds * 1000 + ns / 1e6
}

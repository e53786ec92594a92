import type {BoardState} from '../state.js'
import type {EventRow} from './events.schema.js'

/** What is looked at to notice something. */
export type Noticeable = Pick<BoardState, 'data' | 'feeds' | 'nowMs' | 'subject'>

/** Source of what the board noticed itself. */
export const BOARD = 'board'

interface Noticed {
  readonly name: string
  /** What it is about: with name and time it makes the id. */
  readonly key: string
  readonly resource: string | null
  readonly region: string | null
  readonly text: string
  /** Of bad news: what kind. */
  readonly errorCode?: string | undefined
}

/** One thing that the board noticed, as a row among the events. */
export function noticeOf(atMs: number, {errorCode, key, name, region, resource, text}: Noticed): EventRow {
  return {
    id: `${BOARD} ${name} ${key} ${atMs}`,
    atMs,
    ...{name, source: BOARD, who: null, resource, region, errorCode: errorCode ?? null, text},
  }
}

import type {RowAction} from './jobs/jobs.schema.js'
import type {BoardState} from './state.js'
import type {ViewName} from './view.js'

/** What the user confirmed: an action of a row of a view. */
export interface ActionAsk {
  readonly view: ViewName
  readonly row: string
  readonly action: RowAction['name']
}

/** What came of it, or how far it is, in one line. */
export interface ActionNote {
  readonly text: string
  readonly tone: 'good' | 'bad' | 'warn' | undefined
}

export interface ActionHands {
  readonly signal: AbortSignal
  /** Told of progress while it runs. */
  readonly onProgress: (text: string) => void
}

/** Does what was confirmed, on the row as it was confirmed; a refusal is a note, never thrown. */
export type RunAction = (ask: ActionAsk, state: BoardState, hands: ActionHands) => Promise<ActionNote>

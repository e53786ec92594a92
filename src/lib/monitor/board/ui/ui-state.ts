import type {Tone} from '../../span.js'
import type {ActionAsk} from '../actions.js'
import type {ViewName} from '../view.js'
import type {Reach, TypedLine} from './typed-line.js'

export type Facts = readonly (readonly [name: string, value: string])[]

/** A row marked with `m`, with what it was when it was marked. */
export interface Mark {
  readonly view: ViewName
  readonly key: string
  readonly facts: Facts
  readonly atMs: number
}

/** One step of the breadcrumbs: a view, the page of a row of it, or the help. */
export interface Crumb {
  readonly view: ViewName
  /** Key of the row whose page is shown; undefined: the table, or the help. */
  readonly row: string | undefined
  readonly page: 'drill' | 'describe' | 'difference' | 'help' | undefined
  /** What a difference holds the row against: another row, or the row as it was when it was marked. */
  readonly against: Mark | undefined
  /** Of a page: what is searched in it. */
  readonly filter: string
  /** The filter that the step began with: Esc takes back what was changed of it, then the step. */
  readonly given: string
  /** -key for descending; undefined: as the view says. */
  readonly sort: string | undefined
  /** Key of the selected row, and where it stood, for when it goes; undefined: the first, whichever it is. */
  readonly selected: string | undefined
  /** Of a page: the line that was found last. */
  readonly index: number
  /** First row of a table, or line of a page, that is shown; `windowOf` moves it where the selection needs it. */
  readonly top: number
}

/** What the user is asked or types in the last line. */
export type Prompt =
  /** The choice among `completionsOf`; -1: none is chosen. */
  | (TypedLine & {readonly kind: 'command'; readonly choice: number})
  | (TypedLine & {
      readonly kind: 'filter'
      /** How it was looked at before the prompt was opened. */
      readonly before: Pick<Crumb, 'filter' | 'index' | 'top'>
      /** What was typed before the history was looked through. */
      readonly draft: string
      /** How far back in the history; -1: what was typed. */
      readonly recall: number
    })
  | (TypedLine & {readonly kind: 'confirm'; readonly ask: ActionAsk})
  | ChoosePrompt

/** A list to choose from; what is typed narrows it. */
export interface ChoosePrompt extends TypedLine {
  readonly kind: 'choose'
  readonly what: 'profile' | 'region' | 'action'
  /** Which of those that `choicesOf` gives. */
  readonly choice: number
  /** Regions ticked with the space bar. */
  readonly picked: readonly string[]
  /** Whose actions they are. */
  readonly row: string | undefined
}

/** One line that goes again: copied, refused, done. */
export interface Note {
  readonly text: string
  readonly tone: Extract<Tone, 'good' | 'bad' | 'warn'> | undefined
  readonly untilMs: number
}

export interface UiState {
  /** Never empty; the last is shown. */
  readonly crumbs: readonly [Crumb, ...Crumb[]]
  readonly prompt: Prompt | undefined
  /** At most two of a view. */
  readonly marks: readonly Mark[]
  /** Newest last. */
  readonly filterHistory: readonly string[]
  readonly commandHistory: readonly string[]
  readonly note: Note | undefined
  readonly allowActions: boolean
  /** Profiles of the machine, for `p`. */
  readonly profiles: readonly string[]
  /** Regions that may be chosen with `R`; those looked at are in the subject. */
  readonly regions: readonly string[]
}

/** What the screen gives the table or the page: rows or lines that it shows, and how many lines the page has. */
export interface Body {
  readonly rows: number
  /** 0 for a table. */
  readonly lines: number
  /** Which lines of the page hold what is searched. */
  readonly found: readonly number[]
}

/** What keys change of the view alone; plain data, as every event. */
export type UiEvent =
  | {readonly type: 'moved'; readonly by: number; readonly body: Body}
  | {readonly type: 'moved-to'; readonly end: 'first' | 'last'; readonly body: Body}
  /** To the next or the previous line that was found; 0: to the first from where the search began. */
  | {readonly type: 'sought'; readonly by: -1 | 0 | 1; readonly body: Body}
  | {readonly type: 'opened'; readonly page: 'drill' | 'describe'}
  | {readonly type: 'view-shown'; readonly view: ViewName; readonly filter?: string | undefined}
  | {readonly type: 'events-shown'}
  | {readonly type: 'went-back'}
  | {readonly type: 'escaped'}
  | {readonly type: 'sorted'}
  | {readonly type: 'sort-reversed'}
  | {readonly type: 'marked'}
  | {readonly type: 'help-toggled'}
  | {readonly type: 'prompt-opened'; readonly prompt: 'command' | 'filter' | 'profile' | 'region' | 'action'}
  | {readonly type: 'confirm-opened'; readonly ask: ActionAsk}
  | {readonly type: 'typed'; readonly text: string}
  | {readonly type: 'erased'; readonly reach: Reach}
  | {readonly type: 'cursor-moved'; readonly reach: Reach}
  | {readonly type: 'chose'; readonly by: number}
  | {readonly type: 'completed'}
  | {readonly type: 'picked'}
  | {readonly type: 'prompt-closed'; readonly keep: boolean}
  | {readonly type: 'noted'; readonly text: string; readonly tone?: Note['tone']; readonly forMs?: number}
  | {readonly type: 'offered'; readonly profiles?: readonly string[]; readonly regions?: readonly string[]}

/** What a key asks of the program, beyond what is shown. */
export type ShellWish =
  | {readonly type: 'quit'}
  | {readonly type: 'suspend'}
  | {readonly type: 'redraw'}
  | {readonly type: 'refresh'}
  | {readonly type: 'interval'; readonly intervalMs: number}
  | {readonly type: 'copy'; readonly text: string}
  | {readonly type: 'switch-profile'; readonly profile: string}
  /** `used`: those in which Bedrock is used, as the board finds them. */
  | {readonly type: 'switch-regions'; readonly regions: 'used' | 'all' | readonly string[]}
  | {readonly type: 'act'; readonly ask: ActionAsk}

export type BoardWish = UiEvent | ShellWish

/** Where the board begins: the table of one view. */
export function crumbOf(view: ViewName, filter = ''): Crumb {
  return {
    ...{view, filter, given: filter, index: 0, top: 0},
    ...{row: undefined, page: undefined, against: undefined, sort: undefined, selected: undefined},
  }
}

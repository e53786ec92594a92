import type {ViewName} from '../view.js'

/** One step of the breadcrumbs: a view, or the page of a row of it. */
export interface Crumb {
  readonly view: ViewName
  /** Key of the row whose page is shown; undefined: the table. */
  readonly row: string | undefined
  readonly page: 'drill' | 'describe' | undefined
  readonly filter: string
  /** -key for descending; undefined: as the view says. */
  readonly sort: string | undefined
  /** Key of the selected row, and where it stood, for when it goes. */
  readonly selected: string | undefined
  readonly index: number
  /** First line of a page that is shown. */
  readonly top: number
}

/** What the user is asked or types in the last line. */
export type Prompt =
  | {readonly kind: 'command'; readonly text: string; readonly choice: number}
  | {readonly kind: 'filter'; readonly text: string; readonly before: string; readonly recall: number}
  | {readonly kind: 'confirm'; readonly text: string; readonly row: string; readonly action: string}
  | {
      readonly kind: 'choose'
      readonly what: 'profile' | 'region' | 'action'
      readonly text: string
      readonly choice: number
    }

export interface UiState {
  /** Never empty; the last is shown. */
  readonly crumbs: readonly Crumb[]
  readonly prompt: Prompt | undefined
  readonly help: boolean
  /** Rows marked with `m`, at most two, with what they were when marked. */
  readonly marks: readonly {
    readonly view: ViewName
    readonly key: string
    readonly facts: readonly (readonly [string, string])[]
  }[]
  readonly filterHistory: readonly string[]
  readonly commandHistory: readonly string[]
  /** One line that goes again: copied, refused, done. */
  readonly note:
    | {readonly text: string; readonly tone: 'good' | 'bad' | 'warn' | undefined; readonly untilMs: number}
    | undefined
  readonly allowActions: boolean
  /** Profiles of the machine, for `p`. */
  readonly profiles: readonly string[]
  /** Regions that may be chosen with `R`; those looked at are in the subject. */
  readonly regions: readonly string[]
}

/** What keys change of the view alone. The owner of `ui/` completes this list. */
export type UiEvent = {readonly type: 'ui'; readonly change: (ui: UiState) => UiState}

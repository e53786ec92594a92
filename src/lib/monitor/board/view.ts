import type {SpanLine, Tone} from '../span.js'
import type {RowAction} from './jobs/jobs.schema.js'
import type {BoardState} from './state.js'
import type {Topic} from './topics.js'

export const VIEW_NAMES = [
  'overview',
  'models',
  'jobs',
  'capacity',
  'endpoints',
  'findings',
  'quotas',
  'costs',
  'bench',
  'events',
  'alarms',
  'regions',
] as const
export type ViewName = (typeof VIEW_NAMES)[number]

export interface Cell {
  readonly text: string
  readonly tone?: Tone
  /** What it is sorted by; its text where absent; undefined sorts last both ways. */
  readonly sort?: number | string | undefined
  /** From 0 to 1: a bar of it stands before the text where the column has room. */
  readonly share?: number | undefined
}

export interface Column {
  readonly key: string
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Columns of the terminal it needs at least, and takes at most where there is room. */
  readonly least: number
  readonly most: number
  /** Columns with the highest number go first where there is no room; 0 always stays. */
  readonly drop: number
  /** Which way `s` sorts it first. */
  readonly first?: 'ascending' | 'descending'
}

/** One line of a view's table. */
export interface BoardRow {
  /** The same thing has the same key in every frame: selection, marks and pages hold on to it. */
  readonly key: string
  /** By column key. */
  readonly cells: Readonly<Record<string, Cell>>
  /** What `y` copies: id or ARN. */
  readonly id: string
  /** Further words that a filter finds it by. */
  readonly words?: readonly string[]
  readonly actions?: readonly RowAction[]
  /** Why nothing can be done about it now, where there is more to say than that. */
  readonly refused?: string
  /** Where Enter leads when not to the row's own page. */
  readonly leadsTo?: {readonly view: ViewName; readonly filter: string}
}

export interface BoardTable {
  readonly columns: readonly Column[]
  readonly rows: readonly BoardRow[]
  /** Column it is sorted by until the user says otherwise; -key for descending. */
  readonly sortedBy: string
  /** Why there is no row, when there is none and all was read. */
  readonly empty: string
  /** What went wrong where no table could be made: a bug. */
  readonly failure?: string
}

/** What a line may use. */
export interface Room {
  readonly columns: number
  readonly rows: number
  readonly color: boolean
  readonly unicode: boolean
}

/** The page of one thing: Enter (drill) shows charts and facts, `d` (describe) names and values. */
export interface BoardPage {
  readonly title: string
  /** As many as there are; the screen scrolls. */
  readonly lines: readonly SpanLine[]
}

/** A view is data and pure functions of the state; no view knows Ink. */
export interface BoardView {
  readonly name: ViewName
  readonly title: string
  /** Further names that `:` takes. */
  readonly aliases: readonly string[]
  /** What it shows, one line, for help and completion. */
  readonly about: string
  /** Readings it is made of; where all of them are denied it says so in place of the table. */
  readonly topics: readonly Topic[]
  /** Lines above the table, such as totals and sparklines; none where there is no room for them. */
  head?(state: BoardState, room: Room): readonly SpanLine[]
  table(state: BoardState): BoardTable
  /** What Enter shows; absent: what `d` shows. */
  page?(state: BoardState, key: string, room: Room): BoardPage | undefined
  /** Names and values of one row, for `d` and for the difference of two. */
  describe(state: BoardState, key: string): readonly (readonly [name: string, value: string])[] | undefined
  /** Which events belong to a row, for `l`. */
  eventFilter?(state: BoardState, key: string): string | undefined
}

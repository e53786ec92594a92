import type {Size} from '../size.js'
import type {BoardData} from './data.js'
import type {Feed} from './feed.js'
import type {Reading, Trouble} from './reading.schema.js'
import type {Place, Topic} from './topics.js'
import type {UiEvent, UiState} from './ui/ui-state.js'

/** Whose board it is. */
export interface Subject {
  readonly account: string | null
  readonly profile: string | null
  /** Regions that are looked at. */
  readonly regions: readonly string[]
  readonly simulated: boolean
  /** The scenario that was asked for where a sandbox of its own answers, for commands that ask it too. */
  readonly sandbox?: string | null | undefined
  /** Where something else answers for AWS, for the same. */
  readonly endpointUrl?: string | null | undefined
  /** Shown from a recording. */
  readonly replayed: boolean
}

/** What the board's own calls came to. */
export interface Spent {
  readonly sinceMs: number
  readonly calls: number
  /** Metrics asked of GetMetricData, which AWS bills one by one. */
  readonly metrics: number
  /** Of the last looks, for a rate: when, and how many metrics and billed requests. */
  readonly recent: readonly {readonly atMs: number; readonly metrics: number; readonly calls: number}[]
}

export interface BoardState {
  readonly size: Size
  readonly nowMs: number
  readonly subject: Subject
  readonly intervalMs: number
  /** By `feedKey`. */
  readonly feeds: ReadonlyMap<string, Feed>
  readonly data: BoardData
  readonly spent: Spent
  readonly ui: UiState
}

/** What a sampler or a recording tells. */
export type FeedEvent =
  | {readonly type: 'read'; readonly reading: Reading; readonly nextAtMs: number}
  | {
      readonly type: 'failed'
      readonly topic: Topic
      readonly place: Place
      readonly trouble: Trouble
      readonly atMs: number
      readonly nextAtMs: number | undefined
      /** Requests that were made all the same. */
      readonly calls?: number | undefined
    }
  | {readonly type: 'watching'; readonly subject: Subject; readonly feeds: readonly (readonly [Topic, Place])[]}

/** Everything but what the user did: all that a table or page is made of, so that it is made anew only when this changes. */
export type BoardFacts = Omit<BoardState, 'ui'>

export type BoardEvent =
  | FeedEvent
  | UiEvent
  | {readonly type: 'ticked'; readonly nowMs: number}
  | {readonly type: 'resized'; readonly size: Size}
  | {readonly type: 'paced'; readonly intervalMs: number}

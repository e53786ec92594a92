import type {Reading} from './reading.schema.js'
import type {Place, Topic} from './topics.js'

export type ReadingOf<T extends Topic> = Extract<Reading, {readonly topic: T}>
export type RowsOf<T extends Topic> = ReadingOf<T>['rows']

/** One look: where, and what stops it. */
export interface Look {
  readonly place: Place
  readonly nowMs: number
  readonly signal: AbortSignal
  /** How often the board looks, milliseconds. */
  readonly intervalMs: number
  /** Until a look of this place brought something, since it is watched: nothing of it is kept, so all must be told. */
  readonly isAnew?: true
}

/** What a look brought. */
export interface Looked<T extends Topic> {
  readonly rows: RowsOf<T>
  /** Metrics that it asked of GetMetricData, which AWS bills one by one; requests are counted where they are made. */
  readonly metrics: number
}

/**
 * Reads one topic; it may keep what spares calls from look to look (lists of metrics, cursors). What fails is thrown as
 * the error that the AWS door made; the sampler makes a `Trouble` of it.
 */
export interface TopicReader<T extends Topic = Topic> {
  readonly topic: T
  /** A look in each Region, or one for the account or machine. */
  readonly scope: 'region' | 'account'
  /** At most so often, milliseconds; 0: at every interval of the board. */
  readonly everyMs: number
  look(look: Look): Promise<Looked<T>>
}

/** A reader of whichever topic. */
export type AnyReader = {readonly [T in Topic]: TopicReader<T>}[Topic]

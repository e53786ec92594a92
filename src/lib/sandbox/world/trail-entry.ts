import type {TrailEvent} from './resources.js'

/** A call of this sandbox as the event history has it. */
export interface TrailEntry {
  readonly event: Omit<TrailEvent, 'minutesAgo'>
  /** Milliseconds. */
  readonly at: number
  readonly requestId: string
  /** What was asked for, without content. */
  readonly parameters: Readonly<Record<string, unknown>> | undefined
}

const MOST_ENTRIES = 1000

/** Keeps an entry; the oldest goes when there are many. */
export function keepEntry(trail: TrailEntry[], entry: TrailEntry): void {
  if (trail.length >= MOST_ENTRIES) trail.shift()
  trail.push(entry)
}

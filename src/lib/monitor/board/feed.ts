import type {Trouble} from './reading.schema.js'

/** How it stands with one topic in one place. */
export interface Feed {
  readonly status: 'waiting' | 'live' | 'stale' | 'denied' | 'throttled' | 'lost' | 'absent' | 'failed'
  /** When what is shown was read; undefined before the first. */
  readonly readAtMs: number | undefined
  readonly nextAtMs: number | undefined
  readonly trouble: Trouble | undefined
}

import {showElapsed} from '../quantities.js'
import type {Tone} from '../span.js'
import type {Feed} from './feed.js'

/** Of several the first of these is told. */
export const WORST_FIRST: readonly Feed['status'][] = [
  ...(['lost', 'failed', 'denied', 'throttled', 'stale', 'waiting', 'absent', 'live'] as const),
]

export const FEED_TONES: Readonly<Record<Feed['status'], Tone>> = {
  ...{lost: 'bad', failed: 'bad', denied: 'warn', throttled: 'warn', stale: 'warn'},
  ...{waiting: 'faint', absent: 'faint', live: 'good'},
}

/** `live`, `throttled 2m 05s`: how it stands, and how old what is shown is where that matters. */
export function feedText(feed: Feed | undefined, nowMs: number): string {
  if (feed === undefined) return ''
  if (feed.status === 'live' || feed.readAtMs === undefined) return feed.status
  return `${feed.status} ${showElapsed(nowMs - feed.readAtMs)}`
}

import {showElapsed} from '../../quantities.js'
import type {Feed} from '../feed.js'

/** `live`, `throttled 2m 05s`: how it stands, and how old what is shown is where that matters. */
export function feedText(feed: Feed | undefined, nowMs: number): string {
  if (feed === undefined) return ''
  if (feed.status === 'live' || feed.readAtMs === undefined) return feed.status
  return `${feed.status} ${showElapsed(nowMs - feed.readAtMs)}`
}

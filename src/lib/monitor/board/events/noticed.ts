import type {EventRow} from './events.schema.js'
import {noticeFeeds} from './notice-feeds.js'
import type {Noticeable} from './notice-of.js'
import {noticeQuotas} from './notice-quotas.js'
import {noticeRows} from './notice-rows.js'
import {noticeTraffic} from './notice-traffic.js'

/**
 * What changed between a state and the one that follows it, oldest first; each thing is told once, since the state
 * after one event is the state before the next. Of the first reading of a place only what is wrong now is news; another
 * account is none. To be called after every event that may have changed data, feeds or the clock: what stayed the same object
 * costs nothing.
 */
export function notice(before: Noticeable, after: Noticeable): readonly EventRow[] {
  if (before.subject.account !== after.subject.account || before.subject.profile !== after.subject.profile) return []
  return [
    ...noticeFeeds(before, after),
    ...noticeTraffic(before, after),
    ...noticeQuotas(before, after),
    ...noticeRows(before, after),
  ]
}

import type {Slice} from '../slice.js'
import type {EventRow} from './events.schema.js'

/** So many events are kept, whatever comes. */
export const KEPT_EVENTS = 500

/** Events of all Regions in one ring, oldest first. */
export const eventSlice: Slice<'events', readonly EventRow[]> = {
  initial: [],
  fold: (kept, {rows}) => addEvents(kept, rows),
  keep: (kept, places) => {
    const still = kept.filter(({region}) => region === null || places.has(region))
    return still.length === kept.length ? kept : still
  },
}

/** With more events, each once, in the order of their times; the same object where none of them is news. */
export function addEvents(kept: readonly EventRow[], more: readonly EventRow[]): readonly EventRow[] {
  if (more.length === 0) return kept
  const known = new Set(kept.map(({id}) => id))
  const oldest = kept.length < KEPT_EVENTS ? Number.NEGATIVE_INFINITY : (kept[0]?.atMs ?? 0)
  const news = more.filter(({atMs, id}) => {
    if (known.has(id) || atMs <= oldest) return false
    known.add(id)
    return true
  })
  if (news.length === 0) return kept
  return [...kept, ...news].sort((a, b) => a.atMs - b.atMs).slice(-KEPT_EVENTS)
}

import type {Reading} from './reading.schema.js'
import type {Spent} from './state.js'

/** Looks within so long of each other are told as one, milliseconds, and so many of them are kept: ten minutes. */
const SLOT_MS = 10_000
const KEPT_SLOTS = 60

/** What the board's own calls came to once a look was made. */
export function spentAfter(spent: Spent, {atMs, calls, metrics}: Pick<Reading, 'atMs' | 'calls' | 'metrics'>): Spent {
  if (calls === 0 && metrics === 0) return spent
  const slot = Math.floor(atMs / SLOT_MS) * SLOT_MS
  const last = spent.recent.at(-1)
  const isSame = last !== undefined && last.atMs >= slot
  const grown = isSame
    ? {atMs: last.atMs, calls: last.calls + calls, metrics: last.metrics + metrics}
    : {atMs: slot, calls, metrics}
  return {
    sinceMs: spent.sinceMs,
    calls: spent.calls + calls,
    metrics: spent.metrics + metrics,
    recent: [...(isSame ? spent.recent.slice(0, -1) : spent.recent), grown].slice(-KEPT_SLOTS),
  }
}

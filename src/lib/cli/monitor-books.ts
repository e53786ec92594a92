import {callsSince} from './monitor-calls.js'
import type {MonitorDoor} from './monitor-door.js'
import {type OpenedBook, openPrices} from './price-book.js'
import type {Progress} from './progress.js'

/** How long an opened book is used. */
const BOOK_MS = 3_600_000

/** The price book of a Region, and the requests that it took to open it now. */
export type BoardBooks = (
  region: string,
  nowMs: number,
  signal: AbortSignal,
) => Promise<{readonly opened: OpenedBook; readonly calls: number}>

/** One of a Region is kept: at first what this machine has, which is there at once, then what the Price List says. */
interface Kept {
  readonly opened: OpenedBook
  readonly untilMs: number
}

const SILENT: Progress = {update: () => undefined, clear: () => undefined}

/** Price books for looks: none is waited for before there are prices, and each is read anew once an hour. */
export function boardBooks({connection, session, settings}: MonitorDoor): BoardBooks {
  const kept = new Map<string, Kept>()
  return async (region, nowMs, signal) => {
    const known = kept.get(region)
    if (known && nowMs < known.untilMs) return {opened: known.opened, calls: 0}
    const countCalls = callsSince(session, ['pricing'])
    const asked = known ? connection : {...connection, session: undefined}
    // Why a book is not live stands in its origin; stderr is under the screen.
    const frame = {regions: [region], signal, progress: SILENT, warn: () => undefined}
    const opened = await openPrices(settings, asked, frame)
    kept.set(region, {opened, untilMs: known ? nowMs + BOOK_MS : nowMs})
    return {opened, calls: countCalls()}
  }
}

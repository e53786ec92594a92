import {type OpenedBook, openPrices} from '../price-book.js'
import {SILENT} from '../progress.js'
import type {MonitorDoor} from './door.js'

/** How long an opened book is used. */
const BOOK_MS = 3_600_000
/** What this machine has is used so long before the Price List is asked: looks that come first wait for nothing. */
const KEPT_MS = 30_000

/** A book, and where its prices come from; the lists that it was made of are not kept beside it. */
export type BoardBook = Pick<OpenedBook, 'book' | 'origin'>

/** The price book of a Region. */
export type BoardBooks = (region: string, nowMs: number, signal: AbortSignal) => Promise<BoardBook>

interface Kept {
  readonly opened: Promise<BoardBook>
  readonly untilMs: number
}

const BOOKS = new WeakMap<MonitorDoor, BoardBooks>()

/**
 * Price books for looks, one a Region for all readers of a board: at first what this machine has, which is there at
 * once, then what the Price List says, anew once an hour.
 */
export function boardBooks(door: MonitorDoor): BoardBooks {
  const known = BOOKS.get(door) ?? openBooks(door)
  BOOKS.set(door, known)
  return known
}

function openBooks({connection, settings}: MonitorDoor): BoardBooks {
  const kept = new Map<string, Kept>()
  // The Price List of a sandbox of our own says what the bundle says, and would be made by the process that draws.
  const isAsked = (known: Kept | undefined) => known !== undefined && settings.sandbox === undefined
  return async (region, nowMs, signal) => {
    const known = kept.get(region)
    if (known && nowMs < known.untilMs) return known.opened
    const asked = isAsked(known)
    // Why a book is not live stands in its origin; stderr is under the screen.
    const frame = {regions: [region], signal, progress: SILENT, warn: () => undefined}
    const opened = openPrices(settings, asked ? connection : {...connection, session: undefined}, frame).then(
      ({book, origin}) => ({book, origin}),
    )
    kept.set(region, {opened, untilMs: nowMs + (known ? BOOK_MS : KEPT_MS)})
    opened.catch(() => kept.delete(region))
    return opened
  }
}

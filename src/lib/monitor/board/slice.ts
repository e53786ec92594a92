import {isSameData} from '../../core/is-same-data.js'
import type {ByPlace} from './data.js'
import type {ReadingOf} from './ports.js'
import {type Place, placeKey, type Topic} from './topics.js'

/** How the readings of a topic become what the board keeps of it; bounded, whatever comes. */
export interface Slice<T extends Topic, Kept> {
  readonly initial: Kept
  /** The kept once a reading came; the same object when nothing changed. */
  fold(kept: Kept, reading: ReadingOf<T>): Kept
  /** Without what was read in places (`placeKey`) that are not looked at any more; the same object when nothing goes. */
  keep(kept: Kept, places: ReadonlySet<string>): Kept
}

/** Keeps the last reading of each place as it is; rows that did not change stay the same objects. */
export function byPlaceSlice<Row>(): PlaceSlice<Row> {
  return {
    initial: new Map(),
    fold(kept, {place, atMs, rows}) {
      const before = kept.get(placeKey(place))
      return new Map(kept).set(placeKey(place), {atMs, rows: sameRows(before?.rows ?? [], rows)})
    },
    keep(kept, places) {
      const still = [...kept].filter(([place]) => places.has(place))
      return still.length === kept.size ? kept : new Map(still)
    },
  }
}

interface PlaceSlice<Row> {
  readonly initial: ByPlace<Row>
  fold(
    kept: ByPlace<Row>,
    reading: {readonly place: Place; readonly atMs: number; readonly rows: readonly Row[]},
  ): ByPlace<Row>
  keep(kept: ByPlace<Row>, places: ReadonlySet<string>): ByPlace<Row>
}

/** The rows as they are now; those that are as they were are the objects that they were, even the list itself. */
function sameRows<Row>(before: readonly Row[], rows: readonly Row[]): readonly Row[] {
  let next = 0
  const same = rows.map((row) => {
    const at = indexFrom(before, next, row)
    next = (at === undefined ? next : at) + 1
    return at === undefined ? row : (before[at] ?? row)
  })
  return same.length === before.length && same.every((row, index) => row === before[index]) ? before : same
}

/** Where a row stands among others, looked for from a place on, where it is most likely, and then all around. */
function indexFrom<Row>(rows: readonly Row[], from: number, wanted: Row): number | undefined {
  for (let step = 0; step < rows.length; step += 1) {
    const at = (from + step) % rows.length
    if (isSameData(rows[at], wanted)) return at
  }
  return undefined
}

import type {ReadingOf} from './ports.js'
import type {Topic} from './topics.js'

/** How the readings of a topic become what the board keeps of it; bounded, whatever comes. */
export interface Slice<T extends Topic, Kept> {
  readonly initial: Kept
  /** The kept once a reading came; the same object when nothing changed. */
  fold(kept: Kept, reading: ReadingOf<T>): Kept
  /** Without what was read in places that are not looked at any more. */
  keep(kept: Kept, places: ReadonlySet<string>): Kept
}

import type {NumberList} from './number-list.js'
import type {ShardLimits} from './shard-limits.js'

const NONE = 0xffff_ffff

/**
 * The fewest jobs by looking at every cut, for piles where the minimum and the bytes pull against each other; undefined
 * where there is no cut. 12 bytes a record: for each place how many jobs lead to it, and where the last of them starts.
 */
export function cutUnevenly(sizes: NumberList, limits: ShardLimits): readonly number[] | undefined {
  const {length} = sizes
  const starts = new Uint32Array(length + 1)
  const window = new StartWindow(sizes, limits)
  for (let end = 1; end <= length; end += 1) {
    const start = window.moveTo(end)
    if (start === undefined) continue
    window.reach(end, start)
    starts[end] = start
  }
  if (!window.isReached(length)) return undefined
  const ends: number[] = []
  for (let end = length; end > 0; end = starts[end] ?? 0) ends.push(end)
  return ends.reverse()
}

/** The places where a job may start that ends at the current one; it only moves on, so every place is looked at once. */
class StartWindow {
  readonly #sizes: NumberList
  readonly #limits: ShardLimits
  readonly #jobs: Uint32Array
  /** Places by rising number of jobs; one behind which a better one stands is of no use any more. */
  readonly #places: Uint32Array
  #first = 0
  #last = 0
  /** Nothing before it fits into one job with the current place. */
  #low = 0
  #bytes = 0

  constructor(sizes: NumberList, limits: ShardLimits) {
    this.#sizes = sizes
    this.#limits = limits
    this.#jobs = new Uint32Array(sizes.length + 1).fill(NONE)
    this.#places = new Uint32Array(sizes.length + 1)
    this.#jobs[0] = 0
  }

  /** Where the job that ends here is best started. */
  moveTo(end: number): number | undefined {
    const {maxBytes, maxRecords, minRecords} = this.#limits
    this.#bytes += this.#sizes.at(end - 1)
    while (end - this.#low > maxRecords || this.#bytes > maxBytes) {
      this.#bytes -= this.#sizes.at(this.#low)
      this.#low += 1
    }
    this.#enter(end - Math.max(1, minRecords))
    while (this.#first < this.#last && (this.#places[this.#first] ?? 0) < this.#low) this.#first += 1
    return this.#first === this.#last ? undefined : this.#places[this.#first]
  }

  reach(place: number, start: number): void {
    this.#jobs[place] = this.#costOf(start) + 1
  }

  isReached(place: number): boolean {
    return this.#costOf(place) !== NONE
  }

  #enter(place: number): void {
    const cost = this.#costOf(place)
    if (cost === NONE) return
    while (this.#last > this.#first && this.#costOf(this.#places[this.#last - 1] ?? 0) >= cost) this.#last -= 1
    this.#places[this.#last] = place
    this.#last += 1
  }

  #costOf(place: number): number {
    return this.#jobs[place] ?? NONE
  }
}

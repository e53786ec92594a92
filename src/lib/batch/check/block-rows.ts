import type {BodyStats} from '../bodies/family.js'

/** Integers of a line: two halves of the hash of its id, where it starts in its block, its marks, what its body asks. */
const STRIDE = 12
const MOST = 0xffff_fffe

/** What is said of a line in its row. */
export const MARKED = {
  hasId: 1,
  /** Something about it must be fixed. */
  wrong: 2,
  /** Something about it that is not repaired by `--fix`. */
  beyondRepair: 4,
  blank: 8,
} as const

/** What a body asks, in an object that is used for one line after the other. */
export type MutableStats = {-readonly [Key in keyof BodyStats]: BodyStats[Key]}

/** A row of numbers for each line of a block, in one piece of memory that can go to another thread. */
export class BlockRows {
  length = 0
  numbers: Uint32Array<ArrayBuffer>

  constructor(numbers: Uint32Array<ArrayBuffer> = new Uint32Array(4096 * STRIDE), length = 0) {
    this.numbers = numbers
    this.length = length
  }

  /** Adds a line that starts so many bytes into the block. */
  add(offset: number, marks: number, [high, low]: readonly [number, number], stats: BodyStats): void {
    const at = this.length * STRIDE
    if (at === this.numbers.length) {
      const larger = new Uint32Array(this.numbers.length * 2)
      larger.set(this.numbers)
      this.numbers = larger
    }
    const {numbers} = this
    numbers[at] = high
    numbers[at + 1] = low
    numbers[at + 2] = offset
    numbers[at + 3] = marks
    numbers[at + 4] = stats.textCharacters
    numbers[at + 5] = stats.maxOutputTokens === undefined ? 0 : Math.min(MOST, stats.maxOutputTokens) + 1
    numbers[at + 6] = stats.images
    numbers[at + 7] = stats.s3Media
    numbers[at + 8] = stats.alphabets
    numbers[at + 9] = stats.ideographs
    numbers[at + 10] = stats.others
    numbers[at + 11] = stats.messages
    this.length += 1
  }

  /** The halves of the hash of its id, with a sign. */
  high(row: number): number {
    return (this.numbers[row * STRIDE] ?? 0) | 0
  }

  low(row: number): number {
    return (this.numbers[row * STRIDE + 1] ?? 0) | 0
  }

  offset(row: number): number {
    return this.numbers[row * STRIDE + 2] ?? 0
  }

  marks(row: number): number {
    return this.numbers[row * STRIDE + 3] ?? 0
  }

  /** What its body asks, written over what `into` held. */
  readStats(row: number, into: MutableStats): void {
    const {numbers} = this
    const at = row * STRIDE
    const limit = numbers[at + 5] ?? 0
    into.textCharacters = numbers[at + 4] ?? 0
    into.maxOutputTokens = limit === 0 ? undefined : limit - 1
    into.images = numbers[at + 6] ?? 0
    into.s3Media = numbers[at + 7] ?? 0
    into.alphabets = numbers[at + 8] ?? 0
    into.ideographs = numbers[at + 9] ?? 0
    into.others = numbers[at + 10] ?? 0
    into.messages = numbers[at + 11] ?? 0
  }
}

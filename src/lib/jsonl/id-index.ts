/** Tables by the first bits of a hash: only one of them is copied at a time when they grow. */
const TABLES = 256
const FIRST_CAPACITY = 16
/** Full enough to grow, by how much: 16 bytes an id on the whole, and 19 at most. */
const FULL = 0.85
const GROWTH = 1.33
/** Slots for each id that is expected: tables differ a little in how many come to them. */
const ROOM = 1.25
const SLOT = 3
/** Room is made for so many ids at once; for more it grows. */
const MOST_RESERVED = 8_000_000

/** A hash of 64 bits as two halves, integers with a sign. */
export type IdHash = [high: number, low: number]

/**
 * Tells whether an id came before, of millions. It keeps hashes of 64 bits, not ids: two of n ids have the same hash
 * with a probability of n² / 2^65, for 10 million ids 3 in a million. Who refuses something over it looks at the ids.
 */
export class IdIndex {
  size = 0
  readonly #seed: number
  readonly #hash: IdHash = [0, 0]
  /** High half, low half, ordinal + 1; no ordinal means empty. With a sign: such integers are never objects. */
  readonly #tables: Int32Array[] = []
  readonly #counts = new Uint32Array(TABLES)

  constructor(seed = 0) {
    this.#seed = seed
    for (let table = 0; table < TABLES; table += 1) this.#tables.push(new Int32Array(FIRST_CAPACITY * SLOT))
  }

  /** Adds the id in these bytes; returns the ordinal of the same id before it, or -1. Ordinals are below 2^32 - 1. */
  add(bytes: Uint8Array, start: number, end: number, ordinal: number): number {
    hashId(bytes, start, end, this.#seed, this.#hash)
    return this.addHash(this.#hash[0], this.#hash[1], ordinal)
  }

  /** The ordinal of the id in these bytes, or -1 when it was not added. */
  find(bytes: Uint8Array, start: number, end: number): number {
    hashId(bytes, start, end, this.#seed, this.#hash)
    const [high, low] = this.#hash
    const table = this.#tables[high >>> 24] ?? NO_TABLE
    return ((table[find(table, high, low) + 2] ?? 0) >>> 0) - 1
  }

  /** Makes room for about so many ids before the first is added: tables that grow are copied, and leave garbage. */
  reserve(ids: number): void {
    const capacity = Math.ceil((Math.min(ids, MOST_RESERVED) * ROOM) / TABLES)
    if (this.size > 0 || capacity <= FIRST_CAPACITY) return
    for (let table = 0; table < TABLES; table += 1) this.#tables[table] = new Int32Array(capacity * SLOT)
  }

  /** Adds an id by its hash. */
  addHash(high: number, low: number, ordinal: number): number {
    const which = high >>> 24
    const table = this.#tables[which] ?? NO_TABLE
    const slot = find(table, high, low)
    const known = (table[slot + 2] ?? 0) >>> 0
    if (known > 0) return known - 1
    table[slot] = high
    table[slot + 1] = low
    table[slot + 2] = ordinal + 1
    this.size += 1
    const count = (this.#counts[which] ?? 0) + 1
    this.#counts[which] = count
    if (count * SLOT > table.length * FULL) this.#tables[which] = grown(table)
    return -1
  }
}

const NO_TABLE = new Int32Array(0)

/** Where a hash is in a table, or the empty slot where it belongs. */
function find(table: Int32Array, high: number, low: number): number {
  const capacity = table.length / SLOT
  let slot = Math.floor(((low >>> 0) * capacity) / 0x1_0000_0000) * SLOT
  while (table[slot + 2] !== 0 && (table[slot + 1] !== (low | 0) || table[slot] !== (high | 0))) {
    slot += SLOT
    if (slot === table.length) slot = 0
  }
  return slot
}

function grown(table: Int32Array): Int32Array {
  const larger = new Int32Array(Math.ceil((table.length / SLOT) * GROWTH) * SLOT)
  for (let from = 0; from < table.length; from += SLOT) {
    const ordinal = table[from + 2] ?? 0
    if (ordinal === 0) continue
    const high = table[from] ?? 0
    const low = table[from + 1] ?? 0
    const slot = find(larger, high, low)
    larger[slot] = high
    larger[slot + 1] = low
    larger[slot + 2] = ordinal
  }
  return larger
}

/** Hashes bytes to 64 bits: two lanes in the manner of MurmurHash3, mixed with each other. Not for secrets. */
export function hashId(bytes: Uint8Array, start: number, end: number, seed: number, into: IdHash): void {
  let high = seed ^ 0x9e3779b9
  let low = Math.imul(seed, 0x85ebca6b) ^ 0x7f4a7c15
  for (let index = start; index < end; index += 4) {
    const word = wordAt(bytes, index, end)
    high = Math.imul(rotate(high ^ Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789), 19) + low, 5)
    low = Math.imul(rotate(low ^ Math.imul(rotate(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93), 13) + high, 5)
    high = (high + 0x561ccd1b) | 0
    low = (low + 0x0bcaa747) | 0
  }
  const length = end - start
  high = mixed(high ^ length)
  low = mixed((low ^ length) + high)
  into[0] = (high + low) | 0
  into[1] = low | 0
}

function wordAt(bytes: Uint8Array, index: number, end: number): number {
  const left = end - index
  const first = (bytes[index] ?? 0) | (left > 1 ? (bytes[index + 1] ?? 0) << 8 : 0)
  return first | (left > 2 ? (bytes[index + 2] ?? 0) << 16 : 0) | (left > 3 ? (bytes[index + 3] ?? 0) << 24 : 0)
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

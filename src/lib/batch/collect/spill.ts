import type {SpillStore} from './spill-store.js'
import {type EntryHead, endAt, HEAD_BYTES, isBetter, ordinalAt, roundAt, writeHead} from './spilled-entry.js'

export interface SpillInput {
  /** Ordinals from `first` up to, but not including, `end` are put aside. */
  readonly first: number
  readonly end: number
  /** About so many bytes are to come. */
  readonly expectedBytes: number
  readonly store: SpillStore
  readonly sizes?: SpillSizes | undefined
  /** Memory for the leaves, shared by all of them. */
  readonly arena?: Arena | undefined
}

/** Memory that grows and is used again. */
interface Arena {
  bytes: Buffer
}

export interface SpillSizes {
  /** What is written at once. */
  readonly blockBytes: number
  /** What a bucket is meant to hold. */
  readonly bucketBytes: number
  /** What is held in memory at most, unless one record alone is more. */
  readonly leafBytes: number
}

/** Consecutive records with the best of what was put aside for each. */
export interface SpillLeaf {
  readonly first: number
  readonly end: number
  /** Entries; good until the next leaf is asked for. */
  readonly bytes: Buffer
  /** Offset of the entry of record `first + index`, or -1. */
  readonly best: Int32Array
  /** Entries of a record and round that have one already. */
  readonly repeated: number
}

interface Bucket {
  /** Of its full blocks in the store. */
  readonly offsets: number[]
  block: Buffer | undefined
  filled: number
  bytes: number
}

const MIB = 1024 * 1024
const SIZES: SpillSizes = {blockBytes: 64 * 1024, bucketBytes: 24 * MIB, leafBytes: 96 * MIB}
const MOST_BUCKETS = 512

/**
 * Answers in buckets by ordinal: a bucket fits into memory, and buckets follow each other in the order of the input.
 * Nothing goes to the store before a block is full.
 */
export class Spill {
  readonly #first: number
  readonly #end: number
  readonly #width: number
  readonly #sizes: SpillSizes
  readonly #store: SpillStore
  readonly #buckets: Bucket[]
  readonly #arena: Arena
  readonly #head = Buffer.alloc(HEAD_BYTES)

  constructor({arena = {bytes: Buffer.alloc(0)}, end, expectedBytes, first, sizes = SIZES, store}: SpillInput) {
    const wanted = Math.min(MOST_BUCKETS, Math.max(1, Math.ceil(expectedBytes / sizes.bucketBytes)))
    this.#first = first
    this.#end = end
    this.#width = Math.max(1, Math.ceil((end - first) / wanted))
    this.#sizes = sizes
    this.#store = store
    this.#arena = arena
    this.#buckets = Array.from({length: Math.ceil((end - first) / this.#width)}, () => ({
      offsets: [],
      block: undefined,
      filled: 0,
      bytes: 0,
    }))
  }

  /** Puts an answer aside: its id and its value are copied out of the line. */
  add(head: EntryHead, line: Buffer, idStart: number, valueStart: number): void {
    const bucket = this.#bucketOf(head.ordinal)
    writeHead(this.#head, head)
    this.#put(bucket, this.#head, 0, HEAD_BYTES)
    this.#put(bucket, line, idStart, idStart + head.idLength)
    this.#put(bucket, line, valueStart, valueStart + head.valueLength)
  }

  /** All records in order, as many at a time as fit into memory. */
  *leaves(): Generator<SpillLeaf> {
    for (const [index, bucket] of this.#buckets.entries()) {
      const first = this.#first + index * this.#width
      const end = Math.min(first + this.#width, this.#end)
      if (bucket.bytes > this.#sizes.leafBytes && end - first > 1) yield* this.#split(bucket, first, end).leaves()
      else yield this.#leaf(bucket, first, end)
      bucket.block = undefined
    }
  }

  /** A bucket that became larger than expected, in smaller ones. */
  #split(bucket: Bucket, first: number, end: number): Spill {
    const input = {first, end, expectedBytes: bucket.bytes, store: this.#store, sizes: this.#sizes, arena: this.#arena}
    const smaller = new Spill(input)
    this.#walk(bucket, (bytes, offset) => {
      smaller.#put(smaller.#bucketOf(ordinalAt(bytes, offset)), bytes, offset, endAt(bytes, offset))
    })
    return smaller
  }

  #leaf(bucket: Bucket, first: number, end: number): SpillLeaf {
    if (bucket.bytes > this.#sizes.leafBytes) return this.#lone(bucket, first)
    const bytes = this.#load(bucket)
    const best = new Int32Array(end - first).fill(-1)
    const rounds = new Rounds()
    visitWhole(bytes, bucket.bytes, (_, offset) => {
      const slot = ordinalAt(bytes, offset) - first
      const before = best[slot] ?? -1
      if (before >= 0) rounds.see(slot, roundAt(bytes, before), roundAt(bytes, offset))
      if (before < 0 || isBetter(bytes, offset, bytes, before)) best[slot] = offset
    })
    return {first, end, bytes, best, repeated: rounds.repeated}
  }

  /** One record with more answers than fit into memory: one of them is held at a time. */
  #lone(bucket: Bucket, first: number): SpillLeaf {
    const rounds = new Rounds()
    let kept: Buffer | undefined
    this.#walk(bucket, (bytes, offset) => {
      if (kept) rounds.see(0, roundAt(kept, 0), roundAt(bytes, offset))
      if (kept && !isBetter(bytes, offset, kept, 0)) return
      kept = Buffer.from(bytes.subarray(offset, endAt(bytes, offset)))
    })
    return {first, end: first + 1, bytes: kept ?? this.#head, best: Int32Array.of(0), repeated: rounds.repeated}
  }

  /** All of a bucket, one entry behind the other. */
  #load(bucket: Bucket): Buffer {
    const arena = this.#arena
    if (arena.bytes.length < bucket.bytes) arena.bytes = Buffer.allocUnsafeSlow(bucket.bytes)
    let filled = 0
    for (const offset of bucket.offsets) {
      this.#store.read(offset, arena.bytes.subarray(filled, filled + this.#sizes.blockBytes))
      filled += this.#sizes.blockBytes
    }
    bucket.block?.copy(arena.bytes, filled, 0, bucket.filled)
    return arena.bytes
  }

  /** Every entry of a bucket, whole, in the order in which they were put. */
  #walk(bucket: Bucket, visit: (bytes: Buffer, offset: number) => void): void {
    const {blockBytes} = this.#sizes
    let window: Buffer = Buffer.allocUnsafe(2 * blockBytes)
    let filled = 0
    const take = (read: (into: Buffer) => void, size: number) => {
      if (filled + size > window.length) window = grown(window, filled, filled + size)
      read(window.subarray(filled, filled + size))
      filled += size
      const used = visitWhole(window, filled, visit)
      window.copyWithin(0, used, filled)
      filled -= used
    }
    for (const offset of bucket.offsets) take((into) => this.#store.read(offset, into), blockBytes)
    const {block} = bucket
    if (block) take((into) => block.copy(into, 0, 0, bucket.filled), bucket.filled)
  }

  #bucketOf(ordinal: number): Bucket {
    const bucket = this.#buckets[Math.floor((ordinal - this.#first) / this.#width)]
    if (bucket === undefined) throw new RangeError(`no bucket for ordinal ${ordinal}`)
    return bucket
  }

  #put(bucket: Bucket, bytes: Buffer, start: number, end: number): void {
    const {blockBytes} = this.#sizes
    bucket.bytes += end - start
    for (let position = start; position < end; ) {
      bucket.block ??= Buffer.allocUnsafe(blockBytes)
      const copied = bytes.copy(bucket.block, bucket.filled, position, end)
      position += copied
      bucket.filled += copied
      if (bucket.filled < blockBytes) continue
      bucket.offsets.push(this.#store.write(bucket.block))
      bucket.filled = 0
    }
  }
}

function visitWhole(window: Buffer, filled: number, visit: (bytes: Buffer, offset: number) => void): number {
  let offset = 0
  while (offset + HEAD_BYTES <= filled) {
    const end = endAt(window, offset)
    if (end > filled) break
    visit(window, offset)
    offset = end
  }
  return offset
}

function grown(window: Buffer, filled: number, needed: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(needed, window.length * 2))
  window.copy(larger, 0, 0, filled)
  return larger
}

/** Counts what says something again: two entries of one record and round. */
class Rounds {
  repeated = 0
  readonly #seen = new Map<number, number[]>()

  see(slot: number, roundBefore: number, round: number): void {
    const seen = this.#seen.get(slot) ?? [roundBefore]
    if (seen.includes(round)) this.repeated += 1
    else seen.push(round)
    this.#seen.set(slot, seen)
  }
}

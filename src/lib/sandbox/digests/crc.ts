import {crc32} from 'node:zlib'

/** A checksum that bytes are fed into, chunk by chunk. */
export interface RunningCrc {
  update(bytes: Uint8Array): void
  /** Big-endian. */
  digest(): Buffer
}

export function runningCrc32(): RunningCrc {
  let crc = 0
  return {
    update(bytes) {
      crc = crc32(bytes, crc)
    },
    digest: () => bigEndian([crc]),
  }
}

const CASTAGNOLI = 0x82f63b78

export function runningCrc32c(): RunningCrc {
  const table = crc32cTable()
  let crc = 0xffffffff
  return {
    update(bytes) {
      crc = updateCrc32c(table, crc, bytes)
    },
    digest: () => bigEndian([~crc]),
  }
}

const NVME_HIGH = 0x9a6c9329
const NVME_LOW = 0xac4bc9b5

export function runningCrc64Nvme(): RunningCrc {
  const tables = crc64Tables()
  const state = new Uint32Array([0xffffffff, 0xffffffff])
  return {
    update: (bytes) => updateCrc64(tables, state, bytes),
    digest: () => bigEndian([~(state[0] ?? 0), ~(state[1] ?? 0)]),
  }
}

function bigEndian(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4)
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word >>> 0, index * 4)
  return bytes
}

// Eight bytes a step: table k says what a byte does to the checksum that is k bytes further on.
const STEP = 8

let castagnoli: Uint32Array | undefined

function crc32cTable(): Uint32Array {
  castagnoli ??= makeCrc32cTable()
  return castagnoli
}

function makeCrc32cTable(): Uint32Array {
  const table = new Uint32Array(STEP * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI : crc >>> 1
    table[byte] = crc
  }
  for (let index = 256; index < table.length; index++) {
    const before = table[index - 256] ?? 0
    table[index] = (before >>> 8) ^ (table[before & 255] ?? 0)
  }
  return table
}

// Every index is within its array: the assertions take the place of checks that could not fail.

function updateCrc32c(table: Uint32Array, start: number, bytes: Uint8Array): number {
  let crc = start
  let at = 0
  for (const end = bytes.length - STEP; at <= end; at += STEP) {
    const x = crc ^ word(bytes, at)
    const y = word(bytes, at + 4)
    crc =
      four(table, 1792 + (x & 255), 1536 + ((x >>> 8) & 255), 1280 + ((x >>> 16) & 255), 1024 + (x >>> 24)) ^
      four(table, 768 + (y & 255), 512 + ((y >>> 8) & 255), 256 + ((y >>> 16) & 255), y >>> 24)
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] as number)) & 255] as number)
  return crc
}

interface Crc64Tables {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

let nvme: Crc64Tables | undefined

function crc64Tables(): Crc64Tables {
  nvme ??= makeCrc64Tables()
  return nvme
}

function makeCrc64Tables(): Crc64Tables {
  const high = new Uint32Array(STEP * 256)
  const low = new Uint32Array(STEP * 256)
  for (let byte = 0; byte < 256; byte++) {
    let [h, l] = [0, byte]
    for (let bit = 0; bit < 8; bit++) {
      const carry = l & 1
      l = (l >>> 1) | (h << 31)
      h >>>= 1
      if (carry) {
        l ^= NVME_LOW
        h ^= NVME_HIGH
      }
    }
    high[byte] = h
    low[byte] = l
  }
  for (let index = 256; index < high.length; index++) {
    const [h, l] = [high[index - 256] ?? 0, low[index - 256] ?? 0]
    low[index] = ((l >>> 8) | (h << 24)) ^ (low[l & 255] ?? 0)
    high[index] = (h >>> 8) ^ (high[l & 255] ?? 0)
  }
  return {high, low}
}

/** A 64-bit state in two halves, the high one first: numbers have no 64 bits, and big integers are slow. */
function updateCrc64({high, low}: Crc64Tables, state: Uint32Array, bytes: Uint8Array): void {
  let h = state[0] as number
  let l = state[1] as number
  let at = 0
  for (const end = bytes.length - STEP; at <= end; at += STEP) {
    const x = l ^ word(bytes, at)
    const y = h ^ word(bytes, at + 4)
    const [a, b, c, d] = [1792 + (x & 255), 1536 + ((x >>> 8) & 255), 1280 + ((x >>> 16) & 255), 1024 + (x >>> 24)]
    const [e, f, g, i] = [768 + (y & 255), 512 + ((y >>> 8) & 255), 256 + ((y >>> 16) & 255), y >>> 24]
    h = four(high, a, b, c, d) ^ four(high, e, f, g, i)
    l = four(low, a, b, c, d) ^ four(low, e, f, g, i)
  }
  for (; at < bytes.length; at++) {
    const index = (l ^ (bytes[at] as number)) & 255
    l = ((l >>> 8) | (h << 24)) ^ (low[index] as number)
    h = (h >>> 8) ^ (high[index] as number)
  }
  state[0] = h
  state[1] = l
}

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24)

const four = (table: Uint32Array, a: number, b: number, c: number, d: number): number =>
  (table[a] as number) ^ (table[b] as number) ^ (table[c] as number) ^ (table[d] as number)

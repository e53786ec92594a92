import {promisify} from 'node:util'
import {crc32, deflateRaw} from 'node:zlib'
import type {SampleColumns} from './columns.js'
import {NumberWriter} from './leb128.js'

const deflate = promisify(deflateRaw)

export const MAGIC = 'BCTLBEN1'
export const END_MAGIC = 'BCTLEND1'

/** Times of a row in the order they come about; each is kept as its distance from the one before that is there. */
export const TIMES = ['sched', 'sent', 'headers', 'first', 'visible', 'last', 'end'] as const
/** Lengths of time, kept as they are. */
export const SPANS = ['gapMax', 'serverMs'] as const
/** Counts with -1 for what nothing reported. */
export const COUNTS = ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning', 'wantedIn', 'wantedOut'] as const
export const WHOLES = ['events', 'coalesced', 'status', 'error', 'finish', 'flags', 'phase', 'session', 'turn'] as const

export interface ColumnHead {
  readonly name: string
  readonly bytes: number
  readonly crc32: number
}

export interface SegmentHead {
  readonly schemaVersion: 1
  readonly cell: number
  readonly rows: number
  readonly columns: readonly ColumnHead[]
}

const NS = 1e6

/** One segment of `samples.bcol`: length of its head, the head in JSON, the columns (LEB128, deflated). Times in whole ns. */
export async function encodeSegment(segment: SampleColumns): Promise<Buffer> {
  const raw: [string, Uint8Array][] = [
    ['k', deltas(segment.k, segment.rows)],
    ...timeColumns(segment),
    ...SPANS.map((name): [string, Uint8Array] => [name, spans(segment[name], segment.rows)]),
    ...COUNTS.map((name): [string, Uint8Array] => [name, wholes(segment[name], segment.rows, 1)]),
    ...WHOLES.map((name): [string, Uint8Array] => [name, wholes(segment[name], segment.rows, 0)]),
  ]
  const packed = await Promise.all(raw.map(async ([name, bytes]) => ({name, bytes: await deflate(bytes, {level: 1})})))
  const columns = packed.map(({name, bytes}) => ({name, bytes: bytes.length, crc32: crc32(bytes)}))
  const head: SegmentHead = {schemaVersion: 1, cell: segment.cell, rows: segment.rows, columns}
  return Buffer.concat([framed(JSON.stringify(head)), ...packed.map(({bytes}) => bytes)])
}

/** Where segments begin; its own beginning is told at the very end of the file. */
export function encodeFooter(at: number, starts: readonly number[]): Buffer {
  const tail = Buffer.alloc(8)
  tail.writeBigUInt64LE(BigInt(at))
  return Buffer.concat([framed(JSON.stringify({footer: 1, starts})), tail, Buffer.from(END_MAGIC)])
}

function framed(json: string): Buffer {
  const text = Buffer.from(json)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text])
}

function timeColumns(segment: SampleColumns): [string, Uint8Array][] {
  const writers = TIMES.map(() => new NumberWriter(segment.rows * 5))
  const columns = TIMES.map((name) => segment[name])
  let anchor = 0
  for (let row = 0; row < segment.rows; row += 1) {
    let base = anchor
    for (let at = 0; at < columns.length; at += 1) {
      const ns = Math.round((columns[at]?.[row] ?? Number.NaN) * NS)
      const writer = writers[at]
      if (Number.isNaN(ns)) {
        writer?.push(0)
        continue
      }
      writer?.push(1 + zigZag(ns - base))
      base = ns
      if (at <= 1) anchor = ns
    }
  }
  return TIMES.map((name, at) => [name, writers[at]?.take() ?? new Uint8Array(0)])
}

function zigZag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

function deltas(values: ArrayLike<number>, rows: number): Uint8Array {
  const writer = new NumberWriter(rows * 2)
  let before = 0
  for (let row = 0; row < rows; row += 1) {
    const value = values[row] ?? 0
    writer.pushSigned(value - before)
    before = value
  }
  return writer.take()
}

function spans(values: ArrayLike<number>, rows: number): Uint8Array {
  const writer = new NumberWriter(rows * 4)
  for (let row = 0; row < rows; row += 1) {
    const ns = Math.round((values[row] ?? Number.NaN) * NS)
    writer.push(ns >= 0 ? ns + 1 : 0)
  }
  return writer.take()
}

function wholes(values: ArrayLike<number>, rows: number, shift: number): Uint8Array {
  const writer = new NumberWriter(rows * 2)
  for (let row = 0; row < rows; row += 1) writer.push(Math.max(0, (values[row] ?? 0) + shift))
  return writer.take()
}

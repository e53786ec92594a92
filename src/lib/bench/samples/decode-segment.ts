import {crc32, inflateRawSync} from 'node:zlib'
import {allocateColumns, type SampleColumns} from './columns.js'
import {COUNTS, type SegmentHead, SPANS, TIMES, WHOLES} from './encode-segment.js'
import {NumberReader} from './leb128.js'

const NS = 1e6
const NUMBER_BYTES = 8

/** A segment out of its head and the bytes after it. What does not fit throws a RangeError that says which column. */
export function decodeSegment(head: SegmentHead, body: Uint8Array): SampleColumns {
  const readers = new Map<string, NumberReader>()
  let at = 0
  for (const {name, bytes, crc32: sum} of head.columns) {
    const packed = body.subarray(at, at + bytes)
    at += bytes
    if (crc32(packed) !== sum) throw new RangeError(`column ${name}: its checksum does not match`)
    readers.set(name, new NumberReader(inflate(name, packed, head.rows)))
  }
  const columns = allocateColumns(head.cell, head.rows)
  const of = (name: string) => {
    const reader = readers.get(name)
    if (reader === undefined) throw new RangeError(`column ${name} is not there`)
    return reader
  }
  readDeltas(of('k'), columns.k)
  readTimes(columns, of)
  for (const name of SPANS) readSpans(of(name), columns[name])
  for (const name of COUNTS) readWholes(of(name), columns[name], 1)
  for (const name of WHOLES) readWholes(of(name), columns[name], 0)
  for (const [name, reader] of readers) if (!reader.done) throw new RangeError(`column ${name} has more than its rows`)
  return columns
}

/** A number has eight bytes at most: more than that is no column of so many rows, and is not unpacked. */
function inflate(name: string, packed: Uint8Array, rows: number): Uint8Array {
  try {
    return inflateRawSync(packed, {maxOutputLength: Math.max(1, rows * NUMBER_BYTES)})
  } catch (cause) {
    throw new RangeError(`column ${name}: ${cause instanceof Error ? cause.message : 'it cannot be unpacked'}`, {cause})
  }
}

function readTimes(columns: SampleColumns, of: (name: string) => NumberReader): void {
  const readers = TIMES.map((name) => of(name))
  const targets = TIMES.map((name) => columns[name])
  let anchor = 0
  for (let row = 0; row < columns.rows; row += 1) {
    let base = anchor
    for (const [at, reader] of readers.entries()) {
      const code = reader.next()
      const target = targets[at]
      if (target === undefined) continue
      if (code === 0) {
        target[row] = Number.NaN
        continue
      }
      base += unZigZag(code - 1)
      target[row] = base / NS
      if (at <= 1) anchor = base
    }
  }
}

function unZigZag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}

function readDeltas(reader: NumberReader, target: Uint32Array): void {
  let before = 0
  for (let row = 0; row < target.length; row += 1) {
    before += reader.nextSigned()
    target[row] = before
  }
}

function readSpans(reader: NumberReader, target: Float64Array): void {
  for (let row = 0; row < target.length; row += 1) {
    const code = reader.next()
    target[row] = code === 0 ? Number.NaN : (code - 1) / NS
  }
}

function readWholes(
  reader: NumberReader,
  target: Int32Array | Uint32Array | Uint16Array | Uint8Array,
  shift: number,
): void {
  for (let row = 0; row < target.length; row += 1) target[row] = reader.next() - shift
}

import {type FileHandle, open} from 'node:fs/promises'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {SampleColumns} from './columns.js'
import {decodeSegment} from './decode-segment.js'
import {END_MAGIC, encodeFooter, encodeSegment, MAGIC, type SegmentHead} from './encode-segment.js'

const LONGEST_HEAD = 64 * 1024
const MOST_ROWS = 1 << 20
const TAIL = 8 + END_MAGIC.length

export interface SampleWriter {
  /** One whole segment a call; calls may overlap, and are written in the order they came. */
  append(segment: SampleColumns): Promise<void>
  /** Writes the index and closes the file. Without it the file is readable all the same. */
  close(): Promise<void>
}

/** A new `samples.bcol`; an existing one is refused. */
export async function createSampleFile(path: string): Promise<SampleWriter> {
  const handle = await open(path, 'wx', 0o600)
  await handle.writeFile(MAGIC)
  const starts: number[] = []
  let at = MAGIC.length
  let last: Promise<void> = Promise.resolve()
  return {
    append(segment) {
      if (segment.rows === 0) return last
      const encoding = encodeSegment(segment)
      last = Promise.all([encoding, last]).then(async ([bytes]) => {
        starts.push(at)
        at += bytes.length
        await handle.writeFile(bytes)
      })
      return last
    },
    async close() {
      try {
        await last
        await handle.writeFile(encodeFooter(at, starts))
      } finally {
        await handle.close()
      }
    },
  }
}

/**
 * Segments in the order they were written, of one cell or of all; one is in memory at a time. A file that was not
 * closed is read to its last whole segment; damage before that is an error that says where.
 */
export async function* readSampleFile(path: string, cell?: number): AsyncGenerator<SampleColumns> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw unreadable(path, cause)
  })
  if (handle === undefined) return
  try {
    yield* segmentsOf(handle, path, cell)
  } finally {
    await handle.close()
  }
}

async function* segmentsOf(handle: FileHandle, path: string, cell: number | undefined): AsyncGenerator<SampleColumns> {
  const {closed, end} = await extentOf(handle, path)
  for (let at = MAGIC.length; at < end; ) {
    const found = await headAt(handle, path, {at, end, closed})
    if (found === undefined) return
    const {head, from, to} = found
    if (cell === undefined || head.cell === cell) {
      yield decoded(head, await bytesAt(handle, from, to - from), path, at)
    }
    at = to
  }
}

interface Extent {
  /** Where segments end. */
  readonly end: number
  /** A file that was closed is whole: what does not fit into it is damage, not an interruption. */
  readonly closed: boolean
}

async function extentOf(handle: FileHandle, path: string): Promise<Extent> {
  const {size} = await handle.stat()
  const magic = (await bytesAt(handle, 0, MAGIC.length)).toString('latin1')
  if (size < MAGIC.length && MAGIC.startsWith(magic)) return {end: 0, closed: false}
  if (magic !== MAGIC) throw damaged(path, 0, 'it does not begin as a file of samples does')
  if (size < MAGIC.length + TAIL) return {end: size, closed: false}
  const tail = await bytesAt(handle, size - TAIL, TAIL)
  if (tail.toString('latin1', TAIL - END_MAGIC.length) !== END_MAGIC) return {end: size, closed: false}
  const end = Number(tail.readBigUInt64LE())
  if (end > size - TAIL) throw damaged(path, size - TAIL, 'its index would begin after its end')
  return {end, closed: true}
}

/** Head and extent of the segment at a place; undefined where an interruption left but a part of it. */
async function headAt(handle: FileHandle, path: string, {at, end, closed}: Extent & {readonly at: number}) {
  const torn = () => {
    if (closed) throw damaged(path, at, 'a segment is longer than what is left of the file')
    return undefined
  }
  if (at + 4 > end) return torn()
  const length = (await bytesAt(handle, at, 4)).readUInt32LE()
  if (length > LONGEST_HEAD) throw damaged(path, at, `the head of a segment would be ${length} bytes long`)
  const from = at + 4 + length
  if (from > end) return torn()
  const head = headOf(await bytesAt(handle, at + 4, length), path, at)
  if (head === undefined) return torn()
  const to = from + head.columns.reduce((sum, {bytes}) => sum + bytes, 0)
  return to > end ? torn() : {head, from, to}
}

function decoded(head: SegmentHead, body: Buffer, path: string, at: number): SampleColumns {
  try {
    return decodeSegment(head, body)
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged(path, at, cause.message)
    throw cause
  }
}

/** undefined of an index: it is met only where it was not written to its end. */
function headOf(text: Buffer, path: string, at: number): SegmentHead | undefined {
  let value: unknown
  try {
    value = JSON.parse(text.toString())
  } catch {
    throw damaged(path, at, 'the head of a segment is no JSON')
  }
  if (typeof value === 'object' && value !== null && 'footer' in value) return undefined
  if (!isHead(value)) throw damaged(path, at, 'the head of a segment lacks what it must have')
  if (value.schemaVersion !== 1) throw newer(path, value.schemaVersion)
  return value
}

function isHead(value: unknown): value is SegmentHead {
  if (typeof value !== 'object' || value === null) return false
  const {cell, columns, rows, schemaVersion} = value as Record<string, unknown>
  return (
    typeof schemaVersion === 'number' &&
    isCount(cell, Number.MAX_SAFE_INTEGER) &&
    isCount(rows, MOST_ROWS) &&
    Array.isArray(columns) &&
    columns.every((column: unknown) => {
      if (typeof column !== 'object' || column === null) return false
      const {name, bytes, crc32} = column as Record<string, unknown>
      return typeof name === 'string' && isCount(bytes, MOST_ROWS * 16) && typeof crc32 === 'number'
    })
  )
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const {bytesRead} = await handle.read(bytes, filled, length - filled, at + filled)
    if (bytesRead === 0) return bytes.subarray(0, filled)
    filled += bytesRead
  }
  return bytes
}

function damaged(path: string, at: number, why: string): BedrockctlError {
  return usageError('SAMPLES_DAMAGED', `${path} cannot be read.`, {
    why: `At byte ${at}: ${why}.`,
    hint: 'Copy the run again from where it was made, or run it again.',
  })
}

function newer(path: string, version: number): BedrockctlError {
  return usageError('SAMPLES_UNKNOWN', `${path} is of a version that this bedrockctl does not read.`, {
    why: `It is version ${version}; this one reads version 1.`,
    hint: 'Read it with the version of bedrockctl that made it, or a later one.',
  })
}

function unreadable(path: string, cause: unknown): BedrockctlError {
  return usageError('SAMPLES_UNREADABLE', `${path} cannot be read.`, {
    why: cause instanceof Error ? cause.message : undefined,
    hint: 'Check the file and its permissions.',
    cause,
  })
}

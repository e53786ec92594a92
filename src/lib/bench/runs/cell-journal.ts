import {type FileHandle, readFile} from 'node:fs/promises'
import {deflateRawSync, inflateRawSync} from 'node:zlib'
import {usageError} from '../../core/errors.js'
import type {CellEndNote, CellHead} from '../metrics/summary.schema.js'
import {type GapHistogram, mergeGaps, NO_GAPS} from '../samples/gaps.js'
import {NumberReader, NumberWriter} from '../samples/leb128.js'

const MOST_BYTES = 4 * 1024 * 1024

/** What `cells.ndjson` of a run tells: cells that were added, and how each ended on each shard. */
export interface CellJournal {
  readonly added: readonly CellHead[]
  readonly ends: readonly CellEndNote[]
  readonly gaps: ReadonlyMap<number, GapHistogram>
}

interface PackedGaps {
  readonly count: number
  readonly sumMs: number
  readonly minMs: number | null
  readonly maxMs: number | null
  /** Distances of buckets, and what each holds, as numbers of seven bits a byte: deflated, in Base64. */
  readonly buckets: string
}

/** Appends a line, in one write. */
export async function noteCell(file: FileHandle, cell: CellHead): Promise<void> {
  await file.appendFile(`${JSON.stringify({kind: 'cell', cell})}\n`)
}

/** Appends a line, in one write. */
export async function noteEnd(file: FileHandle, end: CellEndNote, gaps: GapHistogram): Promise<void> {
  await file.appendFile(`${JSON.stringify({kind: 'end', end, gaps: packGaps(gaps)})}\n`)
}

/** Reads it to its last whole line; a line that was cut while it was written is not there. Nothing where there is no file. */
export async function readCells(path: string): Promise<CellJournal> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ''
    throw cause
  })
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  const {cellEndNoteSchema, cellHeadSchema} = await import('../metrics/summary.schema.js')
  const added: CellHead[] = []
  const ends: CellEndNote[] = []
  const gaps = new Map<number, GapHistogram>()
  for (const [at, line] of lines.entries()) {
    if (line === '') continue
    try {
      const value: Readonly<Record<string, unknown>> = JSON.parse(line)
      if (value['kind'] === 'cell') {
        added.push(cellHeadSchema.parse(value['cell']))
        continue
      }
      const end = cellEndNoteSchema.parse(value['end'])
      ends.push(end)
      const own = unpackGaps(value['gaps'] as PackedGaps)
      gaps.set(end.cell, mergeGaps([gaps.get(end.cell) ?? NO_GAPS, own]))
    } catch (cause) {
      throw usageError('RUN_DAMAGED', `${path} cannot be read.`, {
        why: `Line ${at + 1}: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'it is damaged'}`,
        hint: 'Copy the run again from where it was made, or run it again.',
        cause,
      })
    }
  }
  return {added, ends, gaps}
}

function packGaps({count, counts, indexes, maxMs, minMs, sumMs}: GapHistogram): PackedGaps {
  const writer = new NumberWriter(indexes.length * 4)
  let before = 0
  for (const [at, index] of indexes.entries()) {
    writer.push(index - before)
    writer.push(counts[at] ?? 0)
    before = index
  }
  const buckets = deflateRawSync(writer.take()).toString('base64')
  return {count, sumMs, minMs: count > 0 ? minMs : null, maxMs: count > 0 ? maxMs : null, buckets}
}

function unpackGaps({buckets, count, maxMs, minMs, sumMs}: PackedGaps): GapHistogram {
  if (!(count > 0)) return NO_GAPS
  const reader = new NumberReader(inflateRawSync(Buffer.from(buckets, 'base64'), {maxOutputLength: MOST_BYTES}))
  const indexes: number[] = []
  const counts: number[] = []
  let index = 0
  while (!reader.done) {
    index += reader.next()
    indexes.push(index)
    counts.push(reader.next())
  }
  return {
    count,
    sumMs,
    minMs: minMs ?? Number.NaN,
    maxMs: maxMs ?? Number.NaN,
    indexes: Uint32Array.from(indexes),
    counts: Float64Array.from(counts),
  }
}

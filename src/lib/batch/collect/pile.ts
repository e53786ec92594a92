import type {ByteSource} from '../../jsonl/byte-source.js'
import type {Line} from '../../jsonl/line-cutter.js'
import {readLines} from '../../jsonl/lines.js'

/** Bytes [start, end) of whole lines. */
export type Segment = readonly [start: number, end: number]

/** A part of the input: the lines of a source that were asked. */
export interface InputPart {
  readonly source: ByteSource
  /** In order, not overlapping. */
  readonly segments: readonly Segment[]
}

/** One `.jsonl.out` of a job. */
export interface OutputFile {
  readonly source: ByteSource
  /** Later rounds beat earlier ones. */
  readonly round: number
  /** Place of its job in the list of jobs. */
  readonly job: number
}

/** Records that were asked, and what jobs have written of them so far. */
export interface Pile {
  /** In the order of the records. */
  readonly inputs: readonly InputPart[]
  readonly outputs: readonly OutputFile[]
}

export interface RecordReading {
  readonly signal?: AbortSignal | undefined
  /** Called between pieces of the input; it is read on once that resolves. */
  readonly pause?: (() => Promise<void> | undefined) | undefined
  /** Told now and then how many bytes were read. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** So many lines pass between two words on progress. */
export const TOLD_EVERY = 4096

/** Hands over every record of the input in order, numbered from 0. Blank lines are none. Returns how many there are. */
export async function readRecords(
  parts: readonly InputPart[],
  {onProgress, pause, signal}: RecordReading,
  onRecord: (line: Line, ordinal: number) => void,
): Promise<number> {
  let ordinal = 0
  let before = 0
  for (const {segments, source} of parts) {
    const [first] = segments
    const last = segments.at(-1)
    if (first === undefined || last === undefined) continue
    let current = 0
    await readLines(
      pause ? pacedSource(source, pause) : source,
      {range: {start: first[0], end: last[1]}, ...(signal && {signal})},
      (line) => {
        while (line.offset >= (segments[current]?.[1] ?? Number.POSITIVE_INFINITY)) current += 1
        if (line.offset < (segments[current]?.[0] ?? Number.POSITIVE_INFINITY)) return
        if (line.start === line.end && !line.isTooLong) return
        if (ordinal % TOLD_EVERY === 0) onProgress?.(before + line.offset)
        onRecord(line, ordinal)
        ordinal += 1
      },
    )
    before += source.bytes
  }
  return ordinal
}

const PIECE = 64 * 1024

/** The source in small pieces, with a pause before each: what its lines give rise to is written before there is more. */
function pacedSource(source: ByteSource, pause: () => Promise<void> | undefined): ByteSource {
  return {
    ...source,
    async *read(range, signal) {
      for await (const chunk of source.read(range, signal)) {
        for (let start = 0; start < chunk.length; start += PIECE) {
          await pause()
          yield chunk.subarray(start, start + PIECE)
        }
      }
    },
  }
}

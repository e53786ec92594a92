import type {ByteSource} from '../../jsonl/byte-source.js'
import {readLines} from '../../jsonl/lines.js'
import {ProblemGroups} from '../../jsonl/problem-groups.js'
import type {RowJudge} from '../datasets/row-judge.js'
import {FileTally} from './file-tally.js'
import type {NamedMedia} from './named-media.js'
import type {RepeatTally} from './repeat-tally.js'
import type {RowIndex} from './row-index.js'
import {RowOffsets} from './row-offsets.js'

export type FileRole = 'training' | 'validation'

/** One file of the data set as it was read. */
export interface FileReading {
  readonly role: FileRole
  readonly source: ByteSource
  readonly tally: FileTally
  readonly groups: ProblemGroups
  readonly offsets: RowOffsets
  /** Lines of the files before: ordinals of rows count through all of them. */
  readonly linesBefore: number
}

export interface ReadingFrame {
  readonly judge: RowJudge
  readonly index: RowIndex
  readonly repeats: RepeatTally
  readonly media: NamedMedia
  readonly signal?: AbortSignal | undefined
  /** Bytes of the file that are done. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

const PROGRESS_BYTES = 4 * 1024 * 1024
/** First lines that each finding keeps. */
export const FIRST_LINES = 20

/** Judges every line of a file, whatever its size: what is kept of a row is some 50 bytes. */
export async function readFile(
  role: FileRole,
  source: ByteSource,
  linesBefore: number,
  {judge, index, repeats, media, signal, onProgress}: ReadingFrame,
): Promise<FileReading> {
  const groups = new ProblemGroups({firstLines: FIRST_LINES})
  const tally = new FileTally()
  const offsets = new RowOffsets()
  const {row} = judge
  let told = 0
  row.tellTo(groups)
  await readLines(source, {signal}, (line) => {
    judge.judge(line, line.number)
    offsets.push(line.offset)
    if (judge.isBlank) tally.addBlank()
    else {
      const ordinal = linesBefore + line.number - 1
      const repeat = index.add(row, ordinal)
      if (repeat) repeats.add(ordinal, repeat, linesBefore)
      if (row.media.length > 0) media.add(role, row)
      tally.add(row, judge.tokens)
    }
    if (line.offset - told < PROGRESS_BYTES) return
    told = line.offset
    onProgress?.(told)
  })
  row.tellTo(undefined)
  return {role, source, tally, groups, offsets, linesBefore}
}

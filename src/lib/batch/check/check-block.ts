import type {ByteRange, ByteSource} from '../../jsonl/byte-source.js'
import {readLines} from '../../jsonl/lines.js'
import {type ProblemGroup, ProblemGroups} from '../../jsonl/problem-groups.js'
import type {BodyFamily} from '../bodies/family.js'
import {BlockRows} from './block-rows.js'
import type {CheckSettings} from './check-settings.js'
import {LineJudge} from './line-judge.js'

/** What is told of the lines that start in one part of the input. Plain data: it comes from other threads. */
export interface BlockReport {
  /** Where the part starts; offsets of rows count from here. */
  readonly start: number
  /** Beyond the last of its lines. */
  readonly end: number
  readonly lines: number
  readonly numbers: Uint32Array<ArrayBuffer>
  /** Lines count from the first of the part. */
  readonly groups: readonly ProblemGroup[]
}

/** Paths of one problem that a part tells apart: more than the whole does. */
const PATHS_PER_CODE = 100

export interface BlockInput {
  readonly source: ByteSource
  readonly range: ByteRange
  readonly settings: CheckSettings
  readonly family: BodyFamily | undefined
}

/** Judges the lines that start in the range. */
export async function checkBlock(
  {source, range, settings, family}: BlockInput,
  signal?: AbortSignal,
): Promise<BlockReport> {
  const groups = new ProblemGroups({pathsPerCode: PATHS_PER_CODE})
  const judge = new LineJudge(settings, family, groups)
  const rows = new BlockRows()
  let end = range.start
  const {lines} = await readLines(source, {range, maxLineBytes: settings.maxLineBytes, signal}, (line) => {
    judge.judge(line)
    rows.add(line.offset - range.start, judge.marks, judge.hash, judge.stats)
    end = line.offset + line.length
  })
  return {start: range.start, end, lines, numbers: rows.numbers, groups: groups.groups()}
}

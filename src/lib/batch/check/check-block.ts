import type {ByteRange, ByteSource} from '../../jsonl/byte-source.js'
import {readLines} from '../../jsonl/lines.js'
import {type ProblemGroup, ProblemGroups} from '../../jsonl/problem-groups.js'
import {familyById} from '../bodies/family-of.js'
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
  /** Only good until the next report is asked for: its memory is used again. */
  readonly numbers: Uint32Array<ArrayBuffer>
  /** Lines count from the first of the part. */
  readonly groups: readonly ProblemGroup[]
}

/** Paths of one problem that a part tells apart: more than the whole does. */
const PATHS_PER_CODE = 100

/** Checks parts of one input, one at a time. */
export class BlockChecker {
  readonly #source: ByteSource
  readonly #settings: CheckSettings
  readonly #judge: LineJudge

  constructor(source: ByteSource, settings: CheckSettings) {
    this.#source = source
    this.#settings = settings
    this.#judge = new LineJudge(settings, settings.family && familyById(settings.family, settings.facts))
  }

  /** Judges the lines that start in the range; the rows are written into `spare` memory where there is some. */
  async check(range: ByteRange, signal?: AbortSignal, spare?: BlockReport['numbers']): Promise<BlockReport> {
    const groups = new ProblemGroups({pathsPerCode: PATHS_PER_CODE})
    const judge = this.#judge
    judge.tellTo(groups)
    const rows = new BlockRows(spare)
    let end = range.start
    const reading = {range, maxLineBytes: this.#settings.maxLineBytes, signal}
    const {lines} = await readLines(this.#source, reading, (line) => {
      judge.judge(line)
      rows.add(line.offset - range.start, judge.marks, judge.hash, judge.stats)
      end = line.offset + line.length
    })
    return {start: range.start, end, lines, numbers: rows.numbers, groups: groups.groups()}
  }
}

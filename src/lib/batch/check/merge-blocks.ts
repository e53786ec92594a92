import {IdIndex} from '../../jsonl/id-index.js'
import {type ProblemGroup, ProblemGroups} from '../../jsonl/problem-groups.js'
import {NO_TEXT, TextSum} from '../../jsonl/text-measure.js'
import type {BodyStats} from '../bodies/family.js'
import {BlockRows, MARKED, type MutableStats} from './block-rows.js'
import type {BlockReport} from './check-block.js'
import {LineMarks} from './line-marks.js'
import type {LineVerdict, OnRecord, RecordTotals} from './record-check.js'

/** Lines of an id, the later and the first. */
export interface RepeatedId {
  readonly line: number
  readonly firstLine: number
}

/** Where a part of the input starts, and which line is its first. */
export interface BlockPlace {
  readonly start: number
  readonly end: number
  readonly linesBefore: number
}

/** So many lines whose id came before are kept, to be looked at again. */
const KEPT_REPEATS = 20
const WRONG = 1
const BEYOND_REPAIR = 2

export interface MergeOptions {
  readonly idSeed: number
  readonly inputBytes: number
  readonly onRecord?: OnRecord | undefined
}

/** Puts parts together, in the order of the input: numbers lines through, finds ids that came before, sums up. */
export class BlockMerger {
  readonly repeated: RepeatedId[] = []
  readonly places: BlockPlace[] = []
  repeats = 0
  readonly #ids: IdIndex
  readonly #groups = new ProblemGroups()
  readonly #marks = new LineMarks()
  readonly #onRecord: OnRecord | undefined
  /** Of all the input. */
  readonly #inputBytes: number
  /** Of the line that is added. */
  readonly #stats: MutableStats = {...NO_TEXT, maxOutputTokens: undefined, images: 0, s3Media: 0}
  #lines = 0
  #records = 0
  #bytes = 0
  #wrongLines = 0
  #longest = 0
  readonly #text = new TextSum()
  #maxOutputTokens: number | undefined = 0
  #images = 0
  #s3Media = 0

  constructor({idSeed, inputBytes, onRecord}: MergeOptions) {
    this.#inputBytes = inputBytes
    this.#ids = new IdIndex(idSeed)
    this.#onRecord = onRecord
  }

  add(report: BlockReport): void {
    const {start, end, lines} = report
    // As many ids as there are lines, if all of them are as long as these.
    if (this.#lines === 0 && lines > 0) this.#ids.reserve((lines * (this.#inputBytes - start)) / (end - start))
    this.places.push({start, end, linesBefore: this.#lines})
    this.#groups.merge(report.groups, this.#lines)
    const rows = new BlockRows(report.numbers, lines)
    for (let row = 0; row < lines; row += 1) {
      const from = rows.offset(row)
      const to = row + 1 < lines ? rows.offset(row + 1) : end - start
      this.#addLine(rows, row, start + from, to - from)
    }
    this.#lines += lines
  }

  /** Tells of ids that came before as one problem. */
  addGroup(group: ProblemGroup): void {
    this.#groups.merge([group], 0)
  }

  /** Takes back that an id came before. */
  pardon(line: number): void {
    this.repeats -= 1
    this.#wrongLines -= 1
    this.#marks.set(line, 0)
  }

  takeNewId(id: string): boolean {
    const bytes = Buffer.from(id)
    return this.#ids.add(bytes, 0, bytes.length, 0) < 0
  }

  groups(): readonly ProblemGroup[] {
    return this.#groups.groups()
  }

  verdictOf(line: number): LineVerdict {
    const bits = this.#marks.get(line)
    if ((bits & WRONG) === 0) return 'right'
    return (bits & BEYOND_REPAIR) === 0 ? 'repairable' : 'wrong'
  }

  totals(): RecordTotals {
    return {
      lines: this.#lines,
      records: this.#records,
      bytes: this.#bytes,
      wrongLines: this.#wrongLines,
      text: {...this.#text},
      maxOutputTokens: this.#maxOutputTokens,
      images: this.#images,
      s3Media: this.#s3Media,
      longestRecordBytes: this.#longest,
    }
  }

  #addLine(rows: BlockRows, row: number, offset: number, length: number): void {
    const line = this.#lines + row + 1
    const marks = rows.marks(row)
    const isRepeat = (marks & MARKED.hasId) !== 0 && this.#cameBefore(rows.high(row), rows.low(row), line)
    this.#bytes += length
    if ((marks & MARKED.blank) === 0) this.#records += 1
    if (isRepeat || (marks & MARKED.wrong) !== 0) {
      this.#wrongLines += 1
      const beyondRepair = isRepeat || (marks & MARKED.beyondRepair) !== 0
      this.#marks.set(line, WRONG | (beyondRepair ? BEYOND_REPAIR : 0))
      return
    }
    this.#longest = Math.max(this.#longest, length)
    rows.readStats(row, this.#stats)
    this.#sumUp(this.#stats)
    this.#onRecord?.(offset, length, {...this.#stats})
  }

  #sumUp(stats: BodyStats): void {
    const {maxOutputTokens, images, s3Media} = stats
    this.#text.add(stats)
    this.#images += images
    this.#s3Media += s3Media
    const sum = this.#maxOutputTokens
    this.#maxOutputTokens = sum === undefined || maxOutputTokens === undefined ? undefined : sum + maxOutputTokens
  }

  #cameBefore(high: number, low: number, line: number): boolean {
    const firstLine = this.#ids.addHash(high, low, line)
    if (firstLine < 0) return false
    this.repeats += 1
    if (this.repeated.length < KEPT_REPEATS) this.repeated.push({line, firstLine})
    return true
  }
}

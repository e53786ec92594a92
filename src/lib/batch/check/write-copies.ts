import {blocksOf} from '../../jsonl/blocks-of.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {type DraftFile, openDraft} from '../../jsonl/draft-file.js'
import {type CopyCounts, LineCopy} from '../../jsonl/line-copy.js'
import type {Line} from '../../jsonl/line-cutter.js'
import {readLines} from '../../jsonl/lines.js'
import {familyById} from '../bodies/family-of.js'
import type {CheckSettings} from './check-settings.js'
import {isBlank} from './line-judge.js'
import type {LineVerdict, RecordCheck} from './record-check.js'
import {LineRepair} from './repair-line.js'

export interface CopyTargets {
  /** Takes the whole input, mended. */
  readonly fixed: string | undefined
  /** Takes the lines that are wrong, as they are; then the copy does not have them. */
  readonly rejects: string | undefined
}

export interface FixedCounts extends CopyCounts {
  /** Lines that were changed, or taken out for being blank. */
  readonly repaired: number
  /** Lines in it that still are wrong. */
  readonly wrong: number
}

export interface CopiesWritten {
  readonly fixed: FixedCounts | undefined
  readonly rejects: CopyCounts | undefined
}

/** Reads the input again and writes what was asked for. Lines that need no change are copied as the bytes they are. */
export async function writeCopies(
  source: ByteSource,
  settings: CheckSettings,
  check: RecordCheck,
  targets: CopyTargets,
  signal?: AbortSignal,
): Promise<CopiesWritten> {
  const drafts: DraftFile[] = []
  const open = async (file: string | undefined, flag: string): Promise<LineCopy | undefined> => {
    if (file === undefined) return undefined
    const draft = await openDraft(file, flag)
    drafts.push(draft)
    return new LineCopy(file, draft)
  }
  try {
    const fixed = await open(targets.fixed, '--fix')
    const rejects = await open(targets.rejects, '--rejects')
    const family = settings.family && familyById(settings.family, settings.facts)
    const repair = new LineRepair(settings, family, check.takeNewId)
    const sorter = new LineSorter(check, repair, fixed, rejects)
    let linesBefore = 0
    for (const range of blocksOf(source.bytes)) {
      const {lines} = await readLines(source, {range, maxLineBytes: settings.maxLineBytes, signal}, (line) =>
        sorter.sort(line, linesBefore + line.number),
      )
      linesBefore += lines
      await fixed?.flush()
      await rejects?.flush()
      await sorter.copyLong(source, signal)
    }
    const {repaired, wrong} = sorter
    for (const draft of drafts) await draft.keep()
    return {fixed: fixed && {...fixed.counts(), repaired, wrong}, rejects: rejects?.counts()}
  } finally {
    for (const draft of drafts) await draft.drop()
  }
}

/** A line that is not in memory, and where it goes. */
interface LongLine {
  readonly copy: LineCopy
  readonly start: number
  readonly end: number
}

/** Sends each line where it belongs. */
class LineSorter {
  repaired = 0
  wrong = 0
  readonly #check: RecordCheck
  readonly #repair: LineRepair
  readonly #fixed: LineCopy | undefined
  readonly #rejects: LineCopy | undefined
  #long: LongLine[] = []

  constructor(check: RecordCheck, repair: LineRepair, fixed: LineCopy | undefined, rejects: LineCopy | undefined) {
    this.#check = check
    this.#repair = repair
    this.#fixed = fixed
    this.#rejects = rejects
  }

  sort(line: Line, number: number): void {
    const verdict = this.#check.verdictOf(number)
    const isRejected = this.#fixed ? verdict === 'wrong' : verdict !== 'right'
    const rejects = isRejected ? this.#rejects : undefined
    const copy = rejects ?? this.#fixed
    if (!copy) return
    if (verdict === 'wrong' && !rejects) this.wrong += 1
    if (line.isTooLong) this.#long.push({copy, start: line.offset, end: line.offset + line.length})
    else if (rejects) rejects.putRaw(line)
    else this.#mend(copy, line, number, verdict)
  }

  /** Lines longer than a part of the input: the last that start in it. */
  async copyLong(source: ByteSource, signal?: AbortSignal): Promise<void> {
    for (const {copy, start, end} of this.#long) await copy.putRange(source, start, end, signal)
    this.#long = []
  }

  #mend(copy: LineCopy, line: Line, number: number, verdict: LineVerdict): void {
    if (isBlank(line)) {
      this.repaired += 1
      return
    }
    const mended = verdict === 'wrong' ? undefined : this.#repair.repair(line, number)
    const isFramedWrong = line.hasMark || line.ending !== '\n'
    if (mended || isFramedWrong) this.repaired += 1
    else if (verdict === 'repairable') this.wrong += 1
    copy.putText(mended ?? line.bytes.subarray(line.start, line.end))
  }
}

import type {LineCopy} from '../../jsonl/line-copy.js'
import type {Line} from '../../jsonl/line-cutter.js'
import type {DatasetCode} from '../datasets/check-codes.js'
import type {RowJudge} from '../datasets/row-judge.js'
import type {PreparedCopy} from './customization-check.schema.js'
import {prepareRow} from './prepare-row.js'
import type {RowIndex} from './row-index.js'

/** A line that is not in memory, and where it goes. */
export interface LongLine {
  readonly to: LineCopy
  readonly start: number
  readonly end: number
}

/** Sends each line of one file where it belongs, mended. */
export class CopySorter {
  readonly #judge: RowJudge
  readonly #index: RowIndex
  readonly #linesBefore: number
  readonly #copy: LineCopy | undefined
  readonly #rejects: LineCopy | undefined
  readonly #repaired = new Map<DatasetCode, number>()
  readonly #dropped = new Map<DatasetCode, number>()
  #wrong = 0
  #long: LongLine[] = []

  constructor(
    judge: RowJudge,
    index: RowIndex,
    linesBefore: number,
    copy: LineCopy | undefined,
    rejects: LineCopy | undefined,
  ) {
    this.#judge = judge
    this.#index = index
    this.#linesBefore = linesBefore
    this.#copy = copy
    this.#rejects = rejects
  }

  sort(line: Line, number: number): void {
    const {row} = this.#judge
    const {text, repaired} = prepareRow(this.#judge, line, number)
    if (this.#judge.isBlank) {
      count(this.#dropped, 'empty-line')
      return
    }
    const isRejected = row.isWrong && !row.isDropped && this.#rejects !== undefined
    const reason = row.dropped[0] ?? (isRejected ? undefined : this.#repeatOf(number))
    if (reason !== undefined) count(this.#dropped, reason)
    if (isRejected || reason !== undefined) {
      this.#putRaw(this.#rejects, line)
      return
    }
    if (row.isWrong) this.#wrong += 1
    this.#note(line, repaired)
    if (line.isTooLong) this.#putRaw(this.#copy, line)
    else this.#copy?.putText(text ?? line.bytes.subarray(line.start, line.end))
  }

  #note(line: Line, repaired: Iterable<DatasetCode>): void {
    for (const code of repaired) count(this.#repaired, code)
    if (line.hasMark) count(this.#repaired, 'byte-order-mark')
    if (line.ending !== '\n' && !line.isTooLong) count(this.#repaired, 'line-ending')
  }

  /** Lines that have to be copied once what is before them is written. */
  takeLong(): readonly LongLine[] {
    return this.#long.splice(0)
  }

  counts(): Pick<PreparedCopy, 'repaired' | 'dropped' | 'wrong'> {
    return {
      repaired: Object.fromEntries(this.#repaired),
      dropped: Object.fromEntries(this.#dropped),
      wrong: this.#wrong,
    }
  }

  #repeatOf(number: number): DatasetCode | undefined {
    const ordinal = this.#linesBefore + number - 1
    const repeat = this.#index.add(this.#judge.row, ordinal)
    if (repeat === undefined) return undefined
    if (repeat.ordinal < this.#linesBefore) return 'leakage'
    return repeat.what === 'row' ? 'duplicate' : undefined
  }

  #putRaw(to: LineCopy | undefined, line: Line): void {
    if (!to) return
    if (line.isTooLong) this.#long.push({to, start: line.offset, end: line.offset + line.length})
    else to.putRaw(line)
  }
}

function count(counts: Map<DatasetCode, number>, code: DatasetCode): void {
  counts.set(code, (counts.get(code) ?? 0) + 1)
}

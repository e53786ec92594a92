import {readLines} from '../../jsonl/lines.js'
import type {DatasetCode} from '../datasets/check-codes.js'
import type {RowJudge} from '../datasets/row-judge.js'
import type {FileReading} from './read-file.js'
import type {Repeat} from './row-index.js'

export type RepeatCode = Extract<DatasetCode, 'duplicate' | 'conflicting' | 'leakage'>

/** A row and the one before it with which it has something in common. */
export interface RepeatPair extends Repeat {
  readonly code: RepeatCode
  readonly later: number
}

export interface RepeatGroup {
  readonly code: RepeatCode
  readonly what: Repeat['what']
  readonly count: number
  readonly pairs: readonly RepeatPair[]
}

/** So many of each kind are read again, byte by byte; of S3, each is a request. */
const VERIFIED = 20

/** Rows that repeat others, by what that means: counts, and the first of each. */
export class RepeatTally {
  readonly #groups = new Map<string, {code: RepeatCode; what: Repeat['what']; count: number; pairs: RepeatPair[]}>()

  /** `linesBefore`: rows with smaller ordinals are of another file. */
  add(later: number, {ordinal, what}: Repeat, linesBefore: number): void {
    const code = ordinal < linesBefore ? 'leakage' : what === 'row' ? 'duplicate' : 'conflicting'
    const group = this.#groups.get(`${code} ${what}`) ?? {code, what, count: 0, pairs: []}
    if (group.count === 0) this.#groups.set(`${code} ${what}`, group)
    group.count += 1
    if (group.pairs.length < VERIFIED) group.pairs.push({code, what, ordinal, later})
  }

  /** Reads the first pairs of each kind again, and lets go those whose hashes alone are the same. */
  async verified(
    files: readonly FileReading[],
    judge: RowJudge,
    signal?: AbortSignal,
  ): Promise<readonly RepeatGroup[]> {
    const groups: RepeatGroup[] = []
    for (const {code, what, count, pairs} of this.#groups.values()) {
      const kept: RepeatPair[] = []
      for (const pair of pairs) {
        const before = await canonical(files, pair.ordinal, what, judge, signal)
        const later = await canonical(files, pair.later, what, judge, signal)
        if (before.equals(later)) kept.push(pair)
      }
      if (kept.length > 0) groups.push({code, what, count: count - pairs.length + kept.length, pairs: kept})
    }
    return groups
  }
}

/** The bytes that a row, or its prompt, is compared by. */
async function canonical(
  files: readonly FileReading[],
  ordinal: number,
  what: Repeat['what'],
  judge: RowJudge,
  signal?: AbortSignal,
): Promise<Buffer> {
  const {file, line} = placeOf(files, ordinal)
  const start = file.offsets.at(line - 1)
  const {row} = judge
  let found = Buffer.alloc(0)
  row.spans = []
  await readLines(file.source, {range: {start, end: start + 1}, signal}, (one) => {
    judge.judge(one, line)
    found = Buffer.concat(what === 'row' ? (row.spans ?? []) : row.promptSpans())
  })
  row.spans = undefined
  return found
}

/** The line of an ordinal, in the file that has it. */
export function placeOf(
  files: readonly FileReading[],
  ordinal: number,
): {readonly file: FileReading; readonly line: number} {
  const file = files.findLast(({linesBefore}) => linesBefore <= ordinal)
  if (!file) throw new Error(`no file has row ${ordinal}`)
  return {file, line: ordinal - file.linesBefore + 1}
}

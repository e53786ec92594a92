import type {Line} from '../../jsonl/line-cutter.js'
import type {ByteEdit} from '../../jsonl/tape-edits.js'
import type {DatasetCode} from '../datasets/check-codes.js'
import type {RowJudge} from '../datasets/row-judge.js'

/** Edits of neighbours touch each other, so some wait for the next round. */
const MOST_ROUNDS = 8

/** What became of a row; the judge holds the row as it is then. */
export interface PreparedRow {
  /** Undefined where not a byte of it changes. */
  readonly text: Buffer | undefined
  /** What was wrong and is not any more. */
  readonly repaired: ReadonlySet<DatasetCode>
}

/** Mends a row by changing the bytes that are wrong and no others. */
export function prepareRow(judge: RowJudge, line: Line, number: number): PreparedRow {
  const {row} = judge
  const repaired = new Set<DatasetCode>()
  let text: Buffer | undefined
  let current: Line = {...line, hasMark: false, ending: '\n'}
  for (let round = 0; ; round += 1) {
    judge.judge(current, number)
    if (row.edits.length === 0 || row.isDropped || round === MOST_ROUNDS) break
    for (const code of row.mended) repaired.add(code)
    text = edited(current, row.edits)
    current = {...current, bytes: text, start: 0, end: text.length}
  }
  return {text, repaired}
}

/** The line with edits made, in the order of their places; of two that overlap, the first: the rest is found again. */
function edited({bytes, end, start}: Line, edits: readonly ByteEdit[]): Buffer {
  const parts: Buffer[] = []
  let position = start
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < position || edit.end > end) continue
    parts.push(bytes.subarray(position, edit.start), Buffer.from(edit.text))
    position = edit.end
  }
  return Buffer.concat([...parts, bytes.subarray(position, end)])
}

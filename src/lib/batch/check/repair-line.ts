import type {Line} from '../../jsonl/line-cutter.js'
import type {ByteEdit} from '../../jsonl/tape-edits.js'
import {memberInsertion} from '../../jsonl/tape-edits.js'
import type {BodyFamily} from '../bodies/family.js'
import {MARKED} from './block-rows.js'
import type {CheckSettings} from './check-settings.js'
import {LineJudge} from './line-judge.js'

/** Edits of neighbours touch each other, so some wait for the next round; no record is known to need four. */
const MOST_ROUNDS = 8

/** Mends lines by changing the bytes that are wrong and no others. */
export class LineRepair {
  readonly #judge: LineJudge
  readonly #takeNewId: (id: string) => boolean

  /** `takeNewId` says whether nothing has that id, and from then on something has. */
  constructor(settings: CheckSettings, family: BodyFamily | undefined, takeNewId: (id: string) => boolean) {
    this.#judge = new LineJudge(settings, family)
    this.#takeNewId = takeNewId
  }

  /** The mended text of a line without what ends it; undefined where it is right as it is, or cannot be mended. */
  repair(line: Line, number: number): Buffer | undefined {
    let mended: Buffer | undefined
    let current: Line = {...line, hasMark: false, ending: '\n'}
    for (let round = 0; ; round += 1) {
      this.#judge.judge(current)
      if ((this.#judge.marks & MARKED.beyondRepair) !== 0) return undefined
      const edits = [...this.#judge.edits, ...this.#idOf(current, number)]
      if (edits.length === 0 || round === MOST_ROUNDS) break
      mended = edited(current, edits)
      current = {...current, bytes: mended, start: 0, end: mended.length}
    }
    return (this.#judge.marks & MARKED.wrong) === 0 ? mended : undefined
  }

  /** An id for a record that has none. */
  #idOf({bytes, start, end}: Line, number: number): readonly ByteEdit[] {
    const {tape} = this.#judge
    if (this.#judge.id >= 0 || start === end || bytes[tape.start(0)] !== 0x7b) return []
    const plain = `line${String(number).padStart(9, '0')}`
    let id = plain
    for (let more = 2; !this.#takeNewId(id); more += 1) id = `${plain}x${more}`
    return [memberInsertion(tape, tape.root, 'recordId', JSON.stringify(id))]
  }
}

/** The line with edits made, in the order of their places; of two that overlap, the first: the rest is found again. */
function edited({bytes, start, end}: Line, edits: readonly ByteEdit[]): Buffer {
  const parts: Buffer[] = []
  let position = start
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < position || edit.end > end) continue
    parts.push(bytes.subarray(position, edit.start), Buffer.from(edit.text))
    position = edit.end
  }
  return Buffer.concat([...parts, bytes.subarray(position, end)])
}

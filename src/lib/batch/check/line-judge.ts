import {hashId, type IdHash} from '../../jsonl/id-index.js'
import {JsonTape} from '../../jsonl/json-tape.js'
import type {Line} from '../../jsonl/line-cutter.js'
import {ProblemGroups} from '../../jsonl/problem-groups.js'
import type {ByteEdit} from '../../jsonl/tape-edits.js'
import {countTokens, highestMean, NO_TEXT} from '../../jsonl/text-measure.js'
import type {BodyProblem} from '../bodies/body-problem.js'
import type {BodyFamily, BodyStats} from '../bodies/family.js'
import {MARKED} from './block-rows.js'
import type {CheckSettings} from './check-settings.js'
import * as about from './line-problems.js'
import * as record from './record-problems.js'

/** A body that was not judged asks nothing that is known. */
const NOTHING: BodyStats = {...NO_TEXT, maxOutputTokens: undefined, images: 0, s3Media: 0}

/** Letters and digits, by their bytes. */
const ALPHANUMERIC = Uint8Array.from({length: 256}, (_, byte) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** Judges one line after the other. What it says of the last one stands in its fields until the next. */
export class LineJudge {
  marks = 0
  stats = NOTHING
  readonly hash: IdHash = [0, 0]
  /** Repairs of the record, as bytes of the line's buffer. */
  readonly edits: ByteEdit[] = []
  readonly tape = new JsonTape()
  /** The node of the recordId; -1 without one. */
  id = -1
  readonly #settings: CheckSettings
  readonly #family: BodyFamily | undefined
  #groups = new ProblemGroups()
  readonly #report: (problem: BodyProblem) => void
  readonly #recordId = () => (this.id < 0 ? undefined : this.tape.text(this.id))
  #number = 0
  /** The most tokens that a character is, by the means of scripts. */
  readonly #highestRate: number

  constructor(settings: CheckSettings, family: BodyFamily | undefined) {
    this.#settings = settings
    this.#family = family
    this.#highestRate = settings.context ? highestMean(settings.context.rates) : 0
    this.#report = (problem) => {
      if (problem.edit) this.edits.push(problem.edit)
      this.#tell(problem)
    }
  }

  judge(line: Line): void {
    this.marks = 0
    this.id = -1
    this.stats = NOTHING
    this.#number = line.number
    if (this.edits.length > 0) this.edits.length = 0
    if (line.hasMark) this.#tell(about.MARK)
    if (line.isTooLong) {
      this.#tell(about.tooLong(line.length, this.#settings.maxLineBytes))
      return
    }
    if (isBlank(line)) {
      this.marks |= MARKED.blank
      this.#tell(about.BLANK)
      return
    }
    if (line.ending !== '\n') this.#tell(line.ending === '' ? about.NO_FINAL_NEWLINE : about.CRLF)
    if (line.isUtf8) this.#judgeText(line)
    else this.#tell(about.NOT_UTF8)
  }

  /** Problems from here on go there. */
  tellTo(groups: ProblemGroups): void {
    this.#groups = groups
  }

  #judgeText(line: Line): void {
    const {tape} = this
    const {bytes, start, end} = line
    const fault = tape.scan(bytes, start, end)
    if (fault) {
      const zero = bytes.indexOf(0, start)
      this.#tell(zero >= 0 && zero < end ? about.NUL_BYTE : about.faulty(fault, line))
    } else if (tape.isObject(tape.root)) this.#judgeRecord(bytes)
    else this.#tell(record.NOT_AN_OBJECT)
  }

  #judgeRecord(bytes: Buffer): void {
    const {tape} = this
    let id = -1
    let input = -1
    let hasOthers = false
    for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
      if (tape.equals(key, 'recordId')) id = key + 1
      else if (tape.equals(key, 'modelInput')) input = key + 1
      else hasOthers = true
    }
    this.id = id
    for (const {code} of tape.notes) this.#tell(about.noted(code))
    if (input < 0 && tape.member(0, 'custom_id') >= 0 && tape.member(0, 'body') >= 0) {
      this.#tell(record.OPENAI_RECORD)
      return
    }
    if (hasOthers) this.#tellOthers()
    this.#judgeId(bytes, id)
    this.#judgeInput(input)
  }

  /** Members beside the id and the input. */
  #tellOthers(): void {
    const {tape} = this
    for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
      if (tape.equals(key, 'recordId') || tape.equals(key, 'modelInput')) continue
      this.#tell(record.otherMember(tape.text(key).slice(0, 80)))
    }
  }

  #judgeId(bytes: Buffer, id: number): void {
    const {tape} = this
    if (id < 0) this.#tell(record.ID_MISSING)
    else if (!tape.isString(id)) this.#tell(record.ID_NOT_TEXT)
    else if (tape.isEscaped(id)) this.#judgeIdText(Buffer.from(tape.text(id)), 0, -1)
    else this.#judgeIdText(bytes, tape.start(id) + 1, tape.end(id) - 1)
  }

  #judgeIdText(bytes: Buffer, start: number, bound: number): void {
    const end = bound < 0 ? bytes.length : bound
    if (start === end) {
      this.#tell(record.ID_EMPTY)
      return
    }
    this.marks |= MARKED.hasId
    hashId(bytes, start, end, this.#settings.idSeed, this.hash)
    if (end - start > record.LONG_ID) this.#tell(record.ID_LONG)
    for (let index = start; index < end; index += 1) {
      if (ALPHANUMERIC[bytes[index] ?? 0] === 1) continue
      this.#tell(record.ID_CHARACTERS)
      return
    }
  }

  #judgeInput(input: number): void {
    if (input < 0) this.#tell(record.INPUT_MISSING)
    else if (!this.tape.isObject(input)) this.#tell(record.INPUT_NOT_OBJECT)
    else if (this.#family) {
      this.stats = this.#family.judge(this.tape, input, this.#report)
      this.#judgeLength(this.stats)
    }
  }

  /** Nobody counted the tokens: only what cannot fit by any count is an error. */
  #judgeLength(stats: BodyStats): void {
    const rule = this.#settings.context
    if (rule === undefined) return
    const {contextTokens, rates} = rule
    // What cannot be near the window by the highest rates is not counted: nearly all records.
    const characters = Math.max(stats.textCharacters, stats.alphabets + stats.ideographs + stats.others)
    const most = characters * this.#highestRate + stats.messages * rates.messages.mean
    if (most + (stats.maxOutputTokens ?? 0) <= contextTokens) return
    const {low, mean} = countTokens(stats, rates)
    if (low > contextTokens) this.#tell(record.beyondContext(contextTokens))
    else if (mean + (stats.maxOutputTokens ?? 0) > contextTokens) this.#tell(record.nearContext(contextTokens))
  }

  #tell({code, severity, path, text, fixable}: about.Told): void {
    if (severity === 'error') this.marks |= fixable === true ? MARKED.wrong : MARKED.wrong | MARKED.beyondRepair
    this.#groups.add({code, severity, path, text, fixable, line: this.#number}, this.#recordId)
  }
}

/** Whether a line holds nothing but blanks. */
export function isBlank({bytes, start, end}: Line): boolean {
  let index = start
  while (index < end && (bytes[index] === 0x20 || bytes[index] === 0x09 || bytes[index] === 0x0d)) index += 1
  return index === end
}

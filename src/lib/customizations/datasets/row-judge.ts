import {sizeWords} from '../../core/text.js'
import type {JsonFault, JsonNote} from '../../jsonl/json-fault.js'
import type {Line} from '../../jsonl/line-cutter.js'
import {MOST_LINE_BYTES} from '../../jsonl/lines.js'
import type {TextMeasure, TokenRates} from '../../jsonl/text-measure.js'
import type {DatasetRules, RowFormatId} from './dataset-rules.js'
import {judgeClaude, judgeReinforcement} from './formats/chat-messages.js'
import {judgeConverse} from './formats/converse.js'
import {judgeImageCaption} from './formats/image-caption.js'
import {judgePromptCompletion, judgeText} from './formats/prompt-completion.js'
import {Row} from './row.js'

const FORMATS: Readonly<Record<RowFormatId, (row: Row) => void>> = {
  'prompt-completion': judgePromptCompletion,
  converse: judgeConverse,
  prompts: judgeConverse,
  claude: judgeClaude,
  text: judgeText,
  image: judgeImageCaption,
  rft: judgeReinforcement,
}

/** Fixed where the row is written anew, without an edit of its bytes. */
const BY_FRAME = {edits: []} as const

/** Judges one line after the other; what it says of the last one stands in its row until the next. */
export class RowJudge {
  readonly row: Row
  /** Whether the line holds nothing but blanks. */
  isBlank: boolean = false
  /** Tokens of the last row, by the means of scripts. */
  tokens = 0
  readonly #judgeFormat: (row: Row) => void
  readonly #rates: TokenRates

  constructor(rules: DatasetRules, rates: TokenRates, seed: number) {
    this.row = new Row(rules, seed)
    this.#judgeFormat = FORMATS[rules.format]
    this.#rates = rates
  }

  judge(line: Line, number: number): void {
    const {row} = this
    row.begin(number)
    this.tokens = 0
    this.isBlank = false
    if (line.hasMark) {
      row.tell('byte-order-mark', undefined, 'The file starts with a byte order mark, which is no JSON.', BY_FRAME)
    }
    if (line.isTooLong) {
      const text = `The line has ${sizeWords(line.length)} and was not read: no row has more than ${sizeWords(MOST_LINE_BYTES)}.`
      row.tell('json-bomb', undefined, text)
      return
    }
    if (isBlank(line)) {
      this.isBlank = true
      row.tell('empty-line', undefined, 'The line is blank.', BY_FRAME)
      return
    }
    if (line.ending !== '\n') this.#tellEnding(line.ending)
    if (line.isUtf8) this.#judgeText(line)
    else row.tell('encoding', undefined, 'The line is not UTF-8.')
  }

  #judgeText(line: Line): void {
    const {row} = this
    const {tape} = row
    const fault = tape.scan(line.bytes, line.start, line.end)
    if (fault) {
      this.#tellFault(fault, line)
      return
    }
    if (!tape.isObject(tape.root)) {
      const isList = tape.isArray(tape.root)
      row.tell('json', undefined, isList ? ARRAY : 'The line is JSON, but no object.')
      return
    }
    if (tape.notes.length > 0 && !this.#tellNotes(tape.notes)) return
    this.#judgeFormat(row)
    if (row.isMisshapen) row.hasHash = false
    this.#judgeLength(line)
  }

  #tellFault({code, offset, what}: JsonFault, line: Line): void {
    const {row} = this
    const {bytes, start, end} = line
    const zero = bytes.indexOf(0, start)
    if (zero >= 0 && zero < end) {
      row.tell('encoding', undefined, 'The line holds bytes that are zero, as a write that was cut off leaves them.')
    } else if (code === 'JSON_TOO_LARGE') row.tell('json-bomb', undefined, `The line is no row: ${what}.`)
    else {
      const place = `first at byte ${offset - start + 1} of its line`
      row.tell('json', undefined, otherText(line, row.number) ?? `This is no JSON: ${what} (${place}).`)
    }
  }

  /** False where the row is not looked at further. */
  #tellNotes(notes: readonly JsonNote[]): boolean {
    const {row} = this
    for (const {code} of notes) {
      if (code === 'JSON_DEEP') {
        row.tell('json-bomb', undefined, 'Values are nested deeper than 64 levels: no row of any format is.')
        return false
      }
      if (code === 'JSON_DUPLICATE_KEY') row.tell('json-key-twice', undefined, 'A key stands twice in an object.')
      else if (code === 'JSON_LONE_SURROGATE') {
        row.tell('json-escape', undefined, 'Half of a surrogate pair is escaped: it becomes a replacement character.')
      } else if (code === 'JSON_NUL') {
        row.tell('json-escape', undefined, 'A text holds \\u0000: some readers end there.')
      }
    }
    return true
  }

  #tellEnding(ending: Line['ending']): void {
    const text = ending === '' ? 'The last line does not end with a line feed.' : 'Lines end with CR LF.'
    this.row.tell('line-ending', undefined, text, BY_FRAME)
  }

  #judgeLength(line: Line): void {
    const {row} = this
    const {rules} = row
    if (rules.lineBytes !== null && line.end - line.start > rules.lineBytes) {
      row.tell('line-size', undefined, `The line has more than ${sizeWords(rules.lineBytes)}.`)
    }
    const input = meanTokens(row.input, this.#rates)
    const output = meanTokens(row.output, this.#rates)
    this.tokens = input + output
    const {tokens} = rules
    const texts = row.input.textCharacters
    const answers = row.output.textCharacters
    this.#hold('prompt', texts, input, tokens.input)
    this.#hold('answer', answers, output, tokens.output)
    this.#hold('row', texts + answers, input + output, tokens.sum)
  }

  #hold(what: string, characters: number, estimate: number, limit: number | null): void {
    if (limit === null) return
    const {charactersPerToken} = this.row.rules
    if (characters > limit * charactersPerToken) {
      const most = (limit * charactersPerToken).toLocaleString('en-US')
      this.row.tell(
        'tokens-hard',
        what,
        `The ${what} has more than ${most} characters, ${charactersPerToken} for each of ${limit.toLocaleString('en-US')} tokens.`,
      )
    } else if (estimate > limit) {
      this.row.tell(
        'tokens-estimate',
        what,
        `The ${what} has more than ${limit.toLocaleString('en-US')} tokens, as estimated from its characters.`,
      )
    }
  }
}

const ARRAY = `The file looks like one JSON array: write each item on a line of its own (jq -c '.[]' FILE).`

/** What a first line that is no JSON is the beginning of. */
function otherText({bytes, start, end}: Line, number: number): string | undefined {
  const first = bytes[start]
  if (first === 0x5b) return ARRAY
  if (number !== 1) return undefined
  if (first === 0x7b && end - start < 3) {
    return 'One object stands on several lines: write each on a line of its own (jq -c . FILE).'
  }
  const comma = bytes.indexOf(0x2c, start)
  if (first !== 0x7b && comma > start && comma < end) {
    return 'The first line looks like the head of a CSV table: write each of its rows as a JSON object.'
  }
  return undefined
}

/** Tokens by the means of scripts; not rounded. */
function meanTokens({alphabets, ideographs, messages, others, textCharacters}: TextMeasure, rates: TokenRates): number {
  return (
    (textCharacters - alphabets - ideographs - others) * rates.latin.mean +
    alphabets * rates.alphabets.mean +
    ideographs * rates.ideographs.mean +
    others * rates.others.mean +
    messages * rates.messages.mean
  )
}

function isBlank({bytes, start, end}: Line): boolean {
  let index = start
  while (index < end && (bytes[index] === 0x20 || bytes[index] === 0x09 || bytes[index] === 0x0d)) index += 1
  return index === end
}

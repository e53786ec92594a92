import {hashId, type IdHash} from '../../jsonl/id-index.js'
import {JsonTape} from '../../jsonl/json-tape.js'
import type {LineProblem, ProblemGroups} from '../../jsonl/problem-groups.js'
import {type ByteEdit, memberRemoval} from '../../jsonl/tape-edits.js'
import {countBeyondLatin, TextSum} from '../../jsonl/text-measure.js'
import {DATASET_RULES, type DatasetCode} from './check-codes.js'
import type {DatasetRules, Medium} from './dataset-rules.js'
import {FOUND, TextScan} from './text-scan.js'

export interface ToldMore {
  /** That of the rule when not given. */
  readonly level?: 'error' | 'warning' | undefined
  /** What mends it, as bytes of the row's buffer. */
  readonly edits?: readonly ByteEdit[] | undefined
  /** Mended by leaving the row out. */
  readonly drop?: boolean | undefined
}

/** A medium that a row names. */
export interface NamedMedium {
  readonly kind: Medium
  readonly uri: string
}

export type Side = 'input' | 'output'

const NO_MORE: ToldMore = {}
const MOST_NAME = 60
/** A blank text is looked for in texts up to this length. */
const BLANK_UP_TO = 16

/** One row after the other while it is judged: what was read of it, and what was found wrong. */
export class Row {
  readonly tape = new JsonTape()
  readonly rules: DatasetRules
  /** Of the row, once `hasHash`: of all that is trained on, whatever the order of members and blanks between. */
  readonly hash: IdHash = [0, 0]
  /** As `hash`, of all before the last answer; once `hasPrompt`. */
  readonly prompt: IdHash = [0, 0]
  hasHash: boolean = false
  hasPrompt: boolean = false
  readonly input = new TextSum()
  readonly output = new TextSum()
  readonly media: NamedMedium[] = []
  images = 0
  videos = 0
  documents = 0
  /** A value is missing or of another type: it cannot be held against other rows. */
  isMisshapen: boolean = false
  /** Something about it must be mended. */
  isWrong: boolean = false
  /** Something about it must be mended and is not by edits. */
  isBeyondRepair: boolean = false
  /** Mended by leaving it out. */
  isDropped: boolean = false
  readonly edits: ByteEdit[] = []
  readonly dropped: DatasetCode[] = []
  readonly mended: DatasetCode[] = []
  /** When wanted, the bytes that the hash is of. */
  spans: Buffer[] | undefined
  /** Whether what edits put in is made; else it is only told that there are some. */
  wantsEdits: boolean = false
  number = 0
  #spansOfPrompt = 0
  #groups: ProblemGroups | undefined
  readonly #scan: TextScan
  readonly #seed: number
  readonly #part: IdHash = [0, 0]
  #node = 0
  readonly #decoded = () => this.tape.text(this.#node)

  constructor(rules: DatasetRules, seed: number) {
    this.rules = rules
    this.#seed = seed
    this.#scan = new TextScan(rules.reservesWords)
  }

  begin(number: number): void {
    this.number = number
    this.hasHash = false
    this.hasPrompt = false
    this.hash[0] = this.#seed
    this.hash[1] = 0
    this.input.reset()
    this.output.reset()
    this.images = 0
    this.videos = 0
    this.documents = 0
    this.isMisshapen = false
    this.isWrong = false
    this.isBeyondRepair = false
    this.isDropped = false
    if (this.media.length > 0) this.media.length = 0
    if (this.edits.length > 0) this.edits.length = 0
    if (this.mended.length > 0) this.mended.length = 0
    if (this.dropped.length > 0) this.dropped.length = 0
    if (this.spans !== undefined) this.spans = []
  }

  /** What is told from here on goes there; nowhere when undefined. */
  tellTo(groups: ProblemGroups | undefined): void {
    this.#groups = groups
  }

  tell(
    code: DatasetCode,
    path: string | undefined,
    text: LineProblem['text'],
    {level, edits, drop}: ToldMore = NO_MORE,
  ): void {
    const severity = level ?? (DATASET_RULES[code].level === 'error' ? 'error' : 'warning')
    const fixable = edits !== undefined || drop === true
    if (edits) {
      this.edits.push(...edits)
      this.mended.push(code)
    }
    if (drop === true) {
      this.isDropped = true
      this.dropped.push(code)
    }
    if (severity === 'error') {
      this.isWrong = true
      if (!fixable) this.isBeyondRepair = true
    }
    this.#groups?.add({code, severity, path, text, fixable, line: this.number})
  }

  /** Reads a text that is trained on; a blank one is told, and false. */
  read(node: number, side: Side, path: string): boolean {
    const {tape} = this
    const sum = side === 'input' ? this.input : this.output
    const characters = tape.characters(node)
    sum.textCharacters += characters
    if (tape.isBeyondLatin(node)) countBeyondLatin(tape.text(node), sum)
    this.#mixText(node)
    if (characters === 0 || (characters <= BLANK_UP_TO && tape.text(node).trim() === '')) {
      this.tell('empty-content', path, 'The text is empty or blank, and teaches nothing.', {drop: true})
      return false
    }
    this.scan(node, path)
    return true
  }

  /** Looks over a text that is not trained on as such. */
  scan(node: number, path: string): void {
    const scan = this.#scan
    scan.found = 0
    this.#node = node
    scan.scan(this.tape.buffer, this.tape.start(node) + 1, this.tape.end(node) - 1, this.#decoded)
    if (scan.found !== 0) this.#tellFound(scan.found, path)
  }

  /** Adds bytes to what makes the row another one. */
  mix(bytes: Buffer, start: number, end: number): void {
    const {hash} = this
    const part = this.#part
    hashId(bytes, start, end, hash[0], part)
    hash[0] = part[0]
    hash[1] = (Math.imul(hash[1] ^ part[1], 0x9e3779b1) + part[0]) | 0
    this.spans?.push(Buffer.from(bytes.subarray(start, end)), SPAN_END)
  }

  /** Adds a text, the same however it is escaped. */
  #mixText(node: number): void {
    const {tape} = this
    const start = tape.start(node) + 1
    const end = tape.end(node) - 1
    if (!(tape.isEscaped(node) && hasOtherForm(tape.buffer.subarray(start, end)))) this.mix(tape.buffer, start, end)
    else {
      const text = Buffer.from(JSON.stringify(tape.text(node)).slice(1, -1))
      this.mix(text, 0, text.length)
    }
  }

  /** Adds a value as it is written. */
  mixNode(node: number): void {
    this.mix(this.tape.buffer, this.tape.start(node), this.tape.end(node))
  }

  /** Notes that an answer follows: what was read so far is the prompt. */
  markPrompt(): void {
    this.prompt[0] = this.hash[0]
    this.prompt[1] = this.hash[1]
    this.hasPrompt = true
    this.#spansOfPrompt = this.spans?.length ?? 0
  }

  /** Of the spans, those that the hash of the prompt is of. */
  promptSpans(): readonly Buffer[] {
    return this.spans?.slice(0, this.#spansOfPrompt) ?? []
  }

  /** A value as it is written, for an edit that puts it elsewhere. */
  rawOf(node: number): string {
    return this.wantsEdits ? this.tape.buffer.toString('utf8', this.tape.start(node), this.tape.end(node)) : ''
  }

  /** A member that the format does not have. */
  tellExtra(object: number, key: number, path: string, level: 'error' | 'warning' = 'warning'): void {
    const name = this.tape.text(key).slice(0, MOST_NAME)
    const shown = /^[A-Za-z_][\w.-]*$/.test(name) ? name : '*'
    this.tell('key-extra', `${path}${shown}`, `${this.rules.formatName} have no such key here.`, {
      level,
      edits: [memberRemoval(this.tape, object, key)],
    })
  }

  tellMissing(path: string): void {
    this.isMisshapen = true
    this.tell('key-missing', path, `${this.rules.formatName} need this key.`)
  }

  tellType(path: string, wanted: string): void {
    this.isMisshapen = true
    this.tell('key-type', path, `The value must be ${wanted}.`)
  }

  #tellFound(found: number, path: string): void {
    if ((found & FOUND.reserved) !== 0) {
      this.tell(
        'reserved-word',
        path,
        'The text holds one of User: Bot: Assistant: System: <image> <video> [EOS], in whatever case: Nova fails the job over it.',
      )
    }
    if ((found & FOUND.reservedExtra) !== 0) {
      this.tell('reserved-word-extra', path, 'The text holds Thought: or <unk>, which the AWS validator refuses.')
    }
    const personal = PERSONAL.filter(([bit]) => (found & bit) !== 0).map(([, word]) => word)
    if (personal.length > 0) this.tell('pii', path, `The text looks like it holds ${personal.join(', ')}.`)
    if ((found & (FOUND.awsKey | FOUND.privateKey)) !== 0) {
      this.tell('secret', path, 'The text looks like it holds an access key or a private key.')
    }
  }
}

/** Whether an escape stands there that is not the only way to write what it stands for: of u and of a slash. */
function hasOtherForm(text: Buffer): boolean {
  return text.includes('\\u') || text.includes('\\/')
}

const SPAN_END = Buffer.from([0])
const PERSONAL: readonly (readonly [number, string])[] = [
  [FOUND.email, 'an e-mail address'],
  [FOUND.phone, 'a phone number'],
  [FOUND.card, 'the number of a payment card'],
  [FOUND.iban, 'the number of a bank account'],
  [FOUND.socialSecurity, 'a US social security number'],
]

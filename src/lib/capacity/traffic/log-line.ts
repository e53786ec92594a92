import {JsonTape} from '../../jsonl/json-tape.js'
import type {Line} from '../../jsonl/line-cutter.js'

/** What of one logged invocation decides how much capacity it takes. Prompts and answers are not looked at. */
export interface LoggedCall {
  /** Minutes since 1970, UTC. */
  readonly minute: number
  readonly modelId: string
  readonly region: string | null
  /** The bytes of its id, good until the next line is read; null where it has none. */
  readonly requestId: {readonly bytes: Buffer; readonly start: number; readonly end: number} | null
  readonly isThrottled: boolean
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
  /** null where the body is not in the log, or does not say. */
  readonly maxTokens: number | null
}

/** Why a line counts for nothing: it is no record of an invocation, or the invocation failed and took no tokens. */
export type SkippedLine = 'not-a-record' | 'failed-call'

/** What the families of models call the most tokens that they may write. */
const MOST_TOKENS: readonly (readonly string[])[] = [
  ['inferenceConfig', 'maxTokens'],
  ['inferenceConfig', 'max_new_tokens'],
  ['max_tokens'],
  ['max_completion_tokens'],
  ['max_gen_len'],
  ['textGenerationConfig', 'maxTokenCount'],
]
const BRACE = 0x7b
const MINUTE_MS = 60_000

/** Reads the records of Bedrock's model invocation log, as S3 and CloudWatch Logs have them. */
export class LogLineReader {
  readonly #tape = new JsonTape()

  read({bytes, end, start}: Line): LoggedCall | SkippedLine {
    const from = bytes.indexOf(BRACE, start)
    // An export of CloudWatch Logs writes the time before each record.
    if (from < 0 || from >= end || this.#tape.scan(bytes, from, end) !== undefined) return 'not-a-record'
    const tape = this.#tape
    const at = Date.parse(this.#text(tape.root, 'timestamp') ?? '')
    const modelId = this.#text(tape.root, 'modelId')
    const isRecord = this.#text(tape.root, 'schemaType') === 'ModelInvocationLog'
    if (!isRecord || modelId === null || Number.isNaN(at)) return 'not-a-record'
    const errorCode = this.#text(tape.root, 'errorCode')
    const isThrottled = errorCode !== null && /throttling/i.test(errorCode)
    if (errorCode !== null && !isThrottled) return 'failed-call'
    const input = tape.member(tape.root, 'input')
    return {
      minute: Math.floor(at / MINUTE_MS),
      modelId,
      region: this.#text(tape.root, 'region'),
      requestId: this.#place('requestId'),
      isThrottled,
      input: this.#count(input, 'inputTokenCount'),
      cacheRead: this.#count(input, 'cacheReadInputTokenCount'),
      cacheWrite: this.#count(input, 'cacheWriteInputTokenCount'),
      output: this.#count(tape.member(tape.root, 'output'), 'outputTokenCount'),
      maxTokens: this.#maxTokens(input),
    }
  }

  #maxTokens(input: number): number | null {
    const tape = this.#tape
    const body = input < 0 ? -1 : tape.member(input, 'inputBodyJson')
    if (body < 0) return null
    for (const path of MOST_TOKENS) {
      const node = path.reduce((inside, name) => (inside < 0 ? -1 : tape.member(inside, name)), body)
      if (node >= 0 && tape.isInteger(node)) return Math.max(0, tape.number(node))
    }
    return null
  }

  #text(object: number, name: string): string | null {
    const node = this.#tape.member(object, name)
    return node >= 0 && this.#tape.isString(node) ? this.#tape.text(node) : null
  }

  /** Zero where a count is missing: a log leaves out what was not used. */
  #count(object: number, name: string): number {
    const node = object < 0 ? -1 : this.#tape.member(object, name)
    if (node < 0 || !this.#tape.isInteger(node)) return 0
    const count = this.#tape.number(node)
    return count > 0 && Number.isSafeInteger(count) ? count : 0
  }

  #place(name: string): LoggedCall['requestId'] {
    const tape = this.#tape
    const node = tape.member(tape.root, name)
    if (node < 0 || !tape.isString(node)) return null
    return {bytes: tape.buffer, start: tape.start(node) + 1, end: tape.end(node) - 1}
  }
}

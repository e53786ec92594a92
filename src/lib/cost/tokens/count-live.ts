import {BedrockctlError} from '../../core/errors.js'
import {plural} from '../../core/text.js'
import type {CountableInput, TokenCounter} from './ports.js'
import type {Sample} from './sample.js'

/** Where and with which model is counted. */
export interface CountingPlace {
  readonly region: string
  /** Of the foundation model: no profile counts. */
  readonly modelId: string
}

export interface CountingRun {
  readonly signal?: AbortSignal | undefined
  /** Told after each prompt that was counted. */
  readonly onProgress?: ((counted: number, of: number) => void) | undefined
}

/** What the model counted; or why it counts none of them, in words that repeat no prompt. */
export type LiveCount =
  | {
      readonly kind: 'counted'
      readonly inputs: readonly number[]
      readonly outputs: readonly number[]
      /** Prompts that the model would not take. */
      readonly refused: number
    }
  | {readonly kind: 'unavailable'; readonly why: string}

const AT_ONCE = 8

/** Counts samples with the model itself. What stops the command, such as an interrupt, is thrown. */
export async function countLive(
  samples: readonly Sample[],
  place: CountingPlace,
  counter: TokenCounter,
  run: CountingRun = {},
): Promise<LiveCount> {
  const inputs: number[] = []
  const outputs: number[] = []
  let refused = 0
  let unavailable: string | undefined
  let next = 0
  const count = (input: CountableInput) => counter.countTokens(place.region, place.modelId, input, run.signal)
  const countAnswer = answerCounter(count)
  const one = async (sample: Sample): Promise<void> => {
    try {
      const input = await count(sample.input)
      const output = sample.output === null ? undefined : await countAnswer(sample.output)
      inputs.push(input)
      if (output !== undefined) outputs.push(output)
      run.onProgress?.(inputs.length, samples.length)
    } catch (error) {
      const why = whyUnavailable(error, place)
      if (why === undefined) refused += 1
      else unavailable ??= why
    }
  }
  const work = async (): Promise<void> => {
    for (let index = next++; unavailable === undefined && index < samples.length; index = next++) {
      await one(samples[index] as Sample)
    }
  }

  // The first alone: a model that does not count is asked once.
  const [first] = samples
  if (first !== undefined) await one(samples[next++] as Sample)
  await Promise.all(Array.from({length: Math.min(AT_ONCE, samples.length)}, work))
  if (unavailable !== undefined) return {kind: 'unavailable', why: unavailable}
  return {kind: 'counted', inputs, outputs, refused}
}

const say = (text: string): CountableInput => ({kind: 'converse', messages: [{role: 'user', content: [{text}]}]})

/** Only input is counted: an answer is, as a message less what surrounds one of a single letter. */
function answerCounter(count: (input: CountableInput) => Promise<number>): (text: string) => Promise<number> {
  let letter: Promise<number> | undefined
  return async (text) => {
    if (text.trim() === '') return 0
    const whole = await count(say(text))
    letter ??= count(say('a'))
    return Math.max(0, whole - ((await letter) - 1))
  }
}

/** Undefined when the error is about this one prompt. The text of the service is matched and never repeated. */
function whyUnavailable(error: unknown, {modelId, region}: CountingPlace): string | undefined {
  if (!(error instanceof BedrockctlError)) throw error
  const {code, fault, message} = error
  if (/doesn't support counting tokens/.test(message)) return `CountTokens does not count for ${modelId} in ${region}.`
  if (code === 'NOT_FOUND' || /model identifier is invalid/.test(message)) {
    return `${region} does not offer ${modelId} to count with.`
  }
  if (code === 'VALIDATION') return undefined
  if (code === 'ACCESS_DENIED') return `bedrock:CountTokens is denied in ${region}.`
  if (fault === 'access') return `AWS did not let the caller count in ${region} (${code}).`
  if (fault === 'service') return `CountTokens in ${region} did not answer (${code}).`
  throw error
}

export function refusedWords(refused: number, of: number): string {
  return `${plural(refused, 'prompt')} of ${of} ${refused === 1 ? 'was' : 'were'} refused by CountTokens and left out.`
}

import {usageError} from '../../core/errors.js'
import {estimateSample, estimateText, RULE_AS_OF, ruleFor} from './character-rule.js'
import {type CountingRun, countLive, refusedWords} from './count-live.js'
import type {TokenCounter} from './ports.js'
import {readPrompt, readSamples} from './read-samples.js'
import {Reservoir} from './reservoir.js'
import type {Sample} from './sample.js'
import {countedSpread, EstimateSpread} from './token-spread.js'
import type {TokenStatistics} from './token-statistics.schema.js'

export interface SampleTokensInput {
  /** A file that is one prompt; `-` is standard input. */
  readonly promptFile?: string | undefined
  /** A JSON Lines file of prompts; `-` is standard input. */
  readonly sampleFile?: string | undefined
  /** Of the foundation model, without the prefix of a profile. */
  readonly modelId: string
  readonly region: string
  /** At most so many samples are counted live. */
  readonly most?: number | undefined
}

export interface SampleTokensPorts {
  /** Absent where nothing may be called. */
  readonly counter?: TokenCounter | undefined
  /** Why there is no counter; a sentence. */
  readonly noCounter?: string | undefined
  openFile(path: string): AsyncIterable<Uint8Array>
  now(): Date
}

const MOST = 50
/** Fewer bound nothing. */
const FEWEST = 2
const TOO_FEW = 'Too few prompts were counted to bound the mean.'
const GUESSED = 'Too few answers were drawn to count: theirs go by the character rule.'

/** What one pass over the file keeps. */
interface Reading {
  readonly drawn: Reservoir<Sample>
  readonly inputs: EstimateSpread
  readonly outputs: EstimateSpread
  readonly beyondText: number
  readonly leftOut: number
}

/**
 * How many tokens the prompts of a file have, and the answers expected of them: counted by the model for an even draw of
 * them, or by the character rule for all of them where it cannot count. No prompt is kept, told or logged.
 */
export async function sampleTokens(
  input: SampleTokensInput,
  ports: SampleTokensPorts,
  run: CountingRun = {},
): Promise<TokenStatistics> {
  const reading = await readAll(input, ports, run.signal)
  if (ports.counter === undefined) return byCharacters(input, reading, ports.noCounter ?? 'Nothing was called.')
  const live = await countLive(reading.drawn.items, input, ports.counter, run)
  if (live.kind === 'unavailable') return byCharacters(input, reading, live.why)
  const refused = live.refused === 0 ? [] : [refusedWords(live.refused, reading.drawn.items.length)]
  const inputTokens = countedSpread(live.inputs, reading.drawn.seen)
  if (inputTokens === null) return byCharacters(input, reading, refused[0] ?? TOO_FEW)
  const outputTokens = countedSpread(live.outputs, reading.outputs.count)
  const guessed = outputTokens === null && reading.outputs.count > 0 ? [GUESSED] : []
  return {
    samples: reading.drawn.seen,
    counted: live.inputs.length,
    method: 'count-tokens',
    inputTokens,
    outputTokens: outputTokens ?? reading.outputs.spread(),
    outputs: reading.outputs.count,
    partsNotCounted: reading.leftOut,
    why: [...refused, ...guessed].join(' ') || null,
    source: `Amazon Bedrock CountTokens, ${input.modelId} in ${input.region}`,
    asOf: ports.now().toISOString(),
  }
}

async function readAll(
  input: SampleTokensInput,
  ports: SampleTokensPorts,
  signal: AbortSignal | undefined,
): Promise<Reading> {
  const drawn = new Reservoir<Sample>(Math.max(FEWEST, input.most ?? MOST))
  const inputs = new EstimateSpread()
  const outputs = new EstimateSpread()
  let beyondText = 0
  let leftOut = 0
  for await (const sample of samplesOf(input, ports)) {
    signal?.throwIfAborted()
    drawn.add(sample)
    inputs.add(estimateSample(sample, input.modelId))
    if (sample.output !== null) outputs.add(estimateText(sample.output, input.modelId))
    beyondText += sample.beyondText
    leftOut += sample.leftOut
  }
  return {drawn, inputs, outputs, beyondText, leftOut}
}

async function* samplesOf({promptFile, sampleFile}: SampleTokensInput, {openFile}: SampleTokensPorts) {
  if ((promptFile === undefined) === (sampleFile === undefined)) {
    throw usageError('SAMPLE_MISSING', 'Name either a file with one prompt or one with samples.', {
      hint: 'Give --prompt-file or --sample, not both.',
    })
  }
  if (promptFile !== undefined) yield await readPrompt(openFile(promptFile), nameOf(promptFile))
  if (sampleFile !== undefined) yield* readSamples(openFile(sampleFile), nameOf(sampleFile))
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path
}

function byCharacters({modelId}: SampleTokensInput, reading: Reading, why: string): TokenStatistics {
  const inputTokens = reading.inputs.spread()
  if (inputTokens === null) throw new Error('a file without prompts was not refused')
  return {
    samples: reading.drawn.seen,
    counted: reading.drawn.seen,
    method: 'characters',
    inputTokens,
    outputTokens: reading.outputs.spread(),
    outputs: reading.outputs.count,
    partsNotCounted: reading.beyondText,
    why,
    source: `Character rule: ${ruleFor(modelId)}`,
    asOf: RULE_AS_OF,
  }
}

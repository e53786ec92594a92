import {setImmediate} from 'node:timers/promises'
import {expect, test} from 'vitest'
import {BedrockctlError, type Fault} from '../../../../src/lib/core/errors.js'
import type {CountableInput, TokenCounter} from '../../../../src/lib/cost/tokens/ports.js'
import {type SampleTokensInput, sampleTokens} from '../../../../src/lib/cost/tokens/sample-tokens.js'
import {tokenStatisticsSchema} from '../../../../src/lib/cost/tokens/token-statistics.schema.js'
import {linesOf, streamOf} from './streams.js'

const MODEL = 'anthropic.claude-sonnet-4-6'
const SECRET = 'The merger closes on Friday'
const place = {modelId: MODEL, region: 'us-east-1', sampleFile: 'prompts.jsonl'}

/** Counts ten tokens a letter, and seven around each prompt. */
const counter: TokenCounter = {countTokens: async (_region, _model, input) => 7 + 10 * textOf(input).length}

function textOf(input: CountableInput): string {
  return input.kind === 'invoke' ? '' : String(input.messages[0]?.content[0]?.['text'])
}

function failing(code: string, fault: Fault, message = SECRET, when = (_text: string) => true): TokenCounter {
  return {
    async countTokens(region, modelId, input) {
      if (when(textOf(input))) throw new BedrockctlError(code, message, {fault})
      return counter.countTokens(region, modelId, input)
    },
  }
}

async function statistics(
  values: readonly unknown[],
  given: TokenCounter | undefined = counter,
  input: Partial<SampleTokensInput> = {},
) {
  const found = await sampleTokens(
    {...place, ...input},
    {counter: given, openFile: () => streamOf(linesOf(values)), now: () => new Date('2026-11-21T10:00:00Z')},
  )
  return tokenStatisticsSchema.parse(found)
}

test('a few prompts are all counted, and exact', async () => {
  expect(await statistics(['a', 'aaa', 'aa'])).toEqual({
    samples: 3,
    counted: 3,
    method: 'count-tokens',
    inputTokens: {mean: 27, low: 27, high: 27, p50: 27, p95: 37, min: 17, max: 37},
    outputTokens: null,
    outputs: 0,
    partsNotCounted: 0,
    why: null,
    source: `Amazon Bedrock CountTokens, ${MODEL} in us-east-1`,
    asOf: '2026-11-21T10:00:00.000Z',
  })
})

test('of many prompts as many are counted as asked for, and the mean gets bounds that hold it', async () => {
  const lengths = Array.from({length: 2000}, (_, index) => (index % 40) + 1)
  const {samples, counted, inputTokens} = await statistics(
    lengths.map((length) => 'a'.repeat(length)),
    counter,
    {most: 200},
  )

  expect({samples, counted}).toEqual({samples: 2000, counted: 200})
  expect(inputTokens.low).toBeLessThan(212)
  expect(inputTokens.high).toBeGreaterThan(212)
})

test('no more than eight prompts are asked about at once, and progress is told', async () => {
  let running = 0
  let most = 0
  const told: string[] = []
  const slow: TokenCounter = {
    async countTokens() {
      running += 1
      most = Math.max(most, running)
      await setImmediate()
      running -= 1
      return 1
    },
  }
  const ports = {counter: slow, openFile: () => streamOf(linesOf(new Array(30).fill('a'))), now: () => new Date(0)}

  await sampleTokens(place, ports, {onProgress: (counted, of) => told.push(`${counted}/${of}`)})

  expect(most).toBe(8)
  expect([told.length, told.at(-1)]).toEqual([30, '30/30'])
})

test('expected answers are counted without what surrounds a prompt', async () => {
  const {outputTokens, outputs, why} = await statistics([
    {prompt: 'a', completion: 'bbb'},
    {prompt: 'a', output: 'b'},
    {prompt: 'a', output: ''},
    'a',
  ])

  // 10 a letter; the one letter that is a token itself has ten of them here.
  expect(outputTokens).toMatchObject({min: 0, max: 30 - 10 + 1, p50: 1})
  expect({outputs, why}).toEqual({outputs: 3, why: null})
})

test('without a counter the character rule answers for all prompts, and why is told', async () => {
  const ports = {noCounter: 'No calls were made (--offline).', openFile: () => streamOf(linesOf(['a'.repeat(700)]))}
  const found = await sampleTokens(place, {...ports, now: () => new Date(0)})

  expect(found).toMatchObject({
    method: 'characters',
    samples: 1,
    counted: 1,
    inputTokens: {mean: 204, low: 155.6, high: 288},
    why: 'No calls were made (--offline).',
    asOf: '2026-11-21',
  })
  expect(found.source).toContain('3.5 characters a token for Claude up to 4.6 (bounds 2.5 to 4.5)')
})

test.each<[string, TokenCounter, string]>([
  [
    'the model does not count',
    failing('VALIDATION', 'usage', `${SECRET}: The provided model doesn't support counting tokens.`),
    `CountTokens does not count for ${MODEL} in us-east-1.`,
  ],
  [
    'the model is not there',
    failing('VALIDATION', 'usage', 'The provided model identifier is invalid.'),
    `us-east-1 does not offer ${MODEL} to count with.`,
  ],
  ['the model has ended', failing('NOT_FOUND', 'usage'), `us-east-1 does not offer ${MODEL} to count with.`],
  ['the call is denied', failing('ACCESS_DENIED', 'access'), 'bedrock:CountTokens is denied in us-east-1.'],
  [
    'there are no credentials',
    failing('CREDENTIALS_MISSING', 'access'),
    'AWS did not let the caller count in us-east-1 (CREDENTIALS_MISSING).',
  ],
  ['nobody answers', failing('UNREACHABLE', 'service'), 'CountTokens in us-east-1 did not answer (UNREACHABLE).'],
  [
    'all prompts are refused',
    failing('VALIDATION', 'usage'),
    '3 prompts of 3 were refused by CountTokens and left out.',
  ],
])('where %s, the character rule answers and says why', async (_what, given, why) => {
  const found = await statistics([SECRET, SECRET, SECRET], given)

  expect(found).toMatchObject({method: 'characters', samples: 3, counted: 3, why})
  expect(JSON.stringify(found)).not.toContain('merger')
})

test('a model that does not count is asked once', async () => {
  let asked = 0
  const given = failing('ACCESS_DENIED', 'access', '', () => {
    asked += 1
    return true
  })

  await statistics(['a', 'b', 'c'], given)

  expect(asked).toBe(1)
})

test('prompts that are refused are left out and told', async () => {
  const given = failing('VALIDATION', 'usage', SECRET, (text) => text === 'bad')

  expect(await statistics(['a', 'bad', 'aaa'], given)).toMatchObject({
    samples: 3,
    counted: 2,
    method: 'count-tokens',
    inputTokens: {mean: 27},
    why: '1 prompt of 3 was refused by CountTokens and left out.',
  })
})

test.each<[string, unknown, object]>([
  ['an interrupt', new BedrockctlError('INTERRUPTED', 'stopped', {fault: 'interrupted'}), {code: 'INTERRUPTED'}],
  ['a Region that is none', new BedrockctlError('REGION_UNKNOWN', 'no', {fault: 'usage'}), {code: 'REGION_UNKNOWN'}],
  ['a bug', new TypeError('no'), {name: 'TypeError'}],
])('%s stops the counting', async (_what, error, expected) => {
  const given: TokenCounter = {
    countTokens: async () => {
      throw error
    },
  }

  await expect(statistics(['a'], given)).rejects.toMatchObject(expected)
})

test('an abort stops the reading', async () => {
  const ports = {openFile: () => streamOf(linesOf(['a', 'b'])), now: () => new Date(0)}

  await expect(sampleTokens(place, ports, {signal: AbortSignal.abort()})).rejects.toMatchObject({name: 'AbortError'})
})

test('images count with the model, and are told where it does not count', async () => {
  const withImage = {messages: [{role: 'user', content: [{text: 'a'}, {image: {source: {bytes: 'AA=='}}}]}]}

  expect(await statistics([withImage])).toMatchObject({method: 'count-tokens', partsNotCounted: 0})
  expect(await statistics([withImage], failing('ACCESS_DENIED', 'access'))).toMatchObject({partsNotCounted: 1})
})

test('a file is named one way, not two and not none', async () => {
  const none = {...place, sampleFile: undefined}

  await expect(statistics(['a'], counter, none)).rejects.toMatchObject({code: 'SAMPLE_MISSING'})
  await expect(statistics(['a'], counter, {promptFile: 'x'})).rejects.toMatchObject({code: 'SAMPLE_MISSING'})
})

test('a prompt file is one sample', async () => {
  const found = await statistics(['a'], counter, {sampleFile: undefined, promptFile: 'prompt.txt'})

  expect(found).toMatchObject({samples: 1, counted: 1, inputTokens: {mean: 47}})
})

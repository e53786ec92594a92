import fc from 'fast-check'
import {beforeAll, describe, expect, test} from 'vitest'
import {FAMILY_IDS} from '../../../../src/lib/batch/bodies/family.js'
import {familyById, familyOf} from '../../../../src/lib/batch/bodies/family-of.js'
import type {PromptInput} from '../../../../src/lib/batch/bodies/prompt-input.js'
import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import type {ByteEdit} from '../../../../src/lib/jsonl/tape-edits.js'
import {judgeBody, judgeText, type TextProblem} from '../../../support/judge-body.js'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAAAAAA='

const words = fc.string({unit: 'grapheme', minLength: 1, maxLength: 80}).filter((text) => text.trim() !== '')

function apply(bytes: Buffer, {end, start, text}: ByteEdit): string {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]).toString()
}

describe.each(FAMILY_IDS)('%s', (id) => {
  const family = familyById(id)
  const {takes} = family

  test('what it builds, it finds nothing wrong with', () => {
    const prompts: fc.Arbitrary<PromptInput> = fc.record({
      prompt: words,
      system: takes.system ? fc.option(words, {nil: undefined}) : fc.constant(undefined),
      images: fc.constant(takes.images === 'none' ? undefined : [{kind: 'bytes', format: 'png', base64: PNG} as const]),
      maxTokens: takes.maxTokens === 'none' ? fc.constant(undefined) : fc.integer({min: 1, max: 4000}),
      temperature: takes.temperature ? fc.constantFrom(undefined, 0, 0.5, 1) : fc.constant(undefined),
      stop: takes.stop ? fc.constantFrom(undefined, ['END']) : fc.constant(undefined),
      inputType: fc.constant(takes.inputTypes[0]),
      dimensions:
        takes.dimensions.length > 0 ? fc.constantFrom(undefined, ...takes.dimensions) : fc.constant(undefined),
    })
    fc.assert(
      fc.property(prompts, (prompt) => {
        const {problems, stats} = judgeBody(family, family.build(prompt))

        expect(problems).toEqual([])
        expect(stats.textCharacters).toBeGreaterThanOrEqual([...prompt.prompt].length)
        if (prompt.maxTokens !== undefined) expect(stats.maxOutputTokens).toBe(prompt.maxTokens)
        expect(stats.images).toBe(prompt.images?.length ?? 0)
      }),
      {numRuns: 60},
    )
  })

  test('no body makes it fail, and no text of a body is repeated', () => {
    const built = family.build({prompt: 'x', system: 'x', maxTokens: 5, stop: ['x'], inputType: takes.inputTypes[0]})
    const secret = 'correct horse battery staple'
    const values = fc.oneof(
      fc.jsonValue({maxDepth: 4}),
      fc.constant(secret),
      fc.constant([secret]),
      fc.constant({x: secret}),
    )
    fc.assert(
      fc.property(fc.constantFrom(...paths(built)), values, (path, value) => {
        const {problems} = judgeBody(family, replaced(built, path, value))

        for (const {text} of problems) expect(text).not.toContain('correct horse')
      }),
      {numRuns: 200},
    )
    fc.assert(fc.property(fc.jsonValue({maxDepth: 6}), (value) => void judgeBody(family, value)))
  })

  test('nothing of an answer that is something else is read', () => {
    fc.assert(
      fc.property(fc.jsonValue({maxDepth: 4}), (value) => {
        const {embeddings, text} = family.read(value)

        expect(typeof (text ?? '')).toBe('string')
        expect(Array.isArray(embeddings ?? [])).toBe(true)
      }),
    )
  })

  test('blocks in blocks without end are told, not followed', () => {
    const deep = `${'{"messages":[{"role":"user","content":[{"type":"tool_result","toolResult":'.repeat(300)}1${'}]}]}'.repeat(300)}`

    expect(judgeText(family, deep).problems.length).toBeGreaterThan(0)
  })
})

test('tool results in tool results are followed to a depth, then told', () => {
  const family = familyById('anthropic-messages')
  const open = '{"type":"tool_result","tool_use_id":"x","content":['
  const blocks = `${open.repeat(60)}{"type":"text","text":"x"}${']}'.repeat(60)}`

  const {problems} = judgeText(
    family,
    `{"anthropic_version":"bedrock-2023-05-31","max_tokens":1,"messages":[{"role":"user","content":[${blocks}]}]}`,
  )

  expect(new Set(problems.map(({code}) => code))).toEqual(new Set(['BODY_TOO_DEEP']))
})

test('a body beyond what InvokeModel takes is doubted', () => {
  const {problems} = judgeBody(familyById('titan-multimodal-embeddings'), {inputText: 'x'.repeat(25_000_001)})

  expect(problems.map(({code}) => code)).toEqual(['BODY_TOO_LARGE'])
})

const REPAIRS = [
  ['anthropic-messages', '{"max_tokens":1,"messages":[{"role":"user","content":"x"}]}'],
  [
    'anthropic-messages',
    '{ "model" : "m" , "anthropic_version":"bedrock-2023-05-31","max_tokens":1,"messages":[{"role":"user","content":"x"}] , "stream":false }',
  ],
  [
    'anthropic-messages',
    `{"anthropic_version":"bedrock-2023-05-31","max_tokens":1,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"${PNG}"}}]}],"system":null}`,
  ],
  [
    'converse',
    '{"messages":[{"role":"user","content":[{"cachePoint":{"type":"default"}},{"text":"x"},{"cachePoint":{"type":"default"}}]}],"modelId":"m","inferenceConfig":{"maxTokens":9007199254740993}}',
  ],
  ['chat-completions', '{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":1,"stream":true}'],
] as const

test.each(REPAIRS)('repairs of %s, one after the other, leave nothing to repair: %s', (id, text) => {
  const family = familyById(id)
  let repaired = text as string
  let problems: readonly TextProblem[] = []
  for (let turn = 0; turn < 9; turn += 1) {
    const judged = judgeText(family, repaired)
    problems = judged.problems
    const edit = problems.find((problem) => problem.edit)?.edit
    if (!edit) break
    repaired = apply(judged.bytes, edit)
  }

  expect(repaired).not.toBe(text)
  expect(problems).toEqual([])
  expect(text.includes('9007199254740993')).toBe(repaired.includes('9007199254740993'))
})

describe('which family a model has', () => {
  let catalog: Catalog

  beforeAll(async () => {
    catalog = await openCatalog()
  })

  test('every model that does batch has one', () => {
    const without = catalog.models.filter(({batch, id}) => batch === true && !familyOf(id, catalog))

    expect(without.map(({id}) => id)).toEqual([])
  })

  test.each([
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic-messages'],
    ['arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-lite-v1:0', 'nova-messages'],
    ['arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-1-8b-instruct-v1:0', 'llama'],
    ['openai.gpt-oss-120b', 'chat-completions'],
    ['mistral.mistral-large-2407-v1:0', 'chat-completions'],
    ['cohere.embed-v4:0', 'cohere-embed'],
    ['stability.sd3-5-large-v1:0', undefined],
    ['arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3', undefined],
  ])('%s: %s', (model, id) => {
    expect(familyOf(model, catalog)?.id).toBe(id)
  })

  test('any model takes Converse bodies in a Converse job', () => {
    expect(familyOf('anything', catalog, 'Converse')?.id).toBe('converse')
  })
})

/** Every place in a value. */
function paths(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      paths(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

function replaced(value: unknown, [step, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (step === undefined) return by
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item))
  const tree = value as Readonly<Record<string, unknown>>
  return {...tree, [step]: replaced(tree[step], rest, by)}
}

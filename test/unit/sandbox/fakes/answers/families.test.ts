import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../../../src/lib/catalog/open-catalog.js'
import {converse} from '../../../../../src/lib/sandbox/fakes/bedrock/answers/converse.js'
import {familyOf} from '../../../../../src/lib/sandbox/fakes/bedrock/answers/families.js'
import type {Body, Family} from '../../../../../src/lib/sandbox/fakes/bedrock/answers/family.js'
import {countText} from '../../../../../src/lib/sandbox/fakes/bedrock-runtime/count-text.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const user = (content: unknown) => [{role: 'user', content}]

function family(modelId: string): Family {
  const found = familyOf(modelId)
  if (!found) throw new Error(`nobody answers for ${modelId}`)
  return found
}

const CLAUDE = 'anthropic.claude-sonnet-4-6'
const claude = {anthropic_version: 'bedrock-2023-05-31', max_tokens: 500, messages: user('Hello')}
const nova = {messages: user([{text: 'Hello'}])}

test('every model that does batch has a family', async () => {
  const {models} = await (await openCatalog()).batch()

  expect(models.length).toBeGreaterThan(40)
  expect(models.filter(({modelId}) => !familyOf(modelId))).toEqual([])
})

describe('a body is refused in the words of its family', () => {
  const cases: readonly [string, Body, string][] = [
    [
      CLAUDE,
      {...claude, anthropic_version: undefined, max_tokens: 5},
      "anthropic_version: Input should be 'bedrock-2023-05-31'",
    ],
    [CLAUDE, {messages: claude.messages}, 'anthropic_version: Field required'],
    [CLAUDE, {...claude, max_tokens: '5'}, 'max_tokens: Input should be a valid integer'],
    [CLAUDE, {...claude, max_tokens: 0}, 'max_tokens: Input should be greater than or equal to 1'],
    [CLAUDE, {...claude, messages: []}, 'messages: at least 1 item is required'],
    [
      CLAUDE,
      {...claude, messages: [{role: 'system', content: 'x'}]},
      "messages.0.role: Input should be 'user' or 'assistant'",
    ],
    [
      CLAUDE,
      {...claude, messages: [{role: 'assistant', content: 'x'}]},
      'messages: first message must use the "user" role',
    ],
    [CLAUDE, {...claude, messages: user([{text: 'x'}])}, 'messages.0.content.0.type: Field required'],
    [
      CLAUDE,
      {...claude, messages: user([{type: 'text', text: ''}])},
      'messages: text content blocks must be non-empty',
    ],
    [
      CLAUDE,
      {...claude, messages: user([{type: 'image', source: {type: 'url', url: 'x'}}])},
      'URL sources are not supported',
    ],
    [CLAUDE, {...claude, stream: true}, 'stream: Extra inputs are not permitted'],
    ['amazon.nova-lite-v1:0', {}, 'Malformed input request: #: required key [messages] not found'],
    ['amazon.nova-lite-v1:0', {...nova, max_tokens: 5}, '#: extraneous key [max_tokens] is not permitted'],
    [
      'amazon.nova-lite-v1:0',
      {...nova, inferenceConfig: {maxTokens: 'x'}},
      '#/inferenceConfig/maxTokens: expected type: Integer, found: String',
    ],
    [
      'meta.llama3-3-70b-instruct-v1:0',
      {prompt: 'x', max_gen_len: 9000},
      '#/max_gen_len: 9000 is not less or equal to 8192',
    ],
    ['meta.llama3-3-70b-instruct-v1:0', {prompt: ''}, '#/prompt: expected minLength: 1, actual: 0'],
    ['mistral.mistral-small-2402-v1:0', {messages: []}, 'required key [prompt] not found'],
    ['openai.gpt-oss-120b-1:0', {messages: []}, '#/messages: expected minimum item count: 1, found: 0'],
    ['amazon.titan-embed-text-v2:0', {inputText: 'x', dimensions: 3}, '#/dimensions: 3 is not a valid enum value'],
    ['amazon.titan-embed-image-v1', {}, 'Input image or input text is required'],
    ['cohere.embed-v4:0', {input_type: 'search_query'}, 'give one of texts, images and inputs'],
  ]
  test.each(cases)('%s %j', (modelId, body, words) => {
    expect(family(modelId).refusal(body)).toContain(words)
  })

  test('or that of Converse', () => {
    expect(converse.refusal({...nova, modelId: 'x'})).toContain('extraneous key [modelId]')
    expect(converse.refusal({messages: [{role: 'assistant', content: [{text: 'x'}]}]})).toContain(
      'must start with a user message',
    )
    expect(converse.refusal(nova)).toBeUndefined()
  })
})

describe('an answer', () => {
  const bodies: readonly [string, Body][] = [
    [CLAUDE, claude],
    ['amazon.nova-lite-v1:0', nova],
    [
      'amazon.nova-2-multimodal-embeddings-v1:0',
      {
        singleEmbeddingParams: {
          embeddingPurpose: 'GENERIC_INDEX',
          embeddingDimension: 256,
          text: {truncationMode: 'END', value: 'x'},
        },
      },
    ],
    ['amazon.titan-embed-text-v2:0', {inputText: 'Hello', dimensions: 256}],
    ['amazon.titan-embed-image-v1', {inputText: 'Hello'}],
    ['cohere.embed-v4:0', {texts: ['a', 'b'], input_type: 'search_document'}],
    ['meta.llama3-3-70b-instruct-v1:0', {prompt: 'Hello'}],
    ['mistral.mistral-small-2402-v1:0', {prompt: '<s>[INST] Hello [/INST]'}],
    ['mistral.mistral-large-2407-v1:0', {messages: user('Hello')}],
    ['openai.gpt-oss-120b-1:0', {messages: user('Hello')}],
    ['deepseek.v3-v1:0', {messages: user('Hello'), max_tokens: 50}],
  ]
  test.each(bodies)('of %s is the same for the same body and counts its tokens', (modelId, body) => {
    const one = family(modelId)
    const request = {modelId, now: NOW}

    expect(one.refusal(body)).toBeUndefined()
    const first = one.answer(body, request)
    expect(one.answer(structuredClone(body), request)).toEqual(first)
    expect(first.inputTokens).toBeGreaterThan(0)
    expect(JSON.parse(JSON.stringify(first.output))).toEqual(first.output)
  })

  test('keeps to the limit and says that it was cut', () => {
    const {output, outputTokens} = family(CLAUDE).answer({...claude, max_tokens: 3}, {modelId: CLAUDE, now: NOW})

    expect(outputTokens).toBe(3)
    expect(output).toMatchObject({
      content: [{type: 'text', text: 'This is a'}],
      stop_reason: 'max_tokens',
      usage: {output_tokens: 3},
    })
  })

  test('has as many tokens as its text counts', () => {
    for (let index = 0; index < 50; index++) {
      const {output, outputTokens} = family('meta.llama3-3-70b-instruct-v1:0').answer(
        {prompt: `Number ${index}`},
        {modelId: 'meta.llama3-3-70b-instruct-v1:0', now: NOW},
      )
      expect(countText(String(output['generation']))).toBe(outputTokens)
    }
  })

  test('is a vector of length one that different texts do not share', () => {
    const embed = (inputText: string) => {
      const {output} = family('amazon.titan-embed-text-v2:0').answer({inputText}, {modelId: '', now: NOW})
      return output['embedding'] as readonly number[]
    }
    const vector = embed('one')

    expect(vector).toHaveLength(1024)
    expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 3)
    expect(embed('two')).not.toEqual(vector)
  })
})

import {expect, test} from 'vitest'
import type {FamilyId} from '../../../../src/lib/batch/bodies/family.js'
import {familyById} from '../../../../src/lib/batch/bodies/family-of.js'

const NONE = {
  text: undefined,
  stopReason: undefined,
  inputTokens: undefined,
  outputTokens: undefined,
  embeddings: undefined,
}

const ANSWERS: readonly (readonly [FamilyId, string, unknown, Partial<typeof NONE> | Record<string, unknown>])[] = [
  [
    'anthropic-messages',
    'text without thinking, tokens with those of the cache',
    {
      content: [
        {type: 'thinking', thinking: 'hm'},
        {type: 'text', text: 'yes'},
      ],
      stop_reason: 'end_turn',
      usage: {input_tokens: 10, cache_read_input_tokens: 5, output_tokens: 2},
    },
    {text: 'yes', stopReason: 'end_turn', inputTokens: 15, outputTokens: 2},
  ],
  [
    'converse',
    'with the nulls that batch writes for what is not there',
    {
      output: {
        message: {
          role: 'assistant',
          content: [
            {text: 'yes', image: null, toolUse: null},
            {text: null, toolUse: {}},
          ],
        },
      },
      stopReason: 'end_turn',
      usage: {inputTokens: 10, outputTokens: 2, totalTokens: 12, cacheReadInputTokens: null},
    },
    {text: 'yes', stopReason: 'end_turn', inputTokens: 10, outputTokens: 2},
  ],
  [
    'nova-messages',
    'as Converse',
    {
      output: {message: {content: [{text: 'a'}, {text: 'b'}]}},
      stopReason: 'max_tokens',
      usage: {inputTokens: 1, outputTokens: 2},
    },
    {text: 'ab', stopReason: 'max_tokens', inputTokens: 1, outputTokens: 2},
  ],
  [
    'llama',
    'generation and counts',
    {generation: 'yes', prompt_token_count: 3, generation_token_count: 1, stop_reason: 'stop'},
    {text: 'yes', stopReason: 'stop', inputTokens: 3, outputTokens: 1},
  ],
  [
    'mistral-text',
    'text without counts',
    {outputs: [{text: 'yes', stop_reason: 'stop'}]},
    {text: 'yes', stopReason: 'stop'},
  ],
  [
    'chat-completions',
    'the first choice',
    {
      choices: [{finish_reason: 'length', message: {content: '<reasoning>hm</reasoning>yes'}}],
      usage: {prompt_tokens: 7, completion_tokens: 3},
    },
    {text: '<reasoning>hm</reasoning>yes', stopReason: 'length', inputTokens: 7, outputTokens: 3},
  ],
  [
    'chat-completions',
    'older text',
    {choices: [{text: 'yes', stop_reason: 'stop'}]},
    {text: 'yes', stopReason: 'stop'},
  ],
  [
    'titan-text-embeddings',
    'one vector',
    {embedding: [0.5, 1], inputTextTokenCount: 4},
    {inputTokens: 4, embeddings: [[0.5, 1]]},
  ],
  [
    'titan-multimodal-embeddings',
    'one vector',
    {embedding: [1], inputTextTokenCount: 4},
    {inputTokens: 4, embeddings: [[1]]},
  ],
  ['cohere-embed', 'a vector for each text', {embeddings: [[1], [2]]}, {embeddings: [[1], [2]]}],
  ['cohere-embed', 'vectors by type', {embeddings: {float: [[1], [2]], int8: [[9]]}}, {embeddings: [[1], [2]]}],
  [
    'nova-embeddings',
    'vectors of an embedding',
    {embeddings: [{embeddingType: 'TEXT', embedding: [1]}]},
    {embeddings: [[1]]},
  ],
  ['converse', 'an error in place of an answer', {errorCode: 400, errorMessage: 'bad', expired: false}, {}],
]

test.each(ANSWERS)('%s: %s', (id, _name, output, wanted) => {
  expect(familyById(id).read(output)).toEqual({...NONE, ...wanted})
})

import {llamaWording, mistralWording} from '../../bedrock-runtime/streaming/prompt-wordings.js'
import type {Family} from './family.js'
import {limitOf, textPrompt} from './prompt.js'
import {spokenText} from './say.js'
import {integer, list, number, record, text} from './shape.js'
import {speaking} from './speaking.js'
import {schemaWords} from './wording.js'

const share = number({min: 0, max: 1})

const llamaRequest = record(
  {prompt: text({min: 1})},
  {
    max_gen_len: integer({min: 1, max: 8192}),
    temperature: share,
    top_p: share,
    images: list(text(), {max: 20}),
  },
)

const LLAMA_TOKENS = 512

/** Meta's Llama: a prompt in its own template. */
export const llamaPrompt: Family = speaking({
  refusal(body) {
    const problem = llamaRequest(body)
    return problem && schemaWords(problem)
  },

  wish: (body) => ({
    prompt: textPrompt(String(body['prompt'])),
    limit: limitOf(body['max_gen_len'], LLAMA_TOKENS),
  }),

  whole: ({said, wish}) => ({
    generation: spokenText(said),
    prompt_token_count: wish.prompt.tokens,
    generation_token_count: said.tokens,
    stop_reason: said.stop === 'limit' ? 'length' : 'stop',
  }),

  streamed: llamaWording,
})

const mistralRequest = record(
  {prompt: text({min: 1})},
  {
    max_tokens: integer({min: 1, max: 8192}),
    temperature: share,
    top_p: share,
    top_k: integer({min: 0, max: 200}),
    stop: list(text(), {max: 10}),
  },
)

const MISTRAL_TOKENS = 512

/** Mistral's older models: `<s>[INST] … [/INST]`. Their answers name no tokens. */
export const mistralPrompt: Family = speaking({
  refusal(body) {
    const problem = mistralRequest(body)
    return problem && schemaWords(problem)
  },

  wish: (body) => ({
    prompt: textPrompt(String(body['prompt'])),
    limit: limitOf(body['max_tokens'], MISTRAL_TOKENS),
    stops: body['stop'] as readonly string[] | undefined,
  }),

  whole: ({said}) => ({outputs: [{text: spokenText(said), stop_reason: said.stop === 'limit' ? 'length' : 'stop'}]}),
  streamed: mistralWording,
})

import type {Family} from './family.js'
import {limitOf, textPrompt} from './prompt.js'
import {replyTo} from './reply.js'
import {integer, list, number, record, text} from './shape.js'
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
export const llamaPrompt: Family = {
  refusal(body) {
    const problem = llamaRequest(body)
    return problem && schemaWords(problem)
  },

  answer(body) {
    const {tokens, hash} = textPrompt(String(body['prompt']))
    const reply = replyTo(hash, limitOf(body['max_gen_len'], LLAMA_TOKENS))
    const output = {
      generation: reply.text,
      prompt_token_count: tokens,
      generation_token_count: reply.tokens,
      stop_reason: reply.cut ? 'length' : 'stop',
    }
    return {output, inputTokens: tokens, outputTokens: reply.tokens}
  },
}

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
export const mistralPrompt: Family = {
  refusal(body) {
    const problem = mistralRequest(body)
    return problem && schemaWords(problem)
  },

  answer(body) {
    const {tokens, hash} = textPrompt(String(body['prompt']))
    const reply = replyTo(hash, limitOf(body['max_tokens'], MISTRAL_TOKENS))
    const output = {outputs: [{text: reply.text, stop_reason: reply.cut ? 'length' : 'stop'}]}
    return {output, inputTokens: tokens, outputTokens: reply.tokens}
  },
}

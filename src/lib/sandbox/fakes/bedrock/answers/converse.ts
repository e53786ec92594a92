import type {Body, Family} from './family.js'
import {chatPrompt, limitOf} from './prompt.js'
import {replyTo} from './reply.js'
import {anything, integer, list, number, oneOf, record, text} from './shape.js'
import {schemaWords} from './wording.js'

const block = record({}, {}, {open: true})
const message = record({role: oneOf('user', 'assistant'), content: list(block, {min: 1})})

const request = record(
  {messages: list(message, {min: 1})},
  {
    system: list(block),
    inferenceConfig: record(
      {},
      {
        maxTokens: integer({min: 1}),
        temperature: number({min: 0, max: 1}),
        topP: number({min: 0, max: 1}),
        stopSequences: list(text(), {max: 2500}),
      },
    ),
    toolConfig: anything,
    guardrailConfig: anything,
    additionalModelRequestFields: anything,
    additionalModelResponseFieldPaths: list(text()),
    promptVariables: anything,
    requestMetadata: anything,
    performanceConfig: anything,
    serviceTier: anything,
    outputConfig: anything,
  },
)

const NO_USER =
  'A conversation must start with a user message. Try again with a conversation that starts with a user message.'
const OUTPUT_TOKENS = 4096

/** Converse, the same for every model that it is open to. */
export const converse: Family = {
  refusal(body) {
    const problem = request(body)
    if (problem) return schemaWords(problem)
    const [first] = body['messages'] as readonly Body[]
    return first?.['role'] === 'user' ? undefined : NO_USER
  },

  answer(body) {
    const {messages, system, toolConfig, inferenceConfig} = body as Readonly<Record<string, Body | undefined>>
    const {tokens, hash} = chatPrompt(messages, system, toolConfig?.['tools'])
    const reply = replyTo(hash, limitOf(inferenceConfig?.['maxTokens'], OUTPUT_TOKENS))
    const output = {
      output: {message: {role: 'assistant', content: [{text: reply.text}]}},
      stopReason: reply.cut ? 'max_tokens' : 'end_turn',
      usage: {inputTokens: tokens, outputTokens: reply.tokens, totalTokens: tokens + reply.tokens},
      metrics: {latencyMs: LATENCY_MS + reply.tokens * TOKEN_MS},
    }
    return {output, inputTokens: tokens, outputTokens: reply.tokens}
  },
}

const LATENCY_MS = 200
const TOKEN_MS = 8

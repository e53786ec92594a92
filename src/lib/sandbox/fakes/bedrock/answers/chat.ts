import type {Answer, AnswerRequest, Body, Family} from './family.js'
import {chatPrompt, limitOf} from './prompt.js'
import {answerId, type Reply, replyTo} from './reply.js'
import {anything, either, integer, list, number, oneOf, record, type Shape, text} from './shape.js'
import {schemaWords} from './wording.js'

const content = either(text(), list(record({type: text()}, {}, {open: true})))
const optionalContent: Shape = (value) => (value === null ? undefined : content(value))
const message = record(
  {role: oneOf('system', 'developer', 'user', 'assistant', 'tool')},
  {content: optionalContent},
  {open: true},
)

const sampling = {
  max_tokens: integer({min: 1}),
  temperature: number({min: 0, max: 2}),
  top_p: number({min: 0, max: 1}),
}

// Which further members a model takes is its own affair, and not documented for all: they are let pass.
const openRequest = record(
  {messages: list(message, {min: 1})},
  {...sampling, max_completion_tokens: integer({min: 1}), model: text(), stop: anything},
  {open: true},
)

const mistralRequest = record(
  {messages: list(message, {min: 1})},
  {
    ...sampling,
    stop: list(text()),
    tools: list(),
    tool_choice: text(),
    response_format: anything,
    random_seed: integer(),
  },
)

/** Chat completions as OpenAI shaped them: gpt-oss, DeepSeek, Qwen, Gemma and others. */
export const openAiChat: Family = {
  refusal(body) {
    const problem = openRequest(body)
    return problem && schemaWords(problem)
  },

  answer(body, request) {
    return complete(body, ({text: words, cut}, {id, tokens, usage}) => ({
      id,
      object: 'chat.completion',
      created: Math.floor(request.now / 1000),
      model: request.modelId,
      choices: [
        {
          index: 0,
          message: {role: 'assistant', content: spoken(words, cut, request)},
          logprobs: null,
          finish_reason: cut ? 'length' : 'stop',
        },
      ],
      usage: {prompt_tokens: tokens, ...usage},
    }))
  },
}

/** Mistral Large 2407 and Pixtral: chat completions that say `stop_reason` and count no tokens. */
export const mistralChat: Family = {
  refusal(body) {
    const problem = mistralRequest(body)
    return problem && schemaWords(problem)
  },

  answer(body) {
    return complete(body, ({text: words, cut}) => ({
      choices: [
        {
          index: 0,
          message: {role: 'assistant', content: words, tool_calls: null},
          stop_reason: cut ? 'length' : 'stop',
        },
      ],
    }))
  },
}

interface Completion {
  readonly id: string
  readonly tokens: number
  readonly usage: {readonly completion_tokens: number; readonly total_tokens: number}
}

const OUTPUT_TOKENS = 8192

function complete(body: Body, output: (reply: Reply, about: Completion) => Body): Answer {
  const {tokens, hash} = chatPrompt(body['messages'], undefined, body['tools'])
  const reply = replyTo(hash, limitOf(body['max_completion_tokens'] ?? body['max_tokens'], OUTPUT_TOKENS))
  const usage = {completion_tokens: reply.tokens, total_tokens: tokens + reply.tokens}
  const about = {id: answerId('chatcmpl-', hash), tokens, usage}
  return {output: output(reply, about), inputTokens: tokens, outputTokens: reply.tokens}
}

/** gpt-oss thinks aloud, in the content. */
function spoken(words: string, cut: boolean, {modelId}: AnswerRequest): string {
  if (!modelId.startsWith('openai.gpt-oss')) return words
  return cut ? `<reasoning>${words}` : `<reasoning>Mock.</reasoning>${words}`
}

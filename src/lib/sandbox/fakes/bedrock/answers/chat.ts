import {chatWording, finishReason, mistralChatWording} from '../../bedrock-runtime/streaming/chat-wording.js'
import type {Body, Family} from './family.js'
import {openAiTool} from './forced-tool.js'
import {chatPrompt, limitOf} from './prompt.js'
import {answerId} from './reply.js'
import {spokenText, type Wish} from './say.js'
import {anything, either, integer, list, number, oneOf, record, type Shape, text} from './shape.js'
import {type Spoken, speaking} from './speaking.js'
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
export const openAiChat: Family = speaking({
  refusal(body) {
    const problem = openRequest(body)
    return problem && schemaWords(problem)
  },

  wish: (body) => ({...wishOf(body), tool: openAiTool(body), toolIdPrefix: 'call_'}),
  whole: wholeChat,
  streamed: (spoken) => chatWording(spoken, wholeChat(spoken), thoughtOf(spoken)),
})

function wholeChat(spoken: Spoken): Body {
  const {said, wish, request} = spoken
  const {prompt} = wish
  return {
    id: answerId('chatcmpl-', prompt.hash),
    object: 'chat.completion',
    created: Math.floor(request.now / 1000),
    model: request.modelId,
    choices: [{index: 0, message: messageOf(spoken), logprobs: null, finish_reason: finishReason(said)}],
    usage: {
      prompt_tokens: prompt.tokens,
      completion_tokens: said.tokens,
      total_tokens: prompt.tokens + said.tokens,
    },
  }
}

function messageOf(spoken: Spoken): Body {
  const {said} = spoken
  const tools = said.blocks.flatMap(({tool, pieces}) =>
    tool ? [{id: tool.id, type: 'function', function: {name: tool.name, arguments: pieces.join('')}}] : [],
  )
  if (tools.length > 0) return {role: 'assistant', content: null, tool_calls: tools}
  return {role: 'assistant', content: `${thoughtOf(spoken)}${spokenText(said)}`}
}

/** Mistral Large 2407 and Pixtral: chat completions that say `stop_reason` and count no tokens. */
export const mistralChat: Family = speaking({
  refusal(body) {
    const problem = mistralRequest(body)
    return problem && schemaWords(problem)
  },

  wish: wishOf,
  whole: ({said}) => ({
    choices: [
      {
        index: 0,
        message: {role: 'assistant', content: spokenText(said), tool_calls: null},
        stop_reason: said.stop === 'limit' ? 'length' : 'stop',
      },
    ],
  }),
  streamed: mistralChatWording,
})

const OUTPUT_TOKENS = 8192

function wishOf(body: Body): Wish {
  const {stop} = body
  return {
    prompt: chatPrompt(body['messages'], undefined, body['tools']),
    limit: limitOf(body['max_completion_tokens'] ?? body['max_tokens'], OUTPUT_TOKENS),
    stops: typeof stop === 'string' ? [stop] : Array.isArray(stop) ? stop.map(String) : undefined,
  }
}

/** gpt-oss thinks aloud, in the content. */
function thoughtOf({said, request: {modelId}}: Spoken): string {
  if (!modelId.startsWith('openai.gpt-oss')) return ''
  return said.stop === 'limit' ? '<reasoning>' : '<reasoning>Mock.</reasoning>'
}

import {isTree} from '../../../core/is-tree.js'
import type {Body, Family, Said, SaidBlock} from '../bedrock/answers/family.js'
import {openAiTool} from '../bedrock/answers/forced-tool.js'
import {chatPrompt, limitOf} from '../bedrock/answers/prompt.js'
import {answerId} from '../bedrock/answers/reply.js'
import {spokenText} from '../bedrock/answers/say.js'
import {
  anything,
  either,
  flag,
  integer,
  list,
  number,
  oneOf,
  record,
  type Shape,
  text,
} from '../bedrock/answers/shape.js'
import {type Spoken, speaking} from '../bedrock/answers/speaking.js'
import {anthropicWords} from '../bedrock/answers/wording.js'
import {finishReason} from '../bedrock-runtime/streaming/chat-wording.js'
import type {StreamMetrics, StreamWording} from '../bedrock-runtime/streaming/wording.js'

const content = either(text(), list(record({type: text()}, {}, {open: true})))
const optionalContent: Shape = (value) => (value === null ? undefined : content(value))
const message = record(
  {role: oneOf('system', 'developer', 'user', 'assistant', 'tool')},
  {content: optionalContent},
  {open: true},
)
const request = record(
  {model: text({min: 1}), messages: list(message, {min: 1})},
  {
    max_tokens: integer({min: 1}),
    max_completion_tokens: integer({min: 1}),
    temperature: number({min: 0, max: 2}),
    top_p: number({min: 0, max: 1}),
    stream: flag,
    stream_options: record({}, {include_usage: flag}, {open: true}),
    stop: either(text(), list(text()), anything),
  },
  {open: true},
)

/** Chat completions of a model whose answers end at `most` tokens. */
export function mantleChat(most: number): Family {
  return speaking({
    refusal(body) {
      const problem = request(body)
      return problem && anthropicWords(problem)
    },
    wish(body) {
      const {stop} = body
      return {
        prompt: chatPrompt(body['messages'], undefined, body['tools']),
        limit: limitOf(body['max_completion_tokens'] ?? body['max_tokens'], most),
        stops: typeof stop === 'string' ? [stop] : Array.isArray(stop) ? stop.map(String) : undefined,
        thinks: isThinking(body),
        tool: openAiTool(body),
        toolIdPrefix: 'call_',
      }
    },
    whole: wholeChat,
    streamed: chatChunks,
  })
}

/** gpt-oss always thinks first; others where they are told how hard. */
function isThinking({model, reasoning_effort: effort}: Body): boolean {
  if (effort === 'none') return false
  return effort !== undefined || String(model).startsWith('openai.gpt-oss-') === true
}

const headOf = ({wish, request: {modelId, now, served}}: Spoken, object: string): Body => ({
  id: answerId('chatcmpl-', wish.prompt.hash),
  object,
  created: Math.floor(now / 1000),
  model: modelId,
  ...served,
})

function wholeChat(spoken: Spoken): Body {
  const {said, wish} = spoken
  return {
    ...headOf(spoken, 'chat.completion'),
    choices: [{index: 0, message: messageOf(said), logprobs: null, finish_reason: finishReason(said)}],
    usage: usageOf(said, {inputTokens: wish.prompt.tokens, outputTokens: said.tokens}),
  }
}

function messageOf(said: Said): Body {
  const thought = thoughtOf(said)
  const tools = said.blocks.flatMap(({tool, pieces}) =>
    tool ? [{id: tool.id, type: 'function', function: {name: tool.name, arguments: pieces.join('')}}] : [],
  )
  return {
    role: 'assistant',
    content: tools.length > 0 ? null : spokenText(said),
    ...(thought !== '' && {reasoning: thought}),
    ...(tools.length > 0 && {tool_calls: tools}),
  }
}

const piecesOf = ({blocks}: Said, wanted: SaidBlock['kind']): readonly string[] =>
  blocks.flatMap(({kind, pieces}) => (kind === wanted ? pieces : []))

const thoughtOf = (said: Said): string => piecesOf(said, 'reasoning').join('')

function usageOf(said: Said, {inputTokens, outputTokens}: Pick<StreamMetrics, 'inputTokens' | 'outputTokens'>): Body {
  const thought = piecesOf(said, 'reasoning').length
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    ...(thought > 0 && {completion_tokens_details: {reasoning_tokens: thought}}),
  }
}

/** What is thought comes as `reasoning`: https://github.com/brainlid/langchain/pull/521 */
function chatChunks(spoken: Spoken): StreamWording {
  const {said, body} = spoken
  const head = headOf(spoken, 'chat.completion.chunk')
  const chunk = (delta: Body, reason: string | null = null): Body => ({
    ...head,
    choices: [{index: 0, delta, finish_reason: reason}],
  })
  return {
    opening: () => [chunk({role: 'assistant', content: ''})],
    begin: ({tool}) => (tool ? [chunk({tool_calls: [toolCall(tool)]})] : []),
    piece: (words, {block: {kind}}) => {
      if (kind === 'tool') return chunk({tool_calls: [{index: 0, function: {arguments: words}}]})
      return chunk(kind === 'reasoning' ? {reasoning: words} : {content: words})
    },
    closing: (_, metrics) => {
      const last = chunk({}, finishReason(said))
      const {stream_options: options} = body
      const wantsUsage = isTree(options) && options['include_usage'] === true
      return wantsUsage ? [last, {...head, choices: [], usage: usageOf(said, metrics)}] : [last]
    },
  }
}

const toolCall = ({id, name}: NonNullable<SaidBlock['tool']>): Body => ({
  index: 0,
  id,
  type: 'function',
  function: {name, arguments: ''},
})

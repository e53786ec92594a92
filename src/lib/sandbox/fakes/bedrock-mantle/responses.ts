import {isTree} from '../../../core/is-tree.js'
import type {Body, Family, SaidBlock} from '../bedrock/answers/family.js'
import {openAiTool} from '../bedrock/answers/forced-tool.js'
import {chatPrompt, limitOf} from '../bedrock/answers/prompt.js'
import {answerId} from '../bedrock/answers/reply.js'
import {either, flag, integer, list, number, record, text} from '../bedrock/answers/shape.js'
import {type Spoken, speaking} from '../bedrock/answers/speaking.js'
import {anthropicWords} from '../bedrock/answers/wording.js'
import type {StreamWording} from '../bedrock-runtime/streaming/wording.js'

const request = record(
  {model: text({min: 1}), input: either(text(), list(record({}, {}, {open: true}), {min: 1}))},
  {
    instructions: text(),
    max_output_tokens: integer({min: 1}),
    temperature: number({min: 0, max: 2}),
    top_p: number({min: 0, max: 1}),
    stream: flag,
    store: flag,
    background: flag,
  },
  {open: true},
)

/** Responses of a model whose answers end at `most` tokens. Nothing is kept for a later call. */
export function mantleResponses(most: number): Family {
  return speaking({
    refusal(body) {
      const problem = request(body)
      if (problem) return anthropicWords(problem)
      const kept = ['background', 'previous_response_id', 'conversation'].find((name) => isAsked(body[name]))
      return kept && `${kept}: the sandbox keeps no responses`
    },
    wish(body) {
      return {
        prompt: chatPrompt(turnsOf(body['input']), body['instructions'], body['tools']),
        limit: limitOf(body['max_output_tokens'], most),
        thinks: isThinking(body),
        tool: toolOf(body),
        toolIdPrefix: 'call_',
      }
    },
    whole: (spoken) => responseOf(spoken, ended(spoken)),
    streamed: responseEvents,
  })
}

const isAsked = (value: unknown): boolean => value !== undefined && value !== null && value !== false

const turnsOf = (input: unknown): unknown =>
  typeof input === 'string' ? [{role: 'user', content: input}] : (input as readonly Body[])

function isThinking({model, reasoning}: Body): boolean {
  const effort = isTree(reasoning) ? reasoning['effort'] : undefined
  if (effort === 'none') return false
  return effort !== undefined || String(model).startsWith('openai.gpt-oss-')
}

/** Its functions lie one level higher than those of chat completions. */
function toolOf({tools, tool_choice: choice}: Body) {
  const functions = Array.isArray(tools) ? (tools as readonly Body[]).map((one) => ({function: one})) : []
  const named = isTree(choice) && choice['type'] === 'function' ? {function: {name: choice['name']}} : choice
  return openAiTool({tools: functions, tool_choice: named})
}

interface End {
  readonly status: 'in_progress' | 'completed' | 'incomplete'
  readonly output: readonly Body[]
  readonly usage: Body | null
}

function ended(spoken: Spoken): End {
  const {said, wish} = spoken
  return {
    status: said.stop === 'limit' ? 'incomplete' : 'completed',
    output: said.blocks.map((block, index) => itemOf(spoken, block, index)),
    usage: usageOf(spoken, {input: wish.prompt.tokens, output: said.tokens}),
  }
}

function usageOf({said}: Spoken, {input, output}: {readonly input: number; readonly output: number}): Body {
  const thought = said.blocks.reduce((sum, {kind, pieces}) => sum + (kind === 'reasoning' ? pieces.length : 0), 0)
  return {
    input_tokens: input,
    input_tokens_details: {cached_tokens: 0},
    output_tokens: output,
    output_tokens_details: {reasoning_tokens: thought},
    total_tokens: input + output,
  }
}

function responseOf({wish, body, request: {modelId, now, served}}: Spoken, {status, output, usage}: End): Body {
  return {
    id: answerId('resp_', wish.prompt.hash),
    object: 'response',
    created_at: Math.floor(now / 1000),
    status,
    error: null,
    incomplete_details: status === 'incomplete' ? {reason: 'max_output_tokens'} : null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    model: modelId,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    ...served,
    temperature: body['temperature'] ?? 1,
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: body['top_p'] ?? 1,
    usage,
  }
}

const PREFIXES = {reasoning: 'rs_', text: 'msg_', tool: 'fc_'} as const

function itemOf(spoken: Spoken, {kind, pieces, tool}: SaidBlock, index: number, done = true): Body {
  const id = answerId(PREFIXES[kind], spoken.wish.prompt.hash + index)
  const words = done ? pieces.join('') : ''
  const status = done ? 'completed' : 'in_progress'
  if (kind === 'tool') {
    return {id, type: 'function_call', status, call_id: tool?.id, name: tool?.name, arguments: words}
  }
  if (kind === 'reasoning') {
    const content = done ? [{type: 'reasoning_text', text: words}] : []
    return {id, type: 'reasoning', summary: [], content}
  }
  return {id, type: 'message', status, role: 'assistant', content: done ? [partOf(words)] : []}
}

const partOf = (words: string): Body => ({type: 'output_text', text: words, annotations: []})

const DELTAS = {
  reasoning: 'response.reasoning_text',
  text: 'response.output_text',
  tool: 'response.function_call_arguments',
} as const

/** The events of OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses-streaming */
function responseEvents(spoken: Spoken): StreamWording {
  let sequence = 0
  const event = (type: string, rest: Body): Body => ({type, sequence_number: sequence++, ...rest})
  const begun = responseOf(spoken, {status: 'in_progress', output: [], usage: null})
  const placeOf = ({kind}: SaidBlock, index: number): Body => ({
    item_id: answerId(PREFIXES[kind], spoken.wish.prompt.hash + index),
    output_index: index,
    ...(kind !== 'tool' && {content_index: 0}),
  })
  return {
    opening: () => [event('response.created', {response: begun}), event('response.in_progress', {response: begun})],
    begin: (block, index) => {
      const added = event('response.output_item.added', {
        output_index: index,
        item: itemOf(spoken, block, index, false),
      })
      const part = {...placeOf(block, index), part: partOf('')}
      return block.kind === 'text' ? [added, event('response.content_part.added', part)] : [added]
    },
    piece: (words, {block, index}) => event(`${DELTAS[block.kind]}.delta`, {...placeOf(block, index), delta: words}),
    end: (block, index) => {
      const words = block.pieces.join('')
      const place = placeOf(block, index)
      const done = event(`${DELTAS[block.kind]}.done`, {
        ...place,
        [block.kind === 'tool' ? 'arguments' : 'text']: words,
      })
      const part = block.kind === 'text' ? [event('response.content_part.done', {...place, part: partOf(words)})] : []
      const item = itemOf(spoken, block, index)
      return [done, ...part, event('response.output_item.done', {output_index: index, item})]
    },
    closing: (_, {inputTokens, outputTokens}) => {
      const end = ended(spoken)
      const usage = usageOf(spoken, {input: inputTokens, output: outputTokens})
      return [event(`response.${end.status}`, {response: responseOf(spoken, {...end, usage})})]
    },
  }
}

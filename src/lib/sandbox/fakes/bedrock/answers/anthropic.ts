import {isTree} from '../../../../core/is-tree.js'
import {anthropicWording} from '../../bedrock-runtime/streaming/anthropic-wording.js'
import {THOUGHT_SIGNATURE} from '../../bedrock-runtime/streaming/converse-wording.js'
import {cachedTokens} from './cached.js'
import {isThinking} from './converse.js'
import type {Body, CacheUse, Family, SaidBlock} from './family.js'
import {anthropicTool} from './forced-tool.js'
import {chatPrompt, limitOf} from './prompt.js'
import {answerId} from './reply.js'
import {inputOf} from './say.js'
import {anything, either, flag, integer, list, number, oneOf, record, type Shape, text} from './shape.js'
import {type Spoken, speaking} from './speaking.js'
import {anthropicWords} from './wording.js'

const block: Shape = (value) => (isTree(value) && value['type'] === 'text' ? textBlock(value) : otherBlock(value))
const textBlock = record({type: oneOf('text'), text: text()}, {cache_control: anything, citations: anything})
const otherBlock = record({type: text()}, {}, {open: true})
const content = either(text(), list(block))

const messages = list(record({role: oneOf('user', 'assistant'), content}), {min: 1})

const request = record(
  {anthropic_version: oneOf('bedrock-2023-05-31'), max_tokens: integer({min: 1}), messages},
  {
    system: either(text(), list(block)),
    temperature: number({min: 0, max: 1}),
    top_p: number({min: 0, max: 1}),
    top_k: integer({min: 0}),
    stop_sequences: list(text()),
    tools: list(record({name: text({min: 1})}, {}, {open: true})),
    tool_choice: anything,
    metadata: anything,
    thinking: anything,
    output_config: anything,
    output_format: anything,
    context_management: anything,
    anthropic_beta: list(text()),
    cache_control: anything,
    disable_parallel_tool_use: flag,
  },
)

/** Anthropic's Messages. */
export const anthropicMessages: Family = speaking({
  refusal(body) {
    const problem = request(body)
    return problem ? anthropicWords(problem) : (firstTurn(body) ?? blockProblems(body))
  },

  wish(body) {
    return {
      prompt: chatPrompt(body['messages'], body['system'], body['tools']),
      limit: limitOf(body['max_tokens'], Number.POSITIVE_INFINITY),
      stops: body['stop_sequences'] as readonly string[] | undefined,
      thinks: isThinking(body),
      tool: anthropicTool(body),
      toolIdPrefix: 'toolu_bdrk_',
    }
  },

  whole: wholeMessage,
  streamed: (spoken) => anthropicWording(spoken, wholeMessage(spoken)),
})

const STOP_REASONS = {
  end: 'end_turn',
  limit: 'max_tokens',
  sequence: 'stop_sequence',
  tool: 'tool_use',
  guardrail: 'end_turn',
} as const

function wholeMessage({said, wish: {prompt}, request: {modelId, cache}}: Spoken): Body {
  return {
    model: modelId.replace(/^.*anthropic\./, '').replace(/-v\d+(:\d+)?$/, ''),
    id: answerId('msg_bdrk_', prompt.hash),
    type: 'message',
    role: 'assistant',
    content: said.blocks.map(contentBlock),
    stop_reason: STOP_REASONS[said.stop],
    stop_sequence: said.sequence ?? null,
    usage: {
      input_tokens: prompt.tokens - cachedTokens(cache),
      cache_creation_input_tokens: cache?.write ?? 0,
      cache_read_input_tokens: cache?.read ?? 0,
      ...(cache && {cache_creation: writtenFor(cache)}),
      output_tokens: said.tokens,
    },
  }
}

function writtenFor({written}: CacheUse): Body {
  const kept = (wanted: string) => written.reduce((sum, {ttl, tokens}) => (ttl === wanted ? sum + tokens : sum), 0)
  return {ephemeral_5m_input_tokens: kept('5m'), ephemeral_1h_input_tokens: kept('1h')}
}

function contentBlock(said: SaidBlock): Body {
  const words = said.pieces.join('')
  if (said.kind === 'tool') return {type: 'tool_use', id: said.tool?.id, name: said.tool?.name, input: inputOf(said)}
  return said.kind === 'text'
    ? {type: 'text', text: words}
    : {type: 'thinking', thinking: words, signature: THOUGHT_SIGNATURE}
}

function firstTurn({messages: all}: Body): string | undefined {
  const [first] = all as readonly Body[]
  return first?.['role'] === 'user' ? undefined : 'messages: first message must use the "user" role'
}

function blocksOf({content: blocks}: Body): readonly Body[] {
  return Array.isArray(blocks) ? (blocks as readonly Body[]) : []
}

function blockProblems({messages: all}: Body): string | undefined {
  for (const [index, message] of (all as readonly Body[]).entries()) {
    for (const [place, one] of blocksOf(message).entries()) {
      const wrong = blockProblem(one, `messages.${index}.content.${place}`)
      if (wrong !== undefined) return wrong
    }
  }
  return undefined
}

/** Bedrock takes pictures as bytes, not by address. */
function blockProblem({type, text: words, source}: Body, place: string): string | undefined {
  if (type === 'text' && words === '') return 'messages: text content blocks must be non-empty'
  if (type !== 'image') return undefined
  if (!isTree(source)) return `${place}.image.source: Field required`
  return source['type'] === 'url' ? 'URL sources are not supported' : undefined
}

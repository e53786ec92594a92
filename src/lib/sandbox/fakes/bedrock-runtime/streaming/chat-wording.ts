import {isTree} from '../../../../core/is-tree.js'
import type {Body, Said, SaidBlock} from '../../bedrock/answers/family.js'
import {invocationMetrics, type Spoken} from '../../bedrock/answers/speaking.js'
import type {StreamWording} from './wording.js'

/** Chunks of chat completions; `whole` is the answer as it is whole. */
export function chatWording({said, body}: Spoken, whole: Body, prefix = ''): StreamWording {
  const chunk = (delta: Body, reason: string | null = null): Body => ({
    ...headOf(whole, 'chat.completion.chunk'),
    choices: [{index: 0, delta, finish_reason: reason}],
  })
  const first = said.blocks[0]
  return {
    opening: () => [chunk({role: 'assistant', content: ''})],
    begin: ({tool}) => (tool ? [chunk({tool_calls: [toolCall(tool)]})] : []),
    piece: (text, {block, tokens}) => {
      if (block.kind === 'tool') return chunk({tool_calls: [{index: 0, function: {arguments: text}}]})
      if (block.kind === 'reasoning') return chunk({reasoning_content: text})
      const leading = block === first && tokens <= 1 ? prefix : ''
      return chunk({content: `${leading}${text}`})
    },
    closing: (_, metrics) => {
      const last = chunk({}, finishReason(said))
      const {inputTokens} = metrics
      const usage = {
        prompt_tokens: inputTokens,
        completion_tokens: said.tokens,
        total_tokens: inputTokens + said.tokens,
      }
      if (!wantsUsage(body)) return [{...last, ...invocationMetrics(metrics)}]
      return [last, {...headOf(whole, 'chat.completion.chunk'), choices: [], usage, ...invocationMetrics(metrics)}]
    },
  }
}

/** Chunks of Mistral's chat completions, which say `stop_reason`. */
export function mistralChatWording({said}: Spoken): StreamWording {
  const choice = (content: string, reason: string | null): Body => ({
    choices: [{index: 0, message: {role: 'assistant', content, tool_calls: null}, stop_reason: reason}],
  })
  return {
    opening: () => [],
    piece: (text) => choice(text, null),
    closing: (_, metrics) => [
      {...choice('', said.stop === 'limit' ? 'length' : 'stop'), ...invocationMetrics(metrics)},
    ],
  }
}

/** Chunks of plain completions. */
export function completionWording({said}: Spoken, whole: Body): StreamWording {
  const chunk = (text: string, reason: string | null): Body => ({
    ...headOf(whole, 'text_completion'),
    choices: [{index: 0, text, logprobs: null, finish_reason: reason}],
  })
  return {
    opening: () => [],
    piece: (text) => chunk(text, null),
    closing: (_, metrics) => [{...chunk('', finishReason(said)), ...invocationMetrics(metrics)}],
  }
}

function headOf({id, created, model}: Body, object: string): Body {
  return {id, object, created, ...(model !== undefined && {model})}
}

const toolCall = ({id, name}: NonNullable<SaidBlock['tool']>): Body => ({
  index: 0,
  id,
  type: 'function',
  function: {name, arguments: ''},
})

/** As OpenAI calls them. */
export function finishReason({stop}: Said): string {
  if (stop === 'limit') return 'length'
  return stop === 'tool' ? 'tool_calls' : 'stop'
}

const wantsUsage = ({stream_options: options}: Body): boolean => isTree(options) && options['include_usage'] === true

import {isTree} from '../../../core/is-tree.js'
import {countText} from './count-text.js'
import {IMAGE_TOKENS, MESSAGE_TOKENS, REQUEST_TOKENS, TOOLS_TOKENS} from './frame-tokens.js'
import {invalid} from './refusals.js'

const MALFORMED = 'Malformed input request, please reformat your input and try again.'

/** Tokens of a body of InvokeModel: that of Anthropic's Messages, as only Claude counts. */
export function countInvoke(body: Uint8Array): number {
  const request = parse(body)
  for (const field of ['anthropic_version', 'max_tokens', 'messages']) {
    if (request[field] === undefined) throw invalid(`${field}: Field required`)
  }
  const {messages, system, tools} = request
  if (!Array.isArray(messages)) throw invalid('messages: Input should be a valid list')
  if (messages.length === 0) throw invalid('messages: at least one message is required')
  let count = REQUEST_TOKENS + (system === undefined ? 0 : countContent(system, 'system'))
  for (const [index, message] of messages.entries())
    count += MESSAGE_TOKENS + countMessage(message, `messages.${index}`)
  if (Array.isArray(tools) && tools.length > 0) count += TOOLS_TOKENS + countText(JSON.stringify(tools))
  return count
}

function parse(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const request: unknown = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(body))
    if (isTree(request)) return request
  } catch {
    throw invalid(MALFORMED)
  }
  throw invalid(MALFORMED)
}

function countMessage(message: unknown, place: string): number {
  if (!isTree(message)) throw invalid(`${place}: Input should be a valid dictionary`)
  const {role, content} = message
  if (role !== 'user' && role !== 'assistant') throw invalid(`${place}.role: Input should be 'user' or 'assistant'`)
  if (content === undefined) throw invalid(`${place}.content: Field required`)
  return countContent(content, `${place}.content`)
}

function countContent(content: unknown, place: string): number {
  if (typeof content === 'string') return countText(content)
  if (!Array.isArray(content)) throw invalid(`${place}: Input should be a valid list`)
  return content.reduce((total: number, block, index) => total + countBlock(block, `${place}.${index}`), 0)
}

function countBlock(block: unknown, place: string): number {
  if (!isTree(block)) throw invalid(`${place}: Input should be a valid dictionary`)
  switch (block['type']) {
    case undefined:
      throw invalid(`${place}.type: Field required`)
    case 'text':
      if (typeof block['text'] !== 'string') throw invalid(`${place}.text: Field required`)
      return countText(block['text'])
    case 'image':
      return IMAGE_TOKENS
    default:
      return countText(JSON.stringify(block))
  }
}

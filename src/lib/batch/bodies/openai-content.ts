import {readImageHead} from '../../core/image-head.js'
import {isTree} from '../../core/is-tree.js'
import {mediaType, type PromptImage} from './prompt-input.js'

/** A call of a tool that the assistant made. */
export interface ToolCall {
  readonly kind: 'call'
  readonly id: string
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a tool gave back. */
interface ToolResult {
  readonly kind: 'result'
  readonly id: string
  readonly text: string
}

/** A part of what somebody said. */
export type ChatPart = {readonly kind: 'text'; readonly text: string} | PromptImage | ToolCall | ToolResult

/** What OpenAI's chat bodies say, apart from how they say it. */
export interface ChatTurn {
  readonly role: 'user' | 'assistant'
  readonly parts: readonly ChatPart[]
}

/** Told of what cannot be carried over; nothing of the content is repeated. */
export type TellLoss = (code: string, severity: 'error' | 'warning', path: string, text: string) => void

const DATA_URL = /^data:image\/([a-z+.-]+);base64,/i

/** The parts of a message's content. */
export function contentParts(content: unknown, tell: TellLoss): readonly ChatPart[] {
  if (typeof content === 'string') return [{kind: 'text', text: content}]
  if (!Array.isArray(content)) {
    tell('OPENAI_CONTENT', 'error', 'body.messages[].content', 'Content must be text or a list of parts.')
    return []
  }
  return content.flatMap((part: unknown) => {
    const found = partOf(part)
    if (typeof found !== 'string') return [found]
    tell('OPENAI_PART', 'error', 'body.messages[].content[]', found)
    return []
  })
}

/** A part, or why it cannot be taken over. */
function partOf(part: unknown): ChatPart | string {
  if (!isTree(part)) return 'A part of the content is no object: write {"type": "text", "text": …}.'
  if (part['type'] === 'text' && typeof part['text'] === 'string') return {kind: 'text', text: part['text']}
  if (part['type'] !== 'image_url') return 'A part is neither text nor image_url, and cannot be carried over.'
  const named = part['image_url']
  const url = isTree(named) ? named['url'] : named
  return typeof url === 'string' ? imageOf(url) : 'An image_url names no image.'
}

function imageOf(url: string): PromptImage | string {
  const found = DATA_URL.exec(url.slice(0, 64))
  if (!found) return 'An image is named by URL, which batch refuses: put its bytes in as a data URL.'
  const base64 = url.slice(found[0].length)
  const head = readImageHead(Buffer.from(base64.slice(0, 48), 'base64'))
  return head ? {kind: 'bytes', format: head.format, base64} : 'An image is no PNG, JPEG, GIF or WebP: convert it.'
}

/** Blocks of Converse, which Amazon Nova has too. */
export function converseBlocks(parts: readonly ChatPart[]): readonly unknown[] {
  return parts.flatMap((part): readonly unknown[] => {
    if (part.kind === 'text') return [{text: part.text}]
    if (part.kind === 'call') return [{toolUse: {toolUseId: part.id, name: part.name, input: part.input}}]
    if (part.kind === 'result') return [{toolResult: {toolUseId: part.id, content: [{text: part.text}]}}]
    return part.kind === 'bytes' ? [{image: {format: part.format, source: {bytes: part.base64}}}] : []
  })
}

/** Blocks of Anthropic's Messages. */
export function anthropicBlocks(parts: readonly ChatPart[]): readonly unknown[] {
  return parts.flatMap((part): readonly unknown[] => {
    if (part.kind === 'text') return [{type: 'text', text: part.text}]
    if (part.kind === 'call') return [{type: 'tool_use', id: part.id, name: part.name, input: part.input}]
    if (part.kind === 'result') return [{type: 'tool_result', tool_use_id: part.id, content: part.text}]
    if (part.kind !== 'bytes') return []
    return [{type: 'image', source: {type: 'base64', media_type: mediaType(part.format), data: part.base64}}]
  })
}

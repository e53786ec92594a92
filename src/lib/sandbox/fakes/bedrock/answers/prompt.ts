import {countText} from '../../bedrock-runtime/count-text.js'
import {IMAGE_TOKENS, MESSAGE_TOKENS, REQUEST_TOKENS, TOOLS_TOKENS} from '../../bedrock-runtime/frame-tokens.js'
import type {Body} from './family.js'
import {hashText} from './reply.js'

/** What a prompt weighs, and a number that stands for it. */
export interface Prompt {
  readonly tokens: number
  readonly hash: number
  /** Its last text: what is wanted now. */
  readonly last: string
}

/** Of a plain text. */
export function textPrompt(text: string): Prompt {
  return {tokens: countText(text), hash: hashText(text), last: text}
}

/** Of messages, whatever the family calls a block of text: counted as CountTokens counts them. */
export function chatPrompt(messages: unknown, system: unknown, tools?: unknown): Prompt {
  const sum = {tokens: REQUEST_TOKENS, hash: hashText(''), last: ''}
  addContent(system, sum)
  for (const message of Array.isArray(messages) ? (messages as readonly Body[]) : []) {
    sum.tokens += MESSAGE_TOKENS
    addContent(message['content'], sum)
  }
  if (Array.isArray(tools) && tools.length > 0) sum.tokens += TOOLS_TOKENS + countText(JSON.stringify(tools))
  return sum
}

interface Sum {
  tokens: number
  hash: number
  last: string
}

function addContent(content: unknown, sum: Sum): void {
  if (typeof content === 'string') addText(content, sum)
  if (!Array.isArray(content)) return
  for (const block of content as readonly Body[]) {
    const {text} = block
    if (typeof text === 'string') addText(text, sum)
    else if (block['cachePoint'] !== undefined) continue
    else if (isImage(block)) sum.tokens += IMAGE_TOKENS
    else addText(JSON.stringify(block), sum)
  }
}

const isImage = (block: Body): boolean =>
  block['type'] === 'image' || block['type'] === 'image_url' || block['image'] !== undefined

function addText(text: string, sum: Sum): void {
  sum.tokens += countText(text)
  sum.hash = hashText(text, sum.hash)
  sum.last = text
}

/** A number of the body, or `otherwise`. */
export function limitOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

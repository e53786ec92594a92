import {createHash} from 'node:crypto'
import {isTree} from '../../core/is-tree.js'
import type {Body} from '../fakes/bedrock/answers/family.js'
import {countText} from '../fakes/bedrock-runtime/count-text.js'
import {IMAGE_TOKENS, MESSAGE_TOKENS, REQUEST_TOKENS, TOOLS_TOKENS} from '../fakes/bedrock-runtime/frame-tokens.js'
import type {Ttl} from './cacheable.js'

/** A place in a prompt: what stands before it, and how much that is. */
export interface Boundary {
  readonly digest: string
  readonly tokens: number
  /** Marked as a place to cache up to. */
  readonly ttl: Ttl | undefined
  /** Blocks before it. */
  readonly blocks: number
}

/** The end of every block of a request, in the order in which caches go: tools, system, messages. */
export function boundariesOf(request: Body): readonly Boundary[] {
  const walk = new Walk()
  const toolConfig = isTree(request['toolConfig']) ? request['toolConfig'] : request
  const tools = listOf(toolConfig['tools'])
  if (tools.length > 0) walk.frame(TOOLS_TOKENS)
  for (const tool of tools) walk.block(tool)
  for (const block of listOf(request['system'])) walk.block(block)
  for (const message of listOf(request['messages'])) {
    walk.frame(MESSAGE_TOKENS)
    for (const block of listOf(isTree(message) ? message['content'] : undefined)) walk.block(block)
  }
  return walk.boundaries
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? [{text: value}] : []

class Walk {
  readonly boundaries: Boundary[] = []
  readonly #hash = createHash('sha256')
  #tokens = REQUEST_TOKENS

  frame(tokens: number): void {
    this.#tokens += tokens
  }

  block(block: unknown): void {
    if (!isTree(block)) return
    const {cachePoint, cache_control: control, ...rest} = block
    // A point of Converse is a block by itself, one of Nova's bodies a member of what it marks.
    if (isTree(cachePoint) && Object.keys(rest).length === 0) {
      this.#mark(ttlIn(cachePoint))
      return
    }
    const text = typeof rest['text'] === 'string' ? rest['text'] : JSON.stringify(rest)
    this.#hash.update(`${text.length}:${text}`)
    this.#tokens += isImage(rest) ? IMAGE_TOKENS : countText(text)
    const digest = this.#hash.copy().digest('base64')
    const mark = control ?? cachePoint
    const ttl = isTree(mark) ? ttlIn(mark) : undefined
    this.boundaries.push({digest, tokens: this.#tokens, ttl, blocks: this.boundaries.length + 1})
  }

  /** A point of Converse stands behind what it marks. */
  #mark(ttl: Ttl): void {
    const last = this.boundaries.pop()
    if (last) this.boundaries.push({...last, ttl})
  }
}

const ttlIn = ({ttl}: Body): Ttl => (ttl === '1h' ? '1h' : '5m')

const isImage = (block: Body): boolean => block['type'] === 'image' || block['image'] !== undefined

import type {Said, SaidBlock} from './family.js'
import type {ForcedTool} from './forced-tool.js'
import {toolInput} from './forced-tool.js'
import type {Length} from './length.js'
import type {Prompt} from './prompt.js'
import {answerId, replyTo} from './reply.js'

/** What a request asks for, whatever its family calls it. */
export interface Wish {
  readonly prompt: Prompt
  readonly limit: number
  readonly stops?: readonly string[] | undefined
  /** It is to think aloud first. */
  readonly thinks?: boolean
  /** It has to use this tool. */
  readonly tool?: ForcedTool | undefined
  readonly toolIdPrefix?: string
}

/** Tokens of a thought, and the share of the limit that it may take. */
const THOUGHT = 24
const THOUGHT_SHARE = 0.5
/** Characters of a tool's input that make a token. */
const JSON_PIECE = /[\s\S]{1,4}/g

/** The answer to a wish: the same for the same prompt. */
export function say(wish: Wish, length: Length | undefined): Said {
  const {prompt, limit} = wish
  const thought = wish.thinks ? thoughtOf(wish) : undefined
  const left = limit - (thought?.pieces.length ?? 0)
  const before = thought ? [thought] : []
  if (wish.tool) return toolUse(wish, wish.tool, {before, left})
  const reply = replyTo(prompt.hash, {limit: left, length, asking: prompt.last, stops: wish.stops})
  const blocks: readonly SaidBlock[] = [...before, {kind: 'text', pieces: reply.pieces}]
  const stop = reply.stopped === undefined ? (reply.cut ? 'limit' : 'end') : 'sequence'
  return {blocks, tokens: tokensOf(blocks), stop, sequence: reply.stopped}
}

function thoughtOf({prompt, limit}: Wish): SaidBlock | undefined {
  const most = Math.min(THOUGHT, Math.floor(limit * THOUGHT_SHARE))
  if (most < 1) return undefined
  return {kind: 'reasoning', pieces: replyTo(prompt.hash ^ 0x1b873593, {limit: most}).pieces}
}

function toolUse(
  {prompt, toolIdPrefix = 'tooluse_'}: Wish,
  tool: ForcedTool,
  {before, left}: {readonly before: readonly SaidBlock[]; readonly left: number},
): Said {
  const whole = JSON.stringify(toolInput(tool)).match(JSON_PIECE) ?? []
  const pieces = whole.slice(0, Math.max(0, left))
  const used: SaidBlock = {kind: 'tool', pieces, tool: {id: answerId(toolIdPrefix, prompt.hash), name: tool.name}}
  const blocks = [...before, used]
  const stop = pieces.length < whole.length ? 'limit' : 'tool'
  return {blocks, tokens: tokensOf(blocks), stop, sequence: undefined}
}

const tokensOf = (blocks: readonly SaidBlock[]): number => blocks.reduce((sum, {pieces}) => sum + pieces.length, 0)

/** The input of a tool; one that the limit cut is none. */
export function inputOf({pieces}: SaidBlock): unknown {
  try {
    return JSON.parse(pieces.join('')) as unknown
  } catch {
    return {}
  }
}

/** What was said aloud. */
export function spokenText({blocks}: Said): string {
  return blocks.flatMap(({kind, pieces}) => (kind === 'text' ? pieces : [])).join('')
}

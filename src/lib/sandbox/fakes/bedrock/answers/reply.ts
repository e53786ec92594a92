import {seededRandom} from '../../../world/random.js'

// Every piece is one token of countText: five letters at most, with the blank before it.
const OPENING = ['This', ' is', ' a', ' mock', ' reply', ':']
const WORDS = [
  ...['the', 'light', 'over', 'water', 'turns', 'slow', 'and', 'green', 'while', 'small', 'boats', 'drift', 'home'],
  ...['past', 'stone', 'walls', 'where', 'old', 'trees', 'lean', 'near', 'paths', 'that', 'lead', 'north', 'again'],
]
const LEAST = 8
const SPREAD = 40

export interface Reply {
  readonly text: string
  readonly tokens: number
  /** It ended at the limit and not by itself. */
  readonly cut: boolean
}

/** What the sandbox says instead of a model: the same words for the same prompt, of at most `limit` tokens. */
export function replyTo(prompt: number, limit: number = Number.POSITIVE_INFINITY): Reply {
  const random = seededRandom(prompt)
  const words = LEAST + Math.floor(random() * SPREAD)
  const pieces = [...OPENING]
  for (let index = 0; index < words; index++) pieces.push(` ${WORDS[Math.floor(random() * WORDS.length)]}`)
  pieces.push('.')
  const cut = pieces.length > limit
  if (cut) pieces.length = Math.max(0, Math.floor(limit))
  return {text: pieces.join(''), tokens: pieces.length, cut}
}

/** Letters that are looked at: enough to tell prompts apart. */
const LOOKED_AT = 4096

/** A number that a text gives every time (FNV-1a of its end and length). */
export function hashText(text: string, start = 0x811c9dc5): number {
  let hash = start ^ text.length
  for (let index = Math.max(0, text.length - LOOKED_AT); index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** `prefix` and hexadecimal digits made of a prompt, as ids of answers are. */
export function answerId(prefix: string, prompt: number): string {
  const random = seededRandom(prompt ^ 0x5bd1e995)
  const part = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  return `${prefix}${part()}${part()}${part()}`
}

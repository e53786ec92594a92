import {seededRandom} from '../../../world/random.js'
import {type Length, wantedLength} from './length.js'

// Every piece is one token of countText: five letters at most, with the blank before it.
const OPENING = ['This', ' is', ' a', ' mock', ' reply', ':']
const WORDS = [
  ...['the', 'light', 'over', 'water', 'turns', 'slow', 'and', 'green', 'while', 'small', 'boats', 'drift', 'home'],
  ...['past', 'stone', 'walls', 'where', 'old', 'trees', 'lean', 'near', 'paths', 'that', 'lead', 'north', 'again'],
].map((word) => ` ${word}`)
const LEAST = 8
const SPREAD = 40
/** Whoever sets no limit gets no endless answer either. */
const MOST_TOKENS = 100_000

export interface Reply {
  readonly text: string
  /** The text, token by token. */
  readonly pieces: readonly string[]
  readonly tokens: number
  /** It ended at the limit and not by itself. */
  readonly cut: boolean
  /** The sequence that it stopped before. */
  readonly stopped: string | undefined
}

export interface ReplyOptions {
  /** Tokens at most. */
  readonly limit?: number | undefined
  readonly length?: Length | undefined
  /** Where the prompt may say how long the answer should be. */
  readonly asking?: string | undefined
  readonly stops?: readonly string[] | undefined
}

/** What the sandbox says instead of a model: the same words for the same prompt. */
export function replyTo(prompt: number, options: ReplyOptions = {}): Reply {
  const limit = Math.min(Math.floor(options.limit ?? MOST_TOKENS), MOST_TOKENS)
  const random = seededRandom(prompt)
  const natural = OPENING.length + LEAST + Math.floor(random() * SPREAD) + 1
  const wanted = wantedLength(options, {natural, limit, seed: prompt ^ 0x2545f491})
  const cut = wanted > limit
  const pieces = OPENING.slice(0, Math.min(wanted, limit))
  const words = Math.min(wanted - 1, limit)
  while (pieces.length < words) pieces.push(WORDS[Math.floor(random() * WORDS.length)] ?? '')
  if (!cut && pieces.length < wanted) pieces.push('.')
  const whole = {text: pieces.join(''), pieces, tokens: pieces.length, cut, stopped: undefined}
  return options.stops === undefined || options.stops.length === 0 ? whole : stopAt(whole, options.stops)
}

/** Ends before the first of the sequences; the tokens of what is left out were not said. */
function stopAt(reply: Reply, stops: readonly string[]): Reply {
  let end = reply.text.length
  let stopped: string | undefined
  for (const stop of stops) {
    const found = stop === '' ? -1 : reply.text.indexOf(stop)
    if (found < 0 || found >= end) continue
    end = found
    stopped = stop
  }
  if (stopped === undefined) return reply
  const pieces: string[] = []
  let length = 0
  for (const piece of reply.pieces) {
    if (length >= end) break
    pieces.push(piece.slice(0, end - length))
    length += piece.length
  }
  return {text: reply.text.slice(0, end), pieces, tokens: pieces.length, cut: false, stopped}
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

import {seededRandom} from '../../../world/random.js'

/**
 * How long answers are: `natural` is some thirty tokens, `asked` as many as the prompt asks for ("in 300 words") and
 * else natural, `max` up to the caller's limit.
 */
export type Length = 'natural' | 'asked' | 'max' | {readonly mean: number; readonly spread: number}

interface Ground {
  readonly natural: number
  readonly limit: number
  /** For what chance decides. */
  readonly seed: number
}

/** Tokens of an answer before the limit cuts it. */
export function wantedLength(
  {length = 'natural', asking = ''}: {readonly length?: Length | undefined; readonly asking?: string | undefined},
  {natural, limit, seed}: Ground,
): number {
  if (length === 'natural') return natural
  if (length === 'asked') return askedLength(asking) ?? natural
  if (length === 'max') return limit + 1
  return Math.max(1, Math.round(length.mean + length.spread * normal(seededRandom(seed))))
}

/** Standard normal (Box and Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The end of a prompt is where it says what is wanted. */
const LOOKED_AT = 2048
const ASKED = /(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,6})[ -](?:words?|tokens?)\b/gi

/** The tokens that a prompt asks for, a word being one here; the last of several figures counts. */
function askedLength(text: string): number | undefined {
  let asked: number | undefined
  for (const [, figure = ''] of text.slice(-LOOKED_AT).matchAll(ASKED)) asked = Number(figure.replaceAll(',', ''))
  return asked === undefined || asked < 1 ? undefined : asked
}

import type {TokenFit} from './synthetic.js'

/** A prompt that was asked: its words, and the input tokens that the server counted. */
export interface CountedPrompt {
  readonly words: number
  readonly tokens: number
}

const LEAST_PER_WORD = 0.2
const MOST_PER_WORD = 10

/** The straight line through what was counted, by least squares; undefined where no sane one goes through it. */
export function fitLengths(counted: readonly CountedPrompt[]): TokenFit | undefined {
  const count = counted.length
  const mean = (of: (one: CountedPrompt) => number) => counted.reduce((sum, one) => sum + of(one), 0) / count
  const [words, tokens] = [mean((one) => one.words), mean((one) => one.tokens)]
  const spread = counted.reduce((sum, one) => sum + (one.words - words) ** 2, 0)
  if (count < 2 || spread === 0) return undefined
  const perWord = counted.reduce((sum, one) => sum + (one.words - words) * (one.tokens - tokens), 0) / spread
  if (!(perWord >= LEAST_PER_WORD && perWord <= MOST_PER_WORD)) return undefined
  return {frame: Math.max(0, tokens - perWord * words), perWord}
}

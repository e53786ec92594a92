import {type CountedPrompt, fitLengths} from '../data/fit-lengths.js'
import {countWords, makePrompts} from '../data/make-prompts.js'
import {makeBook, type WordRequest} from '../data/prompt-book.js'
import type {TokenFit} from '../data/synthetic.js'
import type {LoadEngine} from '../load/load.js'
import {askAside, type SideRequests} from './one-request.js'

/** Words of the prompts: far enough apart for a line through their tokens, several short ones to even out what nonces weigh. */
const LENGTHS = [16, 16, 16, 256, 768] as const

const SHORTEST = 256

export interface CalibrationInput extends Omit<SideRequests, 'requests' | 'book'> {
  readonly word: WordRequest
  readonly seed: number
  /** Prompts begin with a nonce under load, so they do here. */
  readonly nonce: boolean
  /** Tokens of the longest prompt of the run: where prompts are short, so are these. */
  readonly longest: number
}

/** Asks a few times with one token out, and fits how many tokens the target counts for so many words. */
export async function calibrate(engine: LoadEngine, input: CalibrationInput): Promise<TokenFit | undefined> {
  const lengths = LENGTHS.map((length) => Math.min(length, Math.max(SHORTEST, 2 * input.longest)))
  const made = lengths.map((length, index) =>
    makePrompts({
      plan: {
        kind: 'synthetic',
        input: {kind: 'constant', value: length},
        output: {kind: 'constant', value: 1},
        prefix: null,
      },
      conversations: [],
      seed: input.seed + index + 1,
      count: 1,
      turns: undefined,
      fit: {frame: 0, perWord: 1},
    }),
  )
  const prompts = made.flatMap(({prompts: one}) => one)
  const book = makeBook({prompts, sessions: undefined}, input.word, input.nonce)
  const {rows} = await askAside(engine, {...input, book, requests: prompts.length})
  const counted: CountedPrompt[] = []
  for (const segment of rows) {
    for (let row = 0; row < segment.rows; row += 1) {
      const prompt = prompts[segment.k[row] ?? -1]
      const tokens =
        (segment.input[row] ?? -1) +
        Math.max(0, segment.cacheRead[row] ?? 0) +
        Math.max(0, segment.cacheWrite[row] ?? 0)
      if (prompt !== undefined && (segment.input[row] ?? -1) > 0) counted.push({words: countWords(prompt), tokens})
    }
  }
  return fitLengths(counted)
}

import {randomStream, STREAMS} from '../arrivals/random.js'
import {spreadAt} from '../arrivals/spread-at.js'
import type {Conversation} from './conversation.js'
import type {DataPlan} from './data-plan.js'
import {WORDS} from './words.js'

/** How many tokens a target makes of a prompt: those of the frame around it, and those of a word. */
export interface TokenFit {
  readonly frame: number
  readonly perWord: number
}

/** What is taken before a target was asked. */
export const ASSUMED_FIT: TokenFit = {frame: 8, perWord: 1.05}

export interface SyntheticQuestion {
  readonly plan: Extract<DataPlan, {readonly kind: 'synthetic'}>
  readonly seed: number
  /** Turns of each conversation. */
  readonly turns: number
  readonly fit: TokenFit
}

// Draws of one prompt that do not touch one another: lengths first, then words.
const LENGTH_DRAWS = 4
const PREFIX_STREAM = 64

/** The i-th conversation: the same whoever asks, whatever the tokeniser makes of it but for its length. */
export function syntheticConversation({fit, plan, seed, turns}: SyntheticQuestion, index: number): Conversation {
  const prompts = randomStream(seed, STREAMS.prompts)
  const {prefix} = plan
  const exchanges = Array.from({length: turns}, (_, turn) => {
    const place = index * turns + turn
    const wantedIn = Math.max(
      1,
      Math.round(spreadAt(plan.input, randomStream(seed, STREAMS.prompts + LENGTH_DRAWS), place)),
    )
    const wantedOut = Math.max(
      1,
      Math.round(spreadAt(plan.output, randomStream(seed, STREAMS.prompts + 2 * LENGTH_DRAWS), place)),
    )
    const shared = turn === 0 && prefix !== null ? prefix.tokens : 0
    const words = wordsFor(wantedIn, turn === 0 ? fit : {...fit, frame: 0})
    return {
      ask: asking(words, wantedOut, (draw) => prompts.at(place, draw)),
      answer: sentences(wordsFor(wantedOut, {...fit, frame: 0}), (draw) => prompts.at(place, draw + 1_000_000)),
      wantedIn: wantedIn + shared,
      wantedOut,
    }
  })
  if (prefix === null) return {before: [], exchanges}
  const group = randomStream(seed, PREFIX_STREAM)
  const words = wordsFor(prefix.tokens, {...fit, frame: 0})
  return {
    before: [{role: 'system', text: sentences(words, (draw) => group.at(index % prefix.groups, draw))}],
    exchanges,
  }
}

/** Words that make so many tokens, the frame around them counted in; at least one. */
export function wordsFor(tokens: number, {frame, perWord}: TokenFit): number {
  return Math.max(1, Math.round((tokens - frame) / perWord))
}

/** Words of a request before the sentence that says how long its answer is to be; shorter ones do without it. */
const LEAST_BEFORE = 3

/**
 * So many words that end with how long the answer is to be: only few servers can be told to go on until the limit, but
 * models write as much as they are asked for. More words than tokens are asked for, so that the limit is what ends it.
 */
export function asking(count: number, wantedOut: number, random: (draw: number) => number): string {
  const wish = `Write at least ${Math.ceil(wantedOut * WORDS_A_TOKEN)} words.`
  const before = count - wish.split(' ').length
  return before < LEAST_BEFORE ? sentences(count, random) : `${sentences(before, random)}. ${wish}`
}

/** Models stop short of a number of words rather than beyond it. */
const WORDS_A_TOKEN = 1.25

/** So many words. */
function sentences(count: number, random: (draw: number) => number): string {
  const words: string[] = []
  for (let place = 0; place < count; place += 1) {
    words.push(WORDS[Math.floor(random(place + 1) * WORDS.length)] ?? 'word')
  }
  return words.join(' ')
}

import {randomStream} from '../arrivals/random.js'
import type {Conversation, PlainPrompt, Turn} from './conversation.js'
import type {DataPlan} from './data-plan.js'
import {asking, syntheticConversation, type TokenFit, wordsFor} from './synthetic.js'
import {BLOCK_TOKENS, type TraceRow} from './trace.js'
import {WORDS} from './words.js'

export interface MadePrompts {
  readonly prompts: readonly PlainPrompt[]
  /** Place of the first prompt of each conversation; undefined: each prompt is one. */
  readonly sessions: readonly number[] | undefined
}

export interface PromptQuestion {
  readonly plan: DataPlan
  /** Of a file, as they were read. */
  readonly conversations: readonly Conversation[]
  readonly seed: number
  /** Conversations wanted; a file may have fewer. */
  readonly count: number
  /** Turns of a conversation; undefined: each conversation is asked its first turn alone. */
  readonly turns: number | undefined
  readonly fit: TokenFit
}

/** Answers of a data set that does not say how long they are. */
export const DEFAULT_OUTPUT = 256

/** The prompts of a book: histories have the answers of the data set, so that all of them are known before the first is sent. */
export function makePrompts({conversations, count, fit, plan, seed, turns}: PromptQuestion): MadePrompts {
  const all =
    plan.kind === 'file'
      ? conversations.slice(0, count)
      : Array.from({length: count}, (_, index) => syntheticConversation({plan, seed, turns: turns ?? 1, fit}, index))
  const output = plan.kind === 'file' ? plan.output : null
  const prompts: PlainPrompt[] = []
  const sessions: number[] = []
  for (const conversation of all) {
    sessions.push(prompts.length)
    for (const prompt of promptsOf(conversation, turns ?? 1)) {
      prompts.push({...prompt, wantedOut: output ?? (prompt.wantedOut || DEFAULT_OUTPUT)})
    }
  }
  return {prompts, sessions: turns === undefined ? undefined : sessions}
}

function promptsOf({before, exchanges}: Conversation, turns: number): readonly PlainPrompt[] {
  const history: Turn[] = [...before]
  // A system prompt is a prefix to be shared: the nonce comes after it.
  const nonceTurn = before.findIndex(({role}) => role !== 'system')
  const prompts: PlainPrompt[] = []
  let tokens = 0
  for (const {answer, ask, wantedIn, wantedOut} of exchanges.slice(0, turns)) {
    history.push({role: 'user', text: ask})
    tokens += wantedIn
    prompts.push({
      turns: [...history],
      nonceTurn: nonceTurn < 0 ? before.length : nonceTurn,
      wantedIn: wantedIn === 0 ? 0 : tokens,
      wantedOut,
    })
    history.push({role: 'assistant', text: answer === '' ? 'Yes.' : answer})
    tokens += wantedOut
  }
  return prompts
}

/** A prompt for each request of a trace; blocks that requests share are the same words. */
export function tracePrompts(rows: readonly TraceRow[], seed: number, fit: TokenFit): MadePrompts {
  const prompts = rows.map((row, index): PlainPrompt => {
    const wanted = {wantedIn: row.input, wantedOut: row.output}
    if (row.text !== undefined) return {turns: [{role: 'user', text: row.text}], nonceTurn: 0, ...wanted}
    const shared = Math.min(row.blocks.length, Math.floor(row.input / BLOCK_TOKENS))
    const blockWords = wordsFor(BLOCK_TOKENS, {...fit, frame: 0})
    const parts = row.blocks.slice(0, shared).map((id) => wordsAt(seed, id, blockWords))
    const left = row.input - shared * BLOCK_TOKENS
    if (left > 0 || parts.length === 0) {
      const random = randomStream(seed ^ 0x5bd1e995, BLOCK_STREAM)
      parts.push(asking(wordsFor(left, fit), row.output, (draw) => random.at(index, draw)))
    }
    // What is shared must come first and stay the same: such prompts have no nonce.
    return {turns: [{role: 'user', text: parts.join(' ')}], nonceTurn: shared > 0 ? undefined : 0, ...wanted}
  })
  return {prompts, sessions: undefined}
}

const BLOCK_STREAM = 65

function wordsAt(seed: number, place: number, count: number): string {
  const random = randomStream(seed, BLOCK_STREAM)
  return Array.from({length: count}, (_, draw) => WORDS[Math.floor(random.at(place, draw + 1) * WORDS.length)]).join(
    ' ',
  )
}

/** Words of what is asked, as lengths are fitted: text between blanks. */
export function countWords({turns}: PlainPrompt): number {
  return turns.reduce((sum, {text}) => sum + (text.match(/\S+/g)?.length ?? 0), 0)
}

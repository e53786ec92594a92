import type {Conversation} from '../data/conversation.js'
import {countWords, type MadePrompts, makePrompts, tracePrompts} from '../data/make-prompts.js'
import {MOST_BOOK_BYTES} from '../data/prompt-book.js'
import {readDataFile} from '../data/read-file.js'
import type {TokenFit} from '../data/synthetic.js'
import {readTrace, type TraceRow} from '../data/trace.js'
import type {BenchPlan} from '../plan/bench-plan.js'
import type {PlannedCell} from '../plan/expand-cells.js'
import type {RequestTokens} from './estimate.js'

/** What prompts are made of, read once for all targets. */
export interface RunData {
  readonly conversations: readonly Conversation[]
  /** Of --replay. */
  readonly trace: readonly TraceRow[] | undefined
  /** The prompts as a target gets them whose tokens are so many. */
  prompts(fit: TokenFit): MadePrompts
}

/** Prompts come again after so many; with a nonce each is new all the same. */
const MOST_PROMPTS = 2048
/** Conversations that are known before the first is sent, for each user. */
const CONVERSATIONS_A_USER = 4

/** Reads files of prompts and traces, and settles how many different prompts there are. */
export async function prepareData(plan: BenchPlan, cells: readonly PlannedCell[]): Promise<RunData> {
  const replay = plan.levels.find((level) => level.kind === 'replay')
  const users = plan.levels.find((level) => level.kind === 'users')
  const trace = replay === undefined ? undefined : await readTrace(replay.file, plan.requests ?? undefined)
  const wanted = Math.max(1, ...cells.map(({requests}) => requests ?? MOST_PROMPTS))
  const count = Math.min(MOST_PROMPTS, users === undefined ? wanted : Math.max(1, users.users * CONVERSATIONS_A_USER))
  const {data} = plan
  const conversations =
    data.kind === 'file' && trace === undefined
      ? await readDataFile({file: data.file, most: data.most ?? count, mostBytes: MOST_BOOK_BYTES})
      : []
  return {
    conversations,
    trace,
    prompts: (fit) =>
      trace === undefined
        ? makePrompts({plan: data, conversations, seed: plan.seed, count, turns: users?.turns, fit})
        : tracePrompts(trace, plan.seed, fit),
  }
}

/** Tokens of one request, on average: as asked for, else by its words. */
export function meanTokens({prompts}: MadePrompts): RequestTokens {
  const count = Math.max(1, prompts.length)
  const input = prompts.reduce(
    (sum, prompt) => sum + (prompt.wantedIn || Math.round(countWords(prompt) * WORD_TOKENS)),
    0,
  )
  return {input: input / count, output: prompts.reduce((sum, {wantedOut}) => sum + wantedOut, 0) / count}
}

/** Of English prose, by the tokenisers of today's models. */
const WORD_TOKENS = 1.35

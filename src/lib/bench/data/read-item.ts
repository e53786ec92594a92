import type {Conversation, Exchange, Turn} from './conversation.js'

/** A conversation out of one object of a data file, or what is wrong with it. */
export type ReadItem = Conversation | {readonly wrong: string}

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const KNOWN =
  'conversations (ShareGPT), messages (OpenAI, Converse), prompt (guidellm), text or turns (AIPerf), input_payload (LLMeter)'

/** By its members: ShareGPT, OpenAI messages, Converse, LLMeter, AIPerf, guidellm, records of batch files. */
export function readItem(value: unknown): ReadItem {
  if (!isTree(value)) return {wrong: 'it is no JSON object'}
  for (const wrapper of ['input_payload', 'modelInput', 'body'])
    if (isTree(value[wrapper])) return readItem(value[wrapper])
  if (Array.isArray(value['conversations'])) return readShareGpt(value['conversations'])
  if (Array.isArray(value['messages'])) return readMessages(value, value['messages'])
  if (isText(value['prompt'])) return single(value['prompt'], value)
  if (isText(value['text_input']) || isText(value['text']))
    return single(String(value['text_input'] ?? value['text']), value)
  if (Array.isArray(value['texts'])) return readTurns(value['texts'], value)
  if (Array.isArray(value['turns'])) return readTurns(value['turns'], value)
  const members = Object.keys(value).slice(0, 6).join(', ')
  return {wrong: `nothing in it is asked; members that are known: ${KNOWN}. It has ${members || 'none'}`}
}

function single(ask: string, value: Tree): Conversation {
  return {before: [], exchanges: [{ask, answer: '', wantedIn: inOf(value), wantedOut: outOf(value)}]}
}

function numberOf(...values: readonly unknown[]): number {
  const found = values.find((value) => typeof value === 'number' && Number.isInteger(value) && value > 0)
  return typeof found === 'number' ? Math.min(found, 2 ** 31) : 0
}

function inOf(value: Tree): number {
  return numberOf(value['prompt_tokens_count'], value['prompt_tokens'], value['input_length'])
}

/** What the object says of the length of its answer, in the words of each tool. */
function outOf(value: Tree): number {
  const config = isTree(value['inferenceConfig']) ? value['inferenceConfig'] : {}
  return numberOf(
    value['max_tokens'],
    value['max_completion_tokens'],
    config['maxTokens'],
    value['output_length'],
    value['output_tokens_count'],
    value['output_tokens'],
    value['max_gen_len'],
  )
}

/** The first human turn asks, the turn of the model after it says how long an answer is. */
function readShareGpt(entries: readonly unknown[]): ReadItem {
  const before: Turn[] = []
  const exchanges: Exchange[] = []
  let ask: string | undefined
  for (const entry of entries) {
    if (!isTree(entry) || typeof entry['value'] !== 'string')
      return {wrong: 'conversations has an entry without from and value'}
    const text = entry['value']
    const from = String(entry['from'])
    if (from === 'system' && exchanges.length === 0 && ask === undefined && text !== '')
      before.push({role: 'system', text})
    else if ((from === 'human' || from === 'user') && text !== '') ask = text
    else if (ask !== undefined) {
      exchanges.push({ask, answer: text, wantedIn: 0, wantedOut: estimate(text)})
      ask = undefined
    }
  }
  if (ask !== undefined) exchanges.push({ask, answer: '', wantedIn: 0, wantedOut: 0})
  return exchanges.length === 0 ? {wrong: 'nobody asks in conversations: no entry is from human'} : {before, exchanges}
}

/** Tokens of an English text, roughly: an answer of the data set is asked for no longer than it was. */
function estimate(text: string): number {
  return Math.max(1, Math.round(text.length / 4.2))
}

function readMessages(value: Tree, messages: readonly unknown[]): ReadItem {
  const turns: Turn[] = []
  for (const system of systemTexts(value['system'])) turns.push({role: 'system', text: system})
  for (const [place, message] of messages.entries()) {
    if (!isTree(message)) return {wrong: `messages[${place}] is no object`}
    const text = textOf(message['content'])
    const role = message['role'] === 'developer' ? 'system' : message['role']
    if (role !== 'system' && role !== 'user' && role !== 'assistant')
      return {wrong: `messages[${place}].role is ${JSON.stringify(message['role'])}`}
    if (text === undefined) return {wrong: `messages[${place}].content has no text; pictures and tools are not sent`}
    turns.push({role, text})
  }
  const last = turns.at(-1)
  const asked = last?.role === 'assistant' ? turns.at(-2) : last
  if (asked?.role !== 'user') return {wrong: 'messages does not end with what a user asks'}
  const answer = last?.role === 'assistant' ? last.text : ''
  const before = turns.slice(0, answer === '' ? -1 : -2)
  return {before, exchanges: [{ask: asked.text, answer, wantedIn: inOf(value), wantedOut: outOf(value)}]}
}

function systemTexts(system: unknown): readonly string[] {
  if (isText(system)) return [system]
  const text = Array.isArray(system) ? textOf(system) : undefined
  return text === undefined ? [] : [text]
}

/** A string, or the texts of blocks of OpenAI and Converse; undefined where there is none. */
function textOf(content: unknown): string | undefined {
  if (isText(content)) return content
  if (!Array.isArray(content)) return undefined
  const texts = content.flatMap((block: unknown) => (isTree(block) && isText(block['text']) ? [block['text']] : []))
  return texts.length === 0 ? undefined : texts.join('\n')
}

function readTurns(turns: readonly unknown[], value: Tree): ReadItem {
  const exchanges: Exchange[] = []
  for (const turn of turns) {
    const ask = isText(turn) ? turn : isTree(turn) ? textOf(turn['text'] ?? turn['texts']) : undefined
    if (ask === undefined) return {wrong: `turn ${exchanges.length + 1} has no text`}
    const own = isTree(turn) ? turn : value
    exchanges.push({ask, answer: '', wantedIn: inOf(own), wantedOut: outOf(own) || outOf(value)})
  }
  return exchanges.length === 0 ? {wrong: 'it has no turns'} : {before: [], exchanges}
}

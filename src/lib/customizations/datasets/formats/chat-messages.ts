import type {Row} from '../row.js'
import {tellFormat} from './tell-format.js'
import {judgeRole, ROLE_BYTES, type Role, TurnOrder} from './turn-order.js'

/** `{"system": "…", "messages": [{"role": "user", "content": "…"}, …]}`, as Claude is tuned with. */
export function judgeClaude(row: Row): void {
  const {tape} = row
  const messages = tape.member(tape.root, 'messages')
  if (messages < 0) {
    tellFormat(row)
    return
  }
  for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
    if (!(tape.equals(key, 'system') || tape.equals(key, 'messages'))) row.tellExtra(tape.root, key, '')
  }
  const system = tape.member(tape.root, 'system')
  if (system >= 0) readPlain(row, system, 'system', 'system')
  const turns = new TurnOrder(row, messages, system < 0 ? 'text' : undefined)
  if (readMessages(row, messages, turns)) turns.finish()
}

/** OpenAI chat messages and what the grader is to know, as reinforcement is tuned with. */
export function judgeReinforcement(row: Row): void {
  const {tape} = row
  const messages = tape.member(tape.root, 'messages')
  if (messages < 0) {
    tellFormat(row)
    return
  }
  const order = new ChatOrder(row)
  if (readMessages(row, messages, order)) order.finish()
  row.markPrompt()
  for (let key = tape.first(0); key < tape.after(0); key = tape.after(key + 1)) {
    if (key + 1 !== messages) row.mixNode(key + 1)
  }
  judgeReference(row, tape.member(tape.root, 'reference_answer'))
}

function judgeReference(row: Row, node: number): void {
  const {tape} = row
  const isEmpty =
    node >= 0 && (tape.isString(node) ? tape.characters(node) === 0 : tape.isObject(node) && tape.size(node) === 0)
  if (node >= 0 && !isEmpty) return
  row.tell('rft-reference', 'reference_answer', 'There is no reference answer: the grader must cope without.')
}

interface Order {
  add(message: number, role: Role | undefined): void
}

/** False where there is no list of them. */
function readMessages(row: Row, messages: number, order: Order): boolean {
  const {tape} = row
  if (!tape.isArray(messages)) {
    row.tellType('messages', 'a list')
    return false
  }
  for (let message = tape.first(messages); message < tape.after(messages); message = tape.after(message)) {
    if (!tape.isObject(message)) {
      row.tellType('messages[]', 'an object')
      continue
    }
    const role = judgeRole(row, message)
    order.add(message, role)
    if (role === 'assistant') row.markPrompt()
    const content = tape.member(message, 'content')
    if (content < 0) {
      if (tape.member(message, 'candidates') >= 0) {
        row.tell('dpo-format', 'messages[].candidates', 'The message holds answers to choose from.')
      } else if (tape.member(message, 'tool_calls') < 0) row.tellMissing('messages[].content')
    } else readPlain(row, content, 'messages[].content', role)
  }
  row.hasHash = true
  return true
}

/** Text that may have been written as a list of one block. */
function readPlain(row: Row, node: number, path: string, role: Role | undefined): void {
  const {tape} = row
  const text = tape.isString(node) ? node : onlyText(row, node)
  if (role !== undefined) row.mix(ROLE_BYTES[role], 0, 1)
  row[role === 'assistant' ? 'output' : 'input'].messages += 1
  if (text < 0) {
    row.tellType(path, 'text')
    return
  }
  if (text !== node) {
    const edits = [{start: tape.start(node), end: tape.end(node), text: row.rawOf(text)}]
    row.tell('format', path, 'The content is a list of blocks, as Converse has it: the base takes bare text.', {edits})
  }
  row.read(text, role === 'assistant' ? 'output' : 'input', path)
}

/** The text of a list of one block of text; -1 for all else. */
function onlyText({tape}: Row, node: number): number {
  if (!tape.isArray(node) || tape.size(node) !== 1) return -1
  const block = tape.first(node)
  const text = tape.member(block, 'text')
  const type = tape.member(block, 'type')
  const isPlain = tape.size(block) === (type < 0 ? 1 : 2) && (type < 0 || tape.equals(type, 'text'))
  return text >= 0 && isPlain && tape.isString(text) ? text : -1
}

/** System first, then the user, who speaks last. */
class ChatOrder implements Order {
  readonly #row: Row
  #messages = 0
  #users = 0
  #answers = 0
  #isMisplaced: boolean = false

  constructor(row: Row) {
    this.#row = row
  }

  add(_message: number, role: Role | undefined): void {
    if (role === 'system' && this.#messages > 0) this.#isMisplaced = true
    if (role === 'user') this.#users += 1
    if (role === 'assistant') this.#answers += 1
    this.#messages += 1
  }

  finish(): void {
    const row = this.#row
    if (this.#users === 0) row.tell('rft-user', 'messages', 'No message is of the user.')
    else if (this.#isMisplaced) row.tell('rft-user', 'messages', 'The system prompt is not the first message.')
    else if (this.#users > 1) this.#warn('There is more than one question: training of that kind asks once.')
    else if (this.#answers > 0) this.#warn('An answer is given: training of that kind asks, and grades what it gets.')
  }

  #warn(text: string): void {
    this.#row.tell('turns', 'messages', text, {level: 'warning'})
  }
}

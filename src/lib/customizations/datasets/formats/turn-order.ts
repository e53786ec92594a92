import {type ByteEdit, itemRemoval, memberInsertion} from '../../../jsonl/tape-edits.js'
import type {Row} from '../row.js'

export type Role = 'user' | 'assistant' | 'system'

const ROLES = ['user', 'assistant', 'system'] as const

/** Who speaks, as a byte of what makes a row another one. */
export const ROLE_BYTES: Readonly<Record<Role, Buffer>> = {
  user: Buffer.from('u'),
  assistant: Buffer.from('a'),
  system: Buffer.from('s'),
}

/** The role of a message; undefined, and told, where it is none. A role in capitals counts as what it means. */
export function judgeRole(row: Row, message: number): Role | undefined {
  const {tape} = row
  const node = tape.member(message, 'role')
  if (node < 0) {
    row.tellMissing('messages[].role')
    return undefined
  }
  for (const role of ROLES) if (tape.equals(node, role)) return role
  if (!tape.isString(node)) {
    row.tellType('messages[].role', 'text')
    return undefined
  }
  const text = tape.characters(node) > 12 ? '' : tape.text(node).toLowerCase()
  const meant = ROLES.find((role) => role === text)
  const edits: readonly ByteEdit[] | undefined = meant && [
    {start: tape.start(node), end: tape.end(node), text: `"${meant}"`},
  ]
  if (meant) row.tell('role-case', 'messages[].role', 'Roles are written in small letters.', {edits})
  else row.tell('role-unknown', 'messages[].role', 'The role is none that is taken.')
  return meant
}

/** Follows who speaks, message by message, and tells what is wrong with it once all are read. */
export class TurnOrder {
  readonly #row: Row
  readonly #messages: number
  /** How a system prompt that stands first is moved to the member; undefined where there is one already. */
  readonly #systemAs: 'text' | 'blocks' | undefined
  #count = 0
  #users = 0
  #last: Role | undefined
  #lastMessage = -1
  #before: Role | undefined
  #isUnordered: boolean = false
  #hasUnknown: boolean = false

  constructor(row: Row, messages: number, systemAs: 'text' | 'blocks' | undefined) {
    this.#row = row
    this.#messages = messages
    this.#systemAs = systemAs
  }

  add(message: number, role: Role | undefined): void {
    if (role === 'system') {
      this.#tellSystem(message)
      return
    }
    if (role === undefined) this.#hasUnknown = true
    const expected = this.#last === 'user' ? 'assistant' : 'user'
    if (role !== expected) this.#isUnordered = true
    if (role === 'user') this.#users += 1
    this.#before = this.#last
    this.#last = role
    this.#lastMessage = message
    this.#count += 1
  }

  finish(): void {
    const row = this.#row
    const {rules} = row
    if (this.#hasUnknown) return
    const isPrompt = rules.format === 'prompts'
    if (this.#count < (isPrompt ? 1 : 2)) {
      row.tell('turns', 'messages', isPrompt ? 'There is no message.' : 'A row needs a question and its answer.')
      return
    }
    if (this.#isUnordered) {
      row.tell('role-order', 'messages', 'User and assistant do not take turns, beginning with the user.')
      return
    }
    if (rules.singleTurn && this.#users > 1) {
      row.tell('turns', 'messages', 'There is more than one question: the base is distilled with single ones.')
    }
    if (!isPrompt && this.#last !== 'assistant') this.#tellLast()
  }

  /** A question without answer after others that have theirs teaches nothing. */
  #tellLast(): void {
    const row = this.#row
    const removal = this.#before === 'assistant' ? itemRemoval(row.tape, this.#messages, this.#lastMessage) : undefined
    row.tell('last-turn', 'messages', 'The last message is not of the assistant.', {edits: removal && [removal]})
  }

  #tellSystem(message: number): void {
    const row = this.#row
    const {tape} = row
    const isFirst = message === tape.first(this.#messages) && tape.size(this.#messages) > 1
    const content = tape.member(message, 'content')
    const value = isFirst && content >= 0 && this.#systemAs ? systemValue(row, content, this.#systemAs) : undefined
    const removal = value === undefined ? undefined : itemRemoval(tape, this.#messages, message)
    const edits =
      removal && value !== undefined ? [memberInsertion(tape, tape.root, 'system', value), removal] : undefined
    row.tell('role-system-in-messages', 'messages[].role', 'The system prompt is a member of its own, no message.', {
      edits,
    })
  }
}

/** The content of a system message as the value of the member; undefined where it is neither text nor blocks. */
function systemValue(row: Row, content: number, as: 'text' | 'blocks'): string | undefined {
  const {tape} = row
  const raw = row.rawOf(content)
  if (tape.isString(content)) return as === 'blocks' ? `[{"text":${raw}}]` : raw
  return tape.isArray(content) && as === 'blocks' ? raw : undefined
}

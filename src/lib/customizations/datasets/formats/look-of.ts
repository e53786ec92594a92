import type {JsonTape} from '../../../jsonl/json-tape.js'

/** What a row looks like by its keys, whatever it is meant to be. */
export type RowLook =
  | 'prompt-completion'
  | 'input-output'
  | 'converse'
  | 'chat'
  | 'image'
  | 'text'
  | 'instruction'
  | 'conversations'
  | 'preference'
  | 'record'
  | 'log'

/** Looks by the keys that a row has all of, the most telling first. */
const LOOKS: readonly (readonly [RowLook, ...(readonly string[])])[] = [
  ['preference', 'chosen', 'rejected'],
  ['preference', 'preferred_output'],
  ['prompt-completion', 'prompt', 'completion'],
  ['log', 'schemaType', 'modelId'],
  ['record', 'recordId', 'modelInput'],
  ['chat', 'messages'],
  ['image', 'image-ref'],
  ['instruction', 'instruction', 'output'],
  ['conversations', 'conversations'],
  ['input-output', 'input', 'output'],
  ['text', 'input'],
  ['text', 'text'],
]

/** The look of the row on the tape; undefined where its keys are none that are known. */
export function lookOf(tape: JsonTape): RowLook | undefined {
  const found = LOOKS.find(([, ...names]) => names.every((name) => tape.member(tape.root, name) >= 0))?.[0]
  return found === 'chat' ? lookOfMessages(tape) : found
}

function lookOfMessages(tape: JsonTape): RowLook {
  const messages = tape.member(tape.root, 'messages')
  const first = tape.isArray(messages) && tape.size(messages) > 0 ? tape.first(messages) : -1
  const content = first < 0 ? -1 : tape.member(first, 'content')
  return content >= 0 && tape.isString(content) ? 'chat' : 'converse'
}

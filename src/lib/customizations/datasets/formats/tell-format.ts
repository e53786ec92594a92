import type {Row} from '../row.js'
import {lookOf} from './look-of.js'
import {converseOfPrompt} from './to-converse.js'

/** Tells of a row that lacks what its format is known by: what it is instead, and what makes the right one of it. */
export function tellFormat(row: Row): void {
  const look = lookOf(row.tape)
  if (look === 'preference') {
    row.tell('dpo-format', undefined, 'The row holds an answer that is preferred and one that is not.')
    return
  }
  const wanted = row.rules.formatName
  if (look === undefined) {
    row.tell('format', undefined, `The row has none of the keys by which ${wanted} are known.`)
    return
  }
  const edits = converseOfPrompt(row, look)
  const hint = HINTS[look]
  row.tell('format', undefined, `The row is ${NAMES[look]}, the base takes ${wanted}.${hint ? ` ${hint}` : ''}`, {
    edits,
  })
}

const NAMES: Readonly<Record<Exclude<NonNullable<ReturnType<typeof lookOf>>, 'preference'>, string>> = {
  'prompt-completion': 'one of prompt and completion',
  'input-output': 'one of input and output',
  converse: 'a Converse row',
  chat: 'a row of chat messages (OpenAI, Claude)',
  image: 'one of image-ref and caption',
  text: 'one text without an answer',
  instruction: 'one of instruction and output (Alpaca)',
  conversations: 'one of conversations (ShareGPT)',
  record: 'a record of batch inference',
  log: 'an entry of the invocation log',
}

const HINTS: Partial<Readonly<Record<keyof typeof NAMES, string>>> = {
  log: 'Jobs read logs from their own prefix (invocationLogsConfig), not as a data set.',
}

import {readFile} from 'node:fs/promises'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {MessagesFile} from './messages.schema.js'

/** One turn of a conversation, as text. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/** More than a request may have. */
const MOST_BYTES = 25_000_000

/** The conversation of a file. What stands in it is in no message of an error. */
export async function readMessages(file: string): Promise<readonly Turn[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageError('INPUT_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Check the path.',
      cause,
    })
  })
  if (text.length > MOST_BYTES) throw notMessages(file, 'It is larger than a request may be.')
  const {messagesSchema} = await import('./messages.schema.js')
  const read = messagesSchema.safeParse(parse(text, file))
  if (!read.success) {
    const path = read.error.issues[0]?.path.join('.') ?? ''
    throw notMessages(file, path === '' ? 'It is no list of messages.' : `Something is wrong at ${path}.`)
  }
  return turnsOf(read.data)
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notMessages(file, 'It is no JSON.')
  }
}

function turnsOf(read: MessagesFile): readonly Turn[] {
  const messages = 'messages' in read ? read.messages : read
  return messages.map(({content, role}) => ({
    role,
    text: typeof content === 'string' ? content : content.map(({text}) => text).join('\n'),
  }))
}

function notMessages(file: string, why: string): BedrockctlError {
  return usageError('MESSAGES_INVALID', `${file} holds no messages.`, {
    why,
    hint: 'Write [{"role": "user", "content": "…"}, …]; roles are system, user and assistant.',
  })
}

import {createReadStream} from 'node:fs'
import {usageError} from '../../core/errors.js'
import {firstLines, plural, sanitise} from '../../core/text.js'
import type {Conversation} from './conversation.js'
import {cutItems} from './cut-items.js'
import {readItem} from './read-item.js'

export interface FileQuestion {
  readonly file: string
  /** No more conversations are read than this. */
  readonly most: number
  /** Nor more bytes of text. */
  readonly mostBytes: number
}

const TOLD = 12
/** What only a trace has. */
const TRACE_MEMBER = /It has .*\b(?:input_length|hash_ids|at_ms)\b/
/** A file in which so much is wrong is another kind of file. */
const MOST_PROBLEMS = 100

/** Conversations from the beginning of a file, as many as are wanted; all that is wrong with what was read is told at once. */
export async function readDataFile({file, most, mostBytes}: FileQuestion): Promise<readonly Conversation[]> {
  const conversations: Conversation[] = []
  const problems: string[] = []
  let bytes = 0
  try {
    for await (const {line, text} of cutItems(createReadStream(file) as AsyncIterable<Buffer>)) {
      const item = readText(text)
      if ('wrong' in item) problems.push(`line ${line}: ${sanitise(item.wrong)}`)
      else conversations.push(item)
      bytes += text.length
      if (conversations.length >= most || bytes >= mostBytes || problems.length >= MOST_PROBLEMS) break
    }
  } catch (cause) {
    throw usageError('DATA_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another file with --data.',
      cause,
    })
  }
  if (problems.length > 0) {
    throw usageError('DATA_INVALID', `${file} has ${plural(problems.length, 'line')} that cannot be asked.`, {
      why: firstLines(problems, TOLD),
      hint: problems.some((problem) => TRACE_MEMBER.test(problem))
        ? 'A trace of arrivals and lengths is for --replay.'
        : 'Correct these lines, or leave them out.',
    })
  }
  if (conversations.length === 0) {
    throw usageError('DATA_EMPTY', `${file} has nothing to ask.`, {hint: 'Name another file with --data.'})
  }
  return conversations
}

function readText(text: string): Conversation | {readonly wrong: string} {
  try {
    return readItem(JSON.parse(text))
  } catch {
    return {wrong: `no JSON: ${text.slice(0, 40)}…`}
  }
}

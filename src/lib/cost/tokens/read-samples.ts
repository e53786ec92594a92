import {type BedrockctlError, usageError} from '../../core/errors.js'
import {firstLines, plural} from '../../core/text.js'
import {parseSample, promptSample} from './parse-sample.js'
import {type ReadLine, readLines} from './read-lines.js'
import {type Sample, SampleProblem} from './sample.js'
import {toUtf8} from './to-utf8.js'

const MEBIBYTE = 1024 * 1024
const LONGEST_LINE_BYTES = 4 * MEBIBYTE
/** What InvokeModel takes: a body of 25,000,000 bytes. */
const LARGEST_PROMPT_BYTES = 25_000_000
/** As many problems are told; the rest is a number. */
const TOLD = 12

/**
 * The samples of a JSON Lines file as they come, one line in memory at a time. Lines that are none are told all at once
 * when the file has been read. `name` is what messages call the file.
 */
export async function* readSamples(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Sample, void, undefined> {
  const problems: string[] = []
  let wrong = 0
  let right = 0
  for await (const line of readLines(toUtf8(chunks), LONGEST_LINE_BYTES)) {
    const read = readLine(line)
    if (read === undefined) continue
    if (typeof read !== 'string') {
      right += 1
      if (wrong === 0) yield read
      continue
    }
    wrong += 1
    if (problems.length < TOLD) problems.push(`line ${line.number}: ${read}`)
  }
  if (wrong > 0) throw refusal(name, problems, wrong, right)
  if (right === 0) throw empty(name)
}

/** The one prompt of a text file. */
export async function readPrompt(chunks: AsyncIterable<Uint8Array>, name: string): Promise<Sample> {
  const held: Uint8Array[] = []
  let size = 0
  for await (const chunk of toUtf8(chunks)) {
    size += chunk.length
    if (size > LARGEST_PROMPT_BYTES) {
      throw usageError('PROMPT_TOO_LARGE', `${name} is larger than any model of Bedrock takes.`, {
        why: 'A request holds at most 25,000,000 bytes.',
        hint: 'Name a file that holds one prompt; several go line by line into a file for --sample.',
      })
    }
    held.push(chunk)
  }
  const text = decode(Buffer.concat(held, size))
  if (text === undefined) throw usageError('PROMPT_INVALID', `${name} is not text in UTF-8.`)
  if (text.trim() === '') throw empty(name)
  return promptSample(text)
}

/** Undefined for a blank line, text for what is wrong with it. */
function readLine(line: ReadLine): Sample | string | undefined {
  if ('tooLong' in line) return `longer than ${LONGEST_LINE_BYTES / MEBIBYTE} MiB`
  const text = decode(line.bytes)
  if (text === undefined) return 'not UTF-8'
  if (text.trim() === '') return undefined
  try {
    return parseSample(parseJson(text))
  } catch (error) {
    if (error instanceof SampleProblem) return error.message
    throw error
  }
}

/** The parser's own message would repeat the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SampleProblem('not JSON')
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    return undefined
  }
}

function refusal(name: string, problems: readonly string[], wrong: number, right: number): BedrockctlError {
  const rest = wrong > problems.length ? [`and ${wrong - problems.length} more`] : []
  return usageError('SAMPLES_INVALID', `${plural(wrong, 'line')} of ${name} cannot be read as a prompt.`, {
    why: firstLines([...problems, ...rest], TOLD + 1),
    hint: `${right === 0 ? 'Each' : 'Like the others, each'} line is a JSON text, or an object with prompt, messages or modelInput.`,
  })
}

function empty(name: string): BedrockctlError {
  return usageError('SAMPLES_EMPTY', `${name} holds no prompt.`)
}

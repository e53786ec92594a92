import {createReadStream} from 'node:fs'
import type {z} from 'zod'
import {type BedrockctlError, usageError} from '../../../core/errors.js'
import {sanitise} from '../../../core/text.js'
import {feedKey} from '../topics.js'
import type {Recorded, RecordedLine, RecordingHead} from './recording.schema.js'

export interface Recording {
  readonly head: RecordingHead
  /** As they are read from the file, once; a line that is damaged throws when it is reached. */
  readonly lines: AsyncGenerator<Recorded>
}

/** No line of a recording comes near; what has none is not read into memory. */
const LONGEST_LINE = 64 * 1024 * 1024

/** Opens a recording and reads its first line; the rest is read as it is asked for. */
export async function openRecording(file: string): Promise<Recording> {
  const texts = numberedLines(file)
  const first = await texts.next()
  if (first.done === true) throw damaged(file, 1, 'the file is empty')
  const value = asJson(first.value.text)
  return {head: isHead(value) ? value : await readHead(file, value), lines: readLines(file, texts)}
}

/** What the schema says as well: loading it would delay the first frame (docs/adr/0003-start-up.md). */
function isHead(value: unknown): value is RecordingHead {
  if (!isObject(value) || !isObject(value['subject'])) return false
  const {at, intervalMs, recording, subject, tool, version} = value
  const {account, profile, regions, replayed, simulated} = subject
  return (
    recording === 'bedrockctl monitor' &&
    version === 1 &&
    typeof tool === 'string' &&
    isMoment(at) &&
    typeof intervalMs === 'number' &&
    intervalMs > 0 &&
    [account, profile].every((name) => name === null || typeof name === 'string') &&
    Array.isArray(regions) &&
    regions.every((region) => typeof region === 'string') &&
    [replayed, simulated].every((flag) => typeof flag === 'boolean')
  )
}

const isMoment = (at: unknown): boolean => typeof at === 'number' && at >= 0 && !Number.isNaN(new Date(at).getTime())

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

interface Line {
  readonly number: number
  readonly text: string
  /** False for the last one where the recording was killed while it was written. */
  readonly whole: boolean
}

async function* readLines(file: string, texts: AsyncGenerator<Line>): AsyncGenerator<Recorded> {
  const {recordedSchema: schema} = await import('./recording.schema.js')
  const brought = new Map<string, Read['reading']>()
  for await (const {number, text, whole} of texts) {
    const value = asJson(text)
    if (value === undefined && !whole) return
    const read = schema.safeParse(value)
    if (!read.success) throw damaged(file, number, value === undefined ? 'it is no JSON' : issueWords(read.error))
    const told = withRows(read.data, brought)
    if (told !== undefined) yield told
  }
}

type Read = Extract<Recorded['event'], {type: 'read'}>

/** What was brought again gets the rows of what it was like; undefined where that line was taken out. */
function withRows({at, event}: RecordedLine, brought: Map<string, Read['reading']>): Recorded | undefined {
  if (event.type === 'read') brought.set(feedKey(event.reading.topic, event.reading.place), event.reading)
  if (event.type !== 'again') return {at, event}
  const {type: _, nextAtMs, of, ...look} = event
  const like = brought.get(feedKey(event.topic, event.place))
  return like?.atMs === of
    ? {at, event: {type: 'read', nextAtMs, reading: {...like, ...look} as typeof like}}
    : undefined
}

async function readHead(file: string, value: unknown): Promise<RecordingHead> {
  const {recordingHeadSchema} = await import('./recording.schema.js')
  const read = recordingHeadSchema.safeParse(value)
  if (read.success) return read.data
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof version === 'number' && version > 1) {
    throw usageError('RECORDING_NEWER', `${file} was recorded by a newer bedrockctl.`, {
      why: `It is of version ${version}; this one reads version 1.`,
      hint: 'Update bedrockctl, or replay it where it was recorded.',
    })
  }
  throw usageError('RECORDING_INVALID', `${file} is no recording of the monitor.`, {
    why: `line 1: ${value === undefined ? 'it is no JSON' : issueWords(read.error)}`,
    hint: 'Make one with: bedrockctl monitor --record FILE',
  })
}

async function* numberedLines(file: string): AsyncGenerator<Line> {
  let pieces: string[] = []
  let length = 0
  let number = 0
  try {
    for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      let from = 0
      for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
        yield {number: ++number, text: [...pieces, chunk.slice(from, end)].join(''), whole: true}
        pieces = []
        length = 0
        from = end + 1
      }
      pieces.push(chunk.slice(from))
      length += chunk.length - from
      if (length > LONGEST_LINE) throw damaged(file, number + 1, 'it is longer than any line of a recording')
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && 'syscall' in cause)) throw cause
    throw usageError('RECORDING_UNREADABLE', `${file} cannot be read.`, {
      why: cause.message,
      hint: 'Name a file that was made with --record.',
      cause,
    })
  }
  if (length > 0) yield {number: number + 1, text: pieces.join(''), whole: false}
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function issueWords({issues}: z.ZodError): string {
  const [issue] = issues
  if (issue === undefined) return 'it is not as a recording has it'
  const where = issue.path.join('.')
  return sanitise(where === '' ? issue.message : `${where}: ${issue.message}`)
}

function damaged(file: string, line: number, why: string): BedrockctlError {
  const before = line > 2 ? [`head -n ${line - 1} ${file}`] : []
  return usageError('RECORDING_DAMAGED', `Line ${line} of ${file} is damaged: ${why}.`, {
    hint:
      line > 2 ? 'What comes before it can be replayed: keep those lines, or take the line out.' : 'Record it anew.',
    actions: before,
  })
}

import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {Line} from '../../jsonl/line-cutter.js'
import {readLines} from '../../jsonl/lines.js'
import {AnswerReader} from './answer-reader.js'
import {type OutputFile, TOLD_EVERY} from './pile.js'
import type {RecordIndex} from './record-index.js'

/** A line of an output that belongs to a record; it holds until the next one. */
export interface ReadLine {
  readonly file: OutputFile
  readonly ordinal: number
  readonly bytes: Buffer
  readonly answer: AnswerReader
}

/** A line that says nothing about a record of the input. */
export interface StrayLine {
  readonly source: string
  /** From 1. */
  readonly line: number
  readonly why: string
}

/** Strays of a kind: how many, and where the first ones are. */
export interface Strays {
  count: number
  readonly first: StrayLine[]
}

/** What the lines of the outputs of a job came to. */
export interface JobLines {
  lines: number
  succeeded: number
  failed: number
}

export interface OutputsRead {
  /** By the place of the job in the list of jobs. */
  readonly jobs: ReadonlyMap<number, JobLines>
  /** Lines with an id that no record has. */
  readonly foreign: Strays
  /** Lines that are no answers. */
  readonly unparsable: Strays
  /** Files that could not be read to their end. */
  readonly unread: readonly Unread[]
}

export interface AnswerReading {
  readonly region: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((bytes: number) => void) | undefined
}

const TOLD = 10

/** Outputs that are read at the same time: a job of many shards has many that are small. */
const AT_ONCE = 4

/** Hands over every line of the outputs that belongs to a record, and counts the others. Rounds come in order. */
export async function readAnswers(
  files: readonly OutputFile[],
  index: RecordIndex,
  {onProgress, region, signal}: AnswerReading,
  onLine: (line: ReadLine) => void,
): Promise<OutputsRead> {
  const tally = new Tally()
  const unread: Unread[] = []
  const answer = new AnswerReader()
  let done = 0
  const readOne = async (file: OutputFile) => {
    let before = 0
    const tell = (bytes: number) => {
      done += bytes - before
      before = bytes
      onProgress?.(done)
    }
    try {
      await readLines(file.source, {...(signal && {signal})}, (line) => {
        const ordinal = judgeLine(line, file, {answer, index, tally})
        if (ordinal >= 0) onLine({file, ordinal, bytes: line.bytes, answer})
        if (line.number % TOLD_EVERY === 0) tell(line.offset)
      })
    } catch (cause) {
      signal?.throwIfAborted()
      if (!isOfSource(cause)) throw cause
      unread.push(toUnread(cause, region, 's3:GetObject'))
    }
    tell(file.source.bytes)
  }
  for (const round of [...new Set(files.map((file) => file.round))].toSorted((a, b) => a - b)) {
    const rest = files.filter((file) => file.round === round)
    await allOf(
      Array.from({length: AT_ONCE}, async () => {
        for (let file = rest.shift(); file !== undefined; file = rest.shift()) await readOne(file)
      }),
    )
  }
  return {jobs: tally.jobs, foreign: tally.foreign, unparsable: tally.unparsable, unread}
}

/** Waits for all of them before it throws what one has thrown: none goes on once the caller tidies up. */
async function allOf(running: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(running)) if (result.status === 'rejected') throw result.reason
}

/** Others, such as a disk that is full, are no matter of the output. */
function isOfSource(cause: unknown): cause is BedrockctlError {
  return cause instanceof BedrockctlError && cause.code !== 'NO_ROOM_TO_JOIN'
}

class Tally {
  readonly jobs = new Map<number, JobLines>()
  readonly foreign: Strays = {count: 0, first: []}
  readonly unparsable: Strays = {count: 0, first: []}

  of(job: number): JobLines {
    const known = this.jobs.get(job) ?? {lines: 0, succeeded: 0, failed: 0}
    this.jobs.set(job, known)
    return known
  }
}

interface Judging {
  readonly answer: AnswerReader
  readonly index: RecordIndex
  readonly tally: Tally
}

/** The record that the line belongs to, or -1. */
function judgeLine(line: Line, {job, source}: OutputFile, {answer, index, tally}: Judging): number {
  const {bytes, end, start} = line
  if (start === end && !line.isTooLong) return -1
  const lines = tally.of(job)
  lines.lines += 1
  const stray = (strays: Strays, why: string) => {
    strays.count += 1
    if (strays.first.length < TOLD) strays.first.push({source: source.name, line: line.number, why})
    return -1
  }
  if (line.isTooLong) return stray(tally.unparsable, 'it is longer than any answer can be')
  if (!line.isUtf8) return stray(tally.unparsable, 'it is no UTF-8')
  const why = answer.read(bytes, start, end)
  if (why !== undefined) return stray(tally.unparsable, why)
  if (answer.succeeded) lines.succeeded += 1
  else lines.failed += 1
  const ordinal = index.find(bytes, answer.idStart, answer.idEnd, answer.isIdEscaped)
  return ordinal >= 0 ? ordinal : stray(tally.foreign, 'no record of the input has its id')
}

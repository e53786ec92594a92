import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'
import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {IdIndex} from '../../jsonl/id-index.js'
import {LineCutter} from '../../jsonl/line-cutter.js'
import {MOST_LINE_BYTES} from '../../jsonl/lines.js'
import {LogLineReader} from './log-line.js'
import {MinuteTally} from './minute-tally.js'
import type {Traffic} from './traffic.js'

export interface LogQuestion {
  /** Whether calls of such a model id belong to the traffic. */
  readonly isWanted: (modelId: string) => boolean
  /** Keeps calls of this Region; undefined: of all. */
  readonly region: string | undefined
  /** Minutes since 1970; calls before are left out. */
  readonly sinceMinute: number | undefined
}

/** What was found in logs beside the traffic. */
export interface LogCounts {
  readonly files: number
  readonly lines: number
  /** Calls that belong to the traffic. */
  readonly calls: number
  readonly throttled: number
  readonly duplicates: number
  readonly failedCalls: number
  readonly notRecords: number
  /** Calls of other models, Regions and times. */
  readonly others: number
  /** What was called as the model, and how often. */
  readonly calledAs: Readonly<Record<string, number>>
  /** What other models were called, and how often; of very many not all. */
  readonly otherModels: ReadonlyMap<string, number>
}

export interface ReadLogs {
  readonly traffic: Traffic
  readonly counts: LogCounts
  readonly unread: readonly Unread[]
}

/** Files that are read at once: those of S3 come with a delay each. */
const AT_ONCE = 8
const GZIP = [0x1f, 0x8b] as const

/** Reads invocation logs, packed or not, and adds up each minute. Memory grows with minutes and requests, not with files. */
export async function readLogs(
  sources: AsyncIterable<ByteSource>,
  question: LogQuestion,
  {onProgress, signal}: {readonly onProgress?: (files: number) => void; readonly signal?: AbortSignal | undefined},
): Promise<ReadLogs> {
  const reading = new LogReading(question)
  const unread: Unread[] = []
  const source = sources[Symbol.asyncIterator]()
  const work = async () => {
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      signal?.throwIfAborted()
      const damaged = await readFile(next.value, reading, signal)
      if (damaged !== undefined) unread.push(damaged)
      reading.counts.files += 1
      onProgress?.(reading.counts.files)
    }
  }
  await Promise.all(Array.from({length: AT_ONCE}, work))
  return {traffic: reading.tally.traffic(), counts: reading.counts, unread}
}

/** Adds the calls of one file; returns why where its end cannot be read. What came before counts. */
async function readFile(
  source: ByteSource,
  reading: LogReading,
  signal: AbortSignal | undefined,
): Promise<Unread | undefined> {
  const start = {offset: 0, inside: false, limit: Number.POSITIVE_INFINITY, maxLineBytes: MOST_LINE_BYTES}
  const cutter = new LineCutter(start, (line) => reading.take(line))
  try {
    if (await isPacked(source, signal)) {
      await pipeline(Readable.from(copiesOf(source, signal)), createGunzip(), async (chunks) => {
        for await (const chunk of chunks as AsyncIterable<Buffer>) cutter.push(chunk)
      })
    } else {
      for await (const chunk of source.read({start: 0, end: source.bytes}, signal)) {
        cutter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      }
    }
    cutter.finish()
    return undefined
  } catch (cause) {
    signal?.throwIfAborted()
    const region = reading.question.region ?? ''
    if (cause instanceof BedrockctlError) return toUnread(cause, region, 's3:GetObject')
    if (!isDamage(cause)) throw cause
    const reason = `${source.name} is damaged: ${cause.message}`
    return {region, action: 's3:GetObject', code: 'INPUT_DAMAGED', reason}
  }
}

function isDamage(cause: unknown): cause is Error {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')
}

async function isPacked(source: ByteSource, signal: AbortSignal | undefined): Promise<boolean> {
  if (source.bytes < GZIP.length) return false
  for await (const chunk of source.read({start: 0, end: GZIP.length}, signal)) {
    return chunk[0] === GZIP[0] && chunk[1] === GZIP[1]
  }
  return false
}

/** What a source hands out is overwritten by what it reads next, and a stream keeps some. */
async function* copiesOf(source: ByteSource, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  for await (const chunk of source.read({start: 0, end: source.bytes}, signal)) yield Buffer.from(chunk)
}

type Line = Parameters<LogLineReader['read']>[0]
type Counts = {-readonly [Key in keyof LogCounts]: LogCounts[Key]} & {
  calledAs: Record<string, number>
  otherModels: Map<string, number>
}

const MOST_OTHER_MODELS = 100

class LogReading {
  readonly question: LogQuestion
  readonly tally = new MinuteTally()
  readonly counts: Counts = {
    ...{files: 0, lines: 0, calls: 0, throttled: 0, duplicates: 0, failedCalls: 0, notRecords: 0, others: 0},
    calledAs: {},
    otherModels: new Map(),
  }
  readonly #lines = new LogLineReader()
  readonly #ids = new IdIndex()
  readonly #wanted = new Map<string, boolean>()

  constructor(question: LogQuestion) {
    this.question = question
  }

  take(line: Line): void {
    const {counts} = this
    if (line.end === line.start && !line.isTooLong) return
    counts.lines += 1
    const call = line.isTooLong ? 'not-a-record' : this.#lines.read(line)
    if (call === 'not-a-record') {
      counts.notRecords += 1
      return
    }
    if (call === 'failed-call') {
      counts.failedCalls += 1
      return
    }
    const {region, sinceMinute} = this.question
    const isElsewhere = region !== undefined && call.region !== null && call.region !== region
    const isEarlier = sinceMinute !== undefined && call.minute < sinceMinute
    const isWanted = this.#isWanted(call.modelId)
    if (isElsewhere || isEarlier || !isWanted) {
      counts.others += 1
      if (!isWanted) this.#countOther(call.modelId)
      return
    }
    if (call.requestId && this.#ids.add(call.requestId.bytes, call.requestId.start, call.requestId.end, 0) >= 0) {
      counts.duplicates += 1
      return
    }
    counts.calls += 1
    if (call.isThrottled) counts.throttled += 1
    counts.calledAs[call.modelId] = (counts.calledAs[call.modelId] ?? 0) + 1
    this.tally.add(call)
  }

  #countOther(modelId: string): void {
    const {otherModels} = this.counts
    const known = otherModels.get(modelId)
    if (known !== undefined || otherModels.size < MOST_OTHER_MODELS) otherModels.set(modelId, (known ?? 0) + 1)
  }

  #isWanted(modelId: string): boolean {
    const known = this.#wanted.get(modelId) ?? this.question.isWanted(modelId)
    this.#wanted.set(modelId, known)
    return known
  }
}

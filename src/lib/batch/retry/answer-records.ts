import {createHash} from 'node:crypto'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import {persist} from '../../jobs/persist.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {RecordReader} from '../collect/record-reader.js'
import type {PlanFile, PlanShard} from '../plan/plan.schema.js'
import {readSegments} from '../plan/read-segments.js'
import type {AnswerLog} from './answer-log.js'
import type {RecordAnswerer, RecordReply} from './ports.js'

export interface AnsweringInput {
  readonly plan: PlanFile
  readonly shard: PlanShard
  readonly source: ByteSource
  /** What it has is not asked again. */
  readonly log: AnswerLog
  readonly signal: AbortSignal
  readonly onProgress: (answered: number, records: number) => void
  readonly onRetry: (failure: BedrockctlError, waitMs: number) => void
}

export interface AnsweringPorts {
  readonly answerer: RecordAnswerer
  readonly clock: JobClock
}

/** A record as it lies in the bytes of its shard. */
interface OneRecord {
  readonly id: string
  /** As it is written, quotation marks included. */
  readonly idJson: Buffer
  readonly input: Buffer
}

const AT_ONCE = 4
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
/** Codes of a record that failed by what passes, though it was asked for half a minute. */
const PASSING: Readonly<Record<string, number>> = {THROTTLED: 429, SERVICE_ERROR: 500}

/**
 * Asks for each record of a shard that the log does not have, a few at once. Each answer is in the log before its place
 * is taken by the next. What no record can be answered for, such as a denial, ends it; what is under way is still kept.
 */
export async function answerRecords(input: AnsweringInput, ports: AnsweringPorts): Promise<void> {
  const {log, onProgress, shard} = input
  const records = await recordsOf(input)
  const left = records.filter(({id}) => !log.has(id)).values()
  let failure: {readonly cause: unknown} | undefined
  onProgress(log.total, shard.records)
  const work = async () => {
    for (const record of left) {
      if (failure) return
      const reply = await ask(record, input, ports)
      await log.add(lineOf(record, reply))
      onProgress(log.total, shard.records)
    }
  }
  const guarded = () =>
    work().catch((cause: unknown) => {
      failure ??= {cause}
    })
  await Promise.all(Array.from({length: AT_ONCE}, guarded))
  if (failure) throw failure.cause
}

/** The records of the shard; of two with one id, the first. */
async function recordsOf({plan, shard, signal, source}: AnsweringInput): Promise<readonly OneRecord[]> {
  const chunks: Buffer[] = []
  for await (const piece of readSegments(source, shard.segments, signal)) chunks.push(Buffer.from(piece))
  const bytes = Buffer.concat(chunks)
  if (createHash('sha256').update(bytes).digest('hex') !== shard.sha256) throw inputChanged(plan)
  const reader = new RecordReader()
  const records = new Map<string, OneRecord>()
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start)
    const end = feed === -1 ? bytes.length : feed
    if (reader.readId(bytes, start, end)) {
      const idJson = bytes.subarray(reader.idStart, reader.idEnd)
      const id = JSON.parse(idJson.toString('utf8')) as string
      const input = bytes.subarray(...reader.readInput(bytes, start, end))
      if (!records.has(id)) records.set(id, {id, idJson, input})
    }
    start = end + 1
  }
  return [...records.values()]
}

async function ask(
  {input: body}: OneRecord,
  {onRetry, plan: {api, modelId, region}, signal}: AnsweringInput,
  {answerer, clock}: AnsweringPorts,
): Promise<RecordReply> {
  if (body.length === 0) return failed(400, 'The record has no modelInput.')
  try {
    const call = () => answerer.answer({region, modelId, api, body}, signal)
    const reply = await persist(call, {clock, signal, onRetry})
    return 'output' in reply && !isJson(reply.output) ? failed(424, 'The answer of the model is no JSON.') : reply
  } catch (failure) {
    const code = failure instanceof BedrockctlError ? PASSING[failure.code] : undefined
    if (code === undefined || !(failure instanceof BedrockctlError)) throw failure
    return failed(code, failure.message)
  }
}

function failed(errorCode: number, errorMessage: string): RecordReply {
  return {error: {errorCode, errorMessage}}
}

/** As batch jobs write it. */
function lineOf({idJson, input}: OneRecord, reply: RecordReply): Buffer {
  const [name, value] =
    'output' in reply ? ['modelOutput', onOneLine(reply.output)] : ['error', Buffer.from(JSON.stringify(reply.error))]
  const parts = ['{"recordId":', idJson, ',"modelInput":', input.length === 0 ? 'null' : onOneLine(input)]
  return Buffer.concat([...parts, `,"${name}":`, value, '}'].map((part) => Buffer.from(part as string)))
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes))
    return true
  } catch {
    return false
  }
}

/** Line ends of JSON stand between its tokens alone, where a space means the same. */
function onOneLine(json: Buffer): Buffer {
  if (!json.includes(LINE_FEED) && !json.includes(CARRIAGE_RETURN)) return json
  return Buffer.from(json.map((byte) => (byte === LINE_FEED || byte === CARRIAGE_RETURN ? SPACE : byte)))
}

function inputChanged({group, input}: PlanFile) {
  return usageError('INPUT_CHANGED', `${input.name} is not what it was when this round of ${group} was planned.`, {
    hint: 'Put it back as it was and run it again; what is answered is kept.',
  })
}

import type {BatchFile, BatchJob, RecordFailure} from '../../../world/batch-state.js'
import type {ObjectAttributes} from '../../../world/objects/stored-object.js'
import {seededRandom} from '../../../world/random.js'
import type {World} from '../../../world.js'
import type {Family} from '../answers/family.js'
import {answerId, hashText} from '../answers/reply.js'
import {writeAnswer} from '../answers/vectors.js'
import {readLines} from './read-lines.js'
import {type BatchRecord, familyFor, readRecord} from './record.js'
import {folderOf, parseS3Uri} from './s3-address.js'

/** Lines whose order is mixed: the order of an output is not that of its input. */
const MIXED_LINES = 1000
const MIXED_BYTES = 8 * 1024 * 1024
const RETRYABLE = new Set([408, 429, 500, 502, 503, 504])

/** Writes what a job that ends now leaves: the answers to its first `processed` records, and the manifest. */
export async function deliver(job: BatchJob, processed: number, {objects}: World, now: number): Promise<void> {
  const {files = [], records = 0} = job.intake ?? {}
  const address = parseS3Uri(job.request.outputUri)
  const folder = `${folderOf(address)}${job.id}/`
  const attributes = encryption(job)
  const writer = new Writer(job, processed, now)
  for (const file of files) {
    if (writer.done) break
    await objects.put(address.bucket, `${folder}${file.name}.out`, writer.lines(file), attributes)
  }
  const manifest = {
    totalRecordCount: records,
    processedRecordCount: writer.processed,
    successRecordCount: writer.processed - writer.errors,
    errorRecordCount: writer.errors,
    inputTokenCount: writer.inputTokens,
    outputTokenCount: writer.outputTokens,
  }
  await objects.put(address.bucket, `${folder}manifest.json.out`, JSON.stringify(manifest), attributes)
}

function encryption({request}: BatchJob): Partial<ObjectAttributes> {
  if (request.outputKey === undefined) return {}
  return {encryption: {algorithm: 'aws:kms', kmsKeyArn: request.outputKey, bucketKey: false}}
}

const CLOSING = Buffer.from('}\n')

/** A line of the output, with its end; pieces of it may be those of other lines too. */
type Line = readonly Buffer[]
/** The member of an output line that tells how a record went, and its JSON. */
type Result = readonly ['modelOutput' | 'error', readonly Buffer[]]

class Writer {
  readonly #job: BatchJob
  readonly #family: Family
  readonly #limit: number
  readonly #now: number
  readonly #random: () => number
  processed = 0
  errors = 0
  inputTokens = 0
  outputTokens = 0

  constructor(job: BatchJob, limit: number, now: number) {
    this.#job = job
    this.#family = familyFor(job.baseModel, job.request.type)
    this.#limit = limit
    this.#now = now
    this.#random = seededRandom(hashText(job.id))
  }

  get done(): boolean {
    return this.processed >= this.#limit
  }

  /** The output of one file as it is made; blocks of it at a time are in memory. */
  async *lines({object}: BatchFile): AsyncGenerator<Buffer> {
    let block: Line[] = []
    let bytes = 0
    for await (const lines of readLines(object.content.read())) {
      for (const line of lines) {
        if (this.done) break
        const written = this.#line(line)
        block.push(written)
        bytes += written.reduce((sum, {length}) => sum + length, 0)
        if (block.length < MIXED_LINES && bytes < MIXED_BYTES) continue
        yield* glued(this.#mixed(block))
        block = []
        bytes = 0
      }
      if (this.done) break
    }
    if (block.length > 0) yield* glued(this.#mixed(block))
  }

  #mixed(block: Line[]): Buffer[] {
    for (let last = block.length - 1; last > 0; last--) {
      const other = Math.floor(this.#random() * (last + 1))
      const line = block[last] ?? []
      block[last] = block[other] ?? []
      block[other] = line
    }
    return block.flat()
  }

  #line(line: Buffer): Line {
    const place = this.processed
    this.processed += 1
    const record = readRecord(line)
    if (typeof record === 'string') throw new Error(`an input that was checked is none: ${record}`)
    const own = record.recordId === undefined ? `"recordId":"${this.#newId(place)}",` : ''
    const failure = this.#job.intake?.failures.get(place)
    const [name, result] = failure ? this.#failure(failure) : this.#answer(record.modelInput)
    return [Buffer.from(`{${own}${membersOf(record, line)},"${name}":`), ...result, CLOSING]
  }

  #failure({code, message, asOutput}: RecordFailure): Result {
    this.errors += 1
    const error = {errorCode: code, errorMessage: message, expired: false, retryable: RETRYABLE.has(code)}
    return [asOutput ? 'modelOutput' : 'error', [Buffer.from(JSON.stringify(error))]]
  }

  #answer(body: Parameters<Family['answer']>[0]): Result {
    const answer = this.#family.answer(body, {modelId: this.#job.baseModel, now: this.#now})
    this.inputTokens += answer.inputTokens
    this.outputTokens += answer.outputTokens
    return ['modelOutput', writeAnswer(answer.output)]
  }

  /** Eleven capitals and digits, as the service gives a record without an id. */
  #newId(place: number): string {
    return answerId('', hashText(`${this.#job.id}/${place}`))
      .slice(0, 11)
      .toUpperCase()
  }
}

/** The record without its braces, byte for byte if it has no members that are not written back. */
function membersOf({recordId, modelInput, plain}: BatchRecord, line: Buffer): string {
  const text = plain ? line.toString().trim() : JSON.stringify({recordId, modelInput})
  return text.slice(1, -1)
}

/** Of this length on, a piece is better written by itself than copied. */
const LARGE_BYTES = 4096

function* glued(pieces: readonly Buffer[]): Generator<Buffer> {
  let small: Buffer[] = []
  for (const piece of pieces) {
    if (piece.length < LARGE_BYTES) {
      small.push(piece)
      continue
    }
    yield Buffer.concat(small)
    yield piece
    small = []
  }
  yield Buffer.concat(small)
}

import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {isTree} from '../../core/is-tree.js'
import {toUnread} from '../../core/unread.js'
import type {BucketOwner, ObjectStore} from '../../jobs/ports.js'
import {below, parseS3Uri} from '../../jobs/s3-uri.js'
import type {BatchJob} from '../ports.js'
import {isEndState} from '../progress/job-states.js'

/** What the manifest of an ended job counts. */
export interface JobTokens {
  readonly arn: string
  readonly records: number
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface TokensRead {
  readonly counted: readonly JobTokens[]
  readonly unread: readonly Unread[]
}

const AT_ONCE = 8
/** A manifest is a few lines; what is longer is something else. */
const MOST_BYTES = 64 * 1024

/** Tokens of the jobs that have ended, by the manifests that the service wrote; one without a manifest is left out. */
export async function readJobTokens(
  jobs: readonly BatchJob[],
  store: Pick<ObjectStore, 'head' | 'read'>,
  signal: AbortSignal | undefined,
): Promise<TokensRead> {
  const ended = jobs.filter(({state}) => isEndState(state) && state !== 'Failed')
  const counted: JobTokens[] = []
  const unread: Unread[] = []
  for (let from = 0; from < ended.length && unread.length === 0; from += AT_ONCE) {
    const some = ended.slice(from, from + AT_ONCE)
    const read = await Promise.all(some.map((job) => readOne(job, store, signal).catch((cause) => failed(cause, job))))
    for (const one of read) {
      if (one === undefined) continue
      if ('arn' in one) counted.push(one)
      else unread.push(one)
    }
  }
  // The jobs of a group share their bucket: one refusal stands for all.
  return {counted, unread: unread.slice(0, 1)}
}

async function readOne(
  job: BatchJob,
  store: Pick<ObjectStore, 'head' | 'read'>,
  signal: AbortSignal | undefined,
): Promise<JobTokens | undefined> {
  const output = parseS3Uri(job.outputUri, 'any')
  if ('problems' in output) return undefined
  const place = below(output.place, `${job.id}/manifest.json.out`)
  const owner: BucketOwner = {region: job.region}
  const found = await store.head(place, owner, signal)
  if (found === undefined || found.bytes > MOST_BYTES) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of store.read({...place, etag: found.etag}, undefined, owner, signal)) chunks.push(chunk)
  return toTokens(job.arn, Buffer.concat(chunks).toString('utf8'))
}

function toTokens(arn: string, text: string): JobTokens | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isTree(value)) return undefined
  const {inputTokenCount, outputTokenCount, processedRecordCount} = value
  if (!isCount(inputTokenCount) || !isCount(processedRecordCount)) return undefined
  const outputTokens = isCount(outputTokenCount) ? outputTokenCount : 0
  return {arn, records: processedRecordCount, inputTokens: inputTokenCount, outputTokens}
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function failed(cause: unknown, job: BatchJob): Unread {
  if (cause instanceof BedrockctlError && cause.code !== 'INTERRUPTED') {
    return toUnread(cause, job.region, 's3:GetObject')
  }
  throw cause
}

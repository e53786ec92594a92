import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {BucketOwner, ObjectStore, S3Place, StoredObject} from '../../jobs/ports.js'
import {below, formatS3Uri, parseS3Uri} from '../../jobs/s3-uri.js'
import type {CustomizationJob} from '../ports.js'
import type {MetricFile, MetricSeries} from './metrics.schema.js'
import {parseTable} from './parse-table.js'
import {toSeries} from './to-series.js'

/** What a job has written of its training so far. */
export interface JobMetrics {
  readonly files: readonly MetricFile[]
  readonly series: readonly MetricSeries[]
  /** What could not be read; a file that is not there yet is none of it. */
  readonly unread: readonly Unread[]
}

/** Reads the metrics of jobs again and again, and each version of a file once; of a job that has ended it keeps none. */
export interface MetricsReader {
  read(job: CustomizationJob, signal?: AbortSignal): Promise<JobMetrics>
}

const FILE = /(?:^|[/_])metrics\.csv$/
const MOST_BYTES = 64 * 1024 * 1024
const NONE: JobMetrics = {files: [], series: [], unread: []}

interface Known {
  readonly etag: string
  readonly file: MetricFile
  readonly series: readonly MetricSeries[]
}

export function metricsReader(store: Pick<ObjectStore, 'list' | 'read'>): MetricsReader {
  const known = new Map<string, Known>()
  const readFile = async (object: StoredObject, owner: BucketOwner, signal?: AbortSignal): Promise<Known> => {
    const uri = formatS3Uri(object)
    const before = known.get(uri)
    if (before?.etag === object.etag) return before
    const {bytes, etag, modifiedAt} = object
    const of = /\/validation_artifacts\//.test(object.key) ? 'validation' : 'training'
    const table = parseTable(await textOf(store.read({...object, etag}, undefined, owner, signal)))
    const read = {
      etag,
      file: {uri, of, bytes, modifiedAt, rows: table.rows.length},
      series: toSeries(table, of),
    } as const
    known.set(uri, read)
    return read
  }
  async function* readAll(place: S3Place, owner: BucketOwner, signal?: AbortSignal): AsyncGenerator<Known> {
    for await (const object of store.list(place.bucket, place.key, owner, signal)) {
      if (!FILE.test(object.key) || object.bytes > MOST_BYTES) continue
      const one = await unlessReplaced(readFile(object, owner, signal))
      if (one !== undefined) yield one
    }
  }
  return {
    async read(job, signal) {
      const place = metricsFolder(job)
      if (place === undefined) return NONE
      const found: Known[] = []
      try {
        for await (const one of readAll(place, {region: job.region}, signal)) found.push(one)
      } catch (failure) {
        if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
        return {...toMetrics(found), unread: [toUnread(failure, job.region, 's3:GetObject')]}
      }
      if (job.endedAt !== null) for (const {file} of found) known.delete(file.uri)
      return toMetrics(found)
    },
  }
}

/** Below the output of the job, in a folder of its own; where in it is not the same in all that AWS publishes. */
function metricsFolder({id, outputUri}: CustomizationJob): S3Place | undefined {
  const found = parseS3Uri(outputUri ?? '', 'any')
  return 'place' in found ? below(found.place, `model-customization-job-${id}/`) : undefined
}

function toMetrics(found: readonly Known[]): JobMetrics {
  const ordered = found.toSorted((left, right) => left.file.of.localeCompare(right.file.of))
  return {files: ordered.map(({file}) => file), series: ordered.flatMap(({series}) => series), unread: []}
}

/** A file that is replaced between the listing and the read is read at the next look. */
async function unlessReplaced(reading: Promise<Known>): Promise<Known | undefined> {
  try {
    return await reading
  } catch (failure) {
    if (failure instanceof BedrockctlError && ['NOT_FOUND', 'OBJECT_CHANGED'].includes(failure.code)) return undefined
    throw failure
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const kept: Buffer[] = []
  for await (const chunk of chunks) kept.push(Buffer.from(chunk))
  return Buffer.concat(kept).toString('utf8')
}

import {createHash} from 'node:crypto'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import type {BucketOwner, ObjectStore, S3Place} from '../../jobs/ports.js'
import {below} from '../../jobs/s3-uri.js'
import {uploadObject} from '../../jobs/upload-object.js'
import {MULTIPART_FROM, partBytesFor, type StartedUpload} from '../../jobs/upload-parts.js'
import type {ByteSource} from '../../jsonl/byte-source.js'

const NOTE = 'bedrockctl-sha256'
const DIGEST = 16

/** A file of this machine, and where the job is to read it. */
export interface LocalData {
  readonly source: ByteSource
  readonly sha256: string
  readonly place: S3Place
}

export interface UploadFrame {
  readonly store: ObjectStore
  readonly owner: BucketOwner
  readonly clock: JobClock
  readonly signal: AbortSignal
  readonly onSent: (bytes: number) => void
  readonly onRetry: (failure: BedrockctlError, waitMs: number) => void
}

/** The place of a file below the staging folder: the same bytes are the same object, whatever became of earlier tries. */
export async function placeData(source: ByteSource, staging: S3Place, signal: AbortSignal): Promise<LocalData> {
  const digest = createHash('sha256')
  for await (const chunk of wholeOf(source, signal)) digest.update(chunk)
  const sha256 = digest.digest('hex')
  const name = source.name.slice(source.name.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9_.-]+/g, '-')
  return {source, sha256, place: below(staging, `${sha256.slice(0, DIGEST)}-${name}`)}
}

/** Whether the object is there as it was meant. */
export async function isThere(
  {place, sha256, source}: LocalData,
  {owner, store}: Pick<UploadFrame, 'owner' | 'store'>,
  signal: AbortSignal,
): Promise<boolean> {
  const found = await store.head(place, owner, signal)
  return found?.bytes === source.bytes && found.notes?.[NOTE] === sha256
}

/** Uploads a file, and takes up what an earlier try has sent of it. */
export async function uploadData(data: LocalData, frame: UploadFrame): Promise<void> {
  const {place, sha256, source} = data
  const {clock, onRetry, onSent, owner, signal, store} = frame
  await uploadObject(
    {
      place,
      owner,
      bytes: source.bytes,
      sha256,
      options: {contentType: 'application/jsonl'},
      read: (stop) => wholeOf(source, stop),
      changed: () => changed(source.name),
      started: await begun(data, frame),
      clearOthers: false,
    },
    {store, clock, signal, onStarted: async () => undefined, onSent, onRetry},
  )
}

/** Its key names its bytes: an upload that was begun there was one of the same bytes, in parts of the same size. */
async function begun(
  {place, source}: LocalData,
  {owner, signal, store}: UploadFrame,
): Promise<StartedUpload | undefined> {
  if (source.bytes < MULTIPART_FROM) return undefined
  const [uploadId] = await store.openUploads(place, owner, signal)
  return uploadId === undefined ? undefined : {uploadId, partBytes: partBytesFor(source.bytes)}
}

function wholeOf(source: ByteSource, signal: AbortSignal | undefined): AsyncIterable<Uint8Array> {
  return source.read({start: 0, end: source.bytes}, signal)
}

function changed(name: string): BedrockctlError {
  return usageError('INPUT_CHANGED', `${name} was changed while it was read.`, {hint: 'Run it again.'})
}

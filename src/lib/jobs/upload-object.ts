import {createHash} from 'node:crypto'
import {BedrockctlError} from '../core/errors.js'
import type {JobClock} from './clock.js'
import {persist} from './persist.js'
import type {BucketOwner, ObjectStore, S3Place, UploadOptions} from './ports.js'
import {MULTIPART_FROM, partBytesFor, type StartedUpload, sendParts} from './upload-parts.js'

/** One object to be, and what is known of an earlier try. */
export interface UploadTask {
  readonly place: S3Place
  readonly owner: BucketOwner
  readonly bytes: number
  /** In hex; the upload is given up when the bytes are others. Undefined for what can be read but once. */
  readonly sha256: string | undefined
  readonly options: UploadOptions
  /** All bytes in order; a chunk is only good until the next one is asked for. */
  read(signal: AbortSignal | undefined): AsyncIterable<Uint8Array>
  /** What the bytes have become when they are no longer those of the digest. */
  changed(): Error
  /** An upload in parts that was begun before. */
  readonly started?: StartedUpload | undefined
  /** Another process may have begun uploads to this key that nobody knows of: they are ended. */
  readonly clearOthers: boolean
}

export interface UploadFrame {
  readonly store: ObjectStore
  readonly clock: JobClock
  readonly signal: AbortSignal | undefined
  /** Keeps what an upload in parts can be taken up with; the first part goes once it resolves. */
  readonly onStarted: (started: StartedUpload) => Promise<void>
  /** Bytes that S3 has now and had not before. */
  readonly onSent: (bytes: number) => void
  readonly onRetry?: ((failure: BedrockctlError, waitMs: number) => void) | undefined
}

/** Name of the note by which an object is known to be the one that was meant. */
export const DIGEST_NOTE = 'bedrockctl-sha256'

/**
 * Puts one object: in one request when it is small, else in parts of which several are under way, taken up where an
 * earlier try was killed. S3 verifies every part; the whole is held against its digest before it comes into being.
 */
export async function uploadObject(task: UploadTask, frame: UploadFrame): Promise<{readonly etag: string}> {
  const noted = task.sha256 === undefined ? task : withNote(task, task.sha256)
  if (task.bytes < MULTIPART_FROM && task.started === undefined) return putWhole(noted, frame)
  const begun = task.started && (await takeUp(noted, task.started, frame))
  if (begun && 'etag' in begun) return begun
  const started = begun ?? (await startAnew(noted, frame))
  const {parts, sha256} = await sendParts(noted, started, frame)
  if (sha256 !== (task.sha256 ?? sha256)) {
    await frame.store.abortUpload({...task.place, uploadId: started.uploadId}, task.owner, frame.signal)
    throw task.changed()
  }
  try {
    const etag = await persist(
      () => frame.store.completeUpload({...task.place, uploadId: started.uploadId}, parts, task.owner, frame.signal),
      frame,
    )
    return {etag}
  } catch (failure) {
    // An answer that was lost, and asked for again: the upload is ended, and the object is there.
    const found = isMissing(failure) ? await findWhole(noted, frame) : undefined
    if (found === undefined) throw failure
    return found
  }
}

function withNote(task: UploadTask, sha256: string): UploadTask {
  return {...task, options: {...task.options, notes: {...task.options.notes, [DIGEST_NOTE]: sha256}}}
}

async function putWhole(task: UploadTask, frame: UploadFrame): Promise<{readonly etag: string}> {
  const body = Buffer.allocUnsafe(task.bytes)
  let filled = 0
  for await (const chunk of task.read(frame.signal)) {
    if (filled + chunk.length > body.length) throw task.changed()
    body.set(chunk, filled)
    filled += chunk.length
  }
  const digest = createHash('sha256').update(body).digest('hex')
  if (filled !== task.bytes || digest !== (task.sha256 ?? digest)) throw task.changed()
  const {place, owner, options} = task
  const etag = await persist(() => frame.store.put(place, body, owner, options, frame.signal), frame)
  frame.onSent(task.bytes)
  return {etag}
}

/** The parts of an earlier try, or the object it came to; undefined when nothing is left of it. */
async function takeUp(
  task: UploadTask,
  started: StartedUpload,
  frame: UploadFrame,
): Promise<StartedUpload | {readonly etag: string} | undefined> {
  const place = {...task.place, uploadId: started.uploadId}
  const parts = await persist(() => frame.store.listParts(place, task.owner, frame.signal), frame)
  if (parts !== undefined) return {...started, parts}
  return findWhole(task, frame)
}

async function findWhole(task: UploadTask, frame: UploadFrame): Promise<{readonly etag: string} | undefined> {
  const found = await persist(() => frame.store.head(task.place, task.owner, frame.signal), frame)
  if (found?.bytes !== task.bytes || found.notes?.[DIGEST_NOTE] !== task.sha256) return undefined
  frame.onSent(task.bytes)
  return {etag: found.etag}
}

async function startAnew(task: UploadTask, frame: UploadFrame): Promise<StartedUpload> {
  const {place, owner, options} = task
  if (task.clearOthers) await clearOthers(task, frame)
  const uploadId = await persist(() => frame.store.startUpload(place, owner, options, frame.signal), frame)
  const started = {uploadId, partBytes: partBytesFor(task.bytes)}
  await frame.onStarted(started)
  return started
}

/** Parts that nobody completes are paid for until they are removed. Who may not look goes on all the same. */
async function clearOthers({place, owner}: UploadTask, {store, signal}: UploadFrame): Promise<void> {
  try {
    for (const uploadId of await store.openUploads(place, owner, signal)) {
      await store.abortUpload({...place, uploadId}, owner, signal)
    }
  } catch (failure) {
    if (!(failure instanceof BedrockctlError) || failure.fault !== 'access') throw failure
  }
}

function isMissing(failure: unknown): boolean {
  return failure instanceof BedrockctlError && failure.code === 'NOT_FOUND'
}

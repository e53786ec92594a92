import {createHash} from 'node:crypto'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import type {BucketOwner, ObjectStore, S3Place} from '../../jobs/ports.js'
import {below} from '../../jobs/s3-uri.js'
import {DIGEST_NOTE, type UploadFrame, uploadObject} from '../../jobs/upload-object.js'
import {MULTIPART_FROM, partBytesFor, type StartedUpload} from '../../jobs/upload-parts.js'
import type {ModelFile, ModelFolder} from '../files/model-folder.js'

export interface UploadModelInput {
  readonly folder: ModelFolder
  /** In the order in which they may come into being; see `neededFiles`. */
  readonly files: readonly ModelFile[]
  readonly target: S3Place
  readonly owner: BucketOwner
  readonly kmsKeyId: string | undefined
  readonly signal: AbortSignal
  /** Bytes of the model that S3 has by now, and of those that had to be sent. */
  readonly onProgress: (done: number, sent: number, total: number) => void
  readonly onRetry: (failure: BedrockctlError, waitMs: number) => void
}

export interface UploadedModel {
  readonly files: number
  readonly bytes: number
  /** What had to be sent: the rest was there from before. */
  readonly sentBytes: number
}

/** Small files go side by side; of a large one several parts do, and the next is read meanwhile. */
const SMALL_AT_ONCE = 4
const LARGE_AT_ONCE = 2
const CHUNK_BYTES = 4 * 1024 * 1024
/** Files that make a folder a model: they come last, so that half an upload is none. */
const LAST = /^(config\.json|model\.safetensors\.index\.json)$/

/**
 * Puts the files of a model below a prefix. What is there with the same bytes is left, and an upload in parts that was
 * begun is taken up: killed at any point, the same call goes on.
 */
export async function uploadModel(
  input: UploadModelInput,
  ports: {readonly store: ObjectStore; readonly clock: JobClock},
): Promise<UploadedModel> {
  const {files, onProgress} = input
  const total = files.reduce((sum, {bytes}) => sum + bytes, 0)
  const count = {done: 0, sent: 0}
  const add = (done: number, sent: number) => {
    count.done += done
    count.sent += sent
    onProgress(count.done, count.sent, total)
  }
  const work = (some: readonly ModelFile[], lanes: number) =>
    inLanes(some, lanes, (file) => uploadFile(file, input, ports, add))
  const isLarge = ({bytes}: ModelFile) => bytes >= MULTIPART_FROM
  const first = files.filter(({path}) => !LAST.test(path))
  await work(first.filter(isLarge), LARGE_AT_ONCE)
  await work(
    first.filter((file) => !isLarge(file)),
    SMALL_AT_ONCE,
  )
  await work(
    files.filter(({path}) => LAST.test(path)),
    1,
  )
  return {files: files.length, bytes: total, sentBytes: count.sent}
}

type Add = (done: number, sent: number) => void

async function uploadFile(
  file: ModelFile,
  input: UploadModelInput,
  {clock, store}: {readonly store: ObjectStore; readonly clock: JobClock},
  add: Add,
): Promise<void> {
  const {folder, kmsKeyId, onRetry, owner, signal} = input
  const place = below(input.target, file.path)
  const [there, sha256] = [await store.head(place, owner, signal), await digestOfFile(file, folder, signal)]
  const isSame = there?.bytes === file.bytes && there.notes?.[DIGEST_NOTE] === sha256
  if (isSame) {
    add(file.bytes, 0)
    return
  }
  const started = file.bytes < MULTIPART_FROM ? undefined : await startedBefore(place, file.bytes, owner, store, signal)
  const task = {
    place,
    owner,
    bytes: file.bytes,
    sha256,
    options: kmsKeyId === undefined ? {} : {kmsKeyId},
    read: () => chunksOf(file, folder, signal),
    changed: () => changed(folder, file),
    clearOthers: false,
  }
  const kept = (started?.parts ?? []).reduce((sum, {bytes}) => sum + bytes, 0)
  let seen = 0
  const frame: UploadFrame = {
    store,
    clock,
    signal,
    onStarted: async () => undefined,
    onSent: (bytes) => {
      seen += bytes
      add(bytes, Math.max(0, Math.min(bytes, seen - kept)))
    },
    onRetry,
  }
  await uploadObject({...task, started}, frame)
  if (started === undefined) return
  // The note of an upload is set when it begins: one that was begun for other bytes is done again.
  const now = await store.head(place, owner, signal)
  if (now?.notes?.[DIGEST_NOTE] !== sha256) await uploadObject(task, {...frame, onSent: () => undefined})
}

/** An upload of this object that was begun and not ended, with the parts that S3 has of it. */
async function startedBefore(
  place: S3Place,
  bytes: number,
  owner: BucketOwner,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<StartedUpload | undefined> {
  try {
    const partBytes = partBytesFor(bytes)
    for (const uploadId of await store.openUploads(place, owner, signal)) {
      const parts = await store.listParts({...place, uploadId}, owner, signal)
      if (parts?.every((part) => part.bytes === partBytes || part.number * partBytes >= bytes)) {
        return {uploadId, partBytes, parts}
      }
    }
    return undefined
  } catch (failure) {
    // Who may not look begins anew.
    if (failure instanceof BedrockctlError && failure.fault === 'access') return undefined
    throw failure
  }
}

/** SHA-256 of all bytes of a file. */
export async function digestOfFile(file: ModelFile, folder: ModelFolder, signal: AbortSignal): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of chunksOf(file, folder, signal)) digest.update(chunk)
  return digest.digest('hex')
}

async function* chunksOf(file: ModelFile, folder: ModelFolder, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.bytes; start += CHUNK_BYTES) {
    signal.throwIfAborted()
    const chunk = await folder.read(file, start, start + CHUNK_BYTES, signal)
    if (chunk.length === 0) throw changed(folder, file)
    yield chunk
  }
}

async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next)
  }
  await Promise.all(Array.from({length: Math.min(lanes, items.length)}, lane))
}

function changed({name}: ModelFolder, {path}: ModelFile): BedrockctlError {
  return usageError('INPUT_CHANGED', `${path} of ${name} was changed while it was uploaded.`, {
    hint: 'Wait until nothing writes there any more, then run this again: it goes on where it was.',
  })
}

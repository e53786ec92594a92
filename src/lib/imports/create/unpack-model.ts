import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'
import {extract, type Header} from 'tar-stream'
import {BedrockctlError, usageError} from '../../core/errors.js'
import {sanitise} from '../../core/text.js'
import type {JobClock} from '../../jobs/clock.js'
import type {BucketOwner, ObjectStore, S3Place} from '../../jobs/ports.js'
import {below, formatS3Uri} from '../../jobs/s3-uri.js'
import {uploadObject} from '../../jobs/upload-object.js'
import {neededFiles} from './needed-files.js'

export interface UnpackInput {
  readonly archive: S3Place
  readonly archiveOwner: BucketOwner
  readonly target: S3Place
  readonly owner: BucketOwner
  readonly kmsKeyId: string | undefined
  readonly signal: AbortSignal
  /** Bytes of the archive that were read. */
  readonly onProgress: (done: number, total: number) => void
  readonly onRetry: (failure: BedrockctlError, waitMs: number) => void
}

export interface UnpackedModel {
  readonly files: number
  readonly bytes: number
  readonly sentBytes: number
  /** Members that are no files of a model, by their names. */
  readonly leftOut: readonly string[]
}

/** Says which archive, and which version of it, an object was unpacked from. */
const SOURCE_NOTE = 'bedrockctl-archive'
/** More members than any model has. */
const MOST_MEMBERS = 20_000
const MOST_LEFT_OUT = 20
/** Members may say that they are larger than any model is. */
const MOST_BYTES = 1e12

/**
 * Unpacks `model.tar.gz` below a prefix as it is read: memory holds a few parts, whatever its size. Only files of a model
 * are taken, out of the archive's root or one folder that holds everything; names that lead elsewhere and links end it.
 */
export async function unpackModel(
  input: UnpackInput,
  ports: {readonly store: ObjectStore; readonly clock: JobClock},
): Promise<UnpackedModel> {
  const {archive, archiveOwner, onProgress, signal} = input
  const found = await ports.store.head(archive, archiveOwner, signal)
  if (found === undefined) {
    throw usageError('INPUT_MISSING', `There is no object ${formatS3Uri(archive)}.`, {
      hint: 'The artefact of the training job was moved or deleted; name the folder of its files instead.',
    })
  }
  const unpacking = new Unpacking(input, ports, found.etag)
  const tar = extract()
  const bytes = counted(ports.store.read({...archive, etag: found.etag}, undefined, archiveOwner, signal), (done) =>
    onProgress(done, found.bytes),
  )
  // A stream of streamx: Node takes it for one of its own, and its types do not.
  const reading = pipeline(
    Readable.from(bytes, {objectMode: false}),
    createGunzip(),
    tar as unknown as NodeJS.WritableStream,
    {signal},
  )
  // The failure of the reading is that of the loop below, or is told by the await after it.
  reading.catch(() => undefined)
  try {
    for await (const entry of tar) await unpacking.take(entry.header, bytesOf(entry))
    await reading
  } catch (failure) {
    throw signal.aborted || failure instanceof BedrockctlError ? failure : damaged(archive, failure)
  }
  return unpacking.result(archive)
}

class Unpacking {
  readonly #input: UnpackInput
  readonly #ports: {readonly store: ObjectStore; readonly clock: JobClock}
  readonly #version: string
  readonly #leftOut: string[] = []
  #root: string | undefined
  #members = 0
  #files = 0
  #bytes = 0
  #sentBytes = 0
  readonly #taken = new Set<string>()

  constructor(input: UnpackInput, ports: {readonly store: ObjectStore; readonly clock: JobClock}, version: string) {
    this.#input = input
    this.#ports = ports
    this.#version = version
  }

  async take(header: Header, body: AsyncIterable<Uint8Array>): Promise<void> {
    this.#members += 1
    if (this.#members > MOST_MEMBERS) throw refused(this.#input.archive, 'It has more members than any model.')
    const path = this.#pathOf(header)
    if (path === undefined) await drained(body)
    else await this.#put(path, header.size, body)
  }

  result(archive: S3Place): UnpackedModel {
    if (!this.#taken.has('config.json'))
      throw refused(archive, 'No config.json is in its root, nor in one folder that holds everything.')
    return {files: this.#files, bytes: this.#bytes, sentBytes: this.#sentBytes, leftOut: this.#leftOut}
  }

  /** Name of a file of the model; undefined for what is left out. */
  #pathOf({name, size, type}: Header): string | undefined {
    if (type === 'directory') return undefined
    const problem = problemOf({name, size, type})
    if (problem !== undefined) throw refused(this.#input.archive, `Its member ${sanitise(name)} ${problem}.`)
    const parts = name.replace(/^(\.\/)+/, '').split('/')
    const folder = parts.slice(0, -1).join('/')
    const file = parts.at(-1) ?? ''
    if (!isOfModel(file) || parts.length > 2 || (this.#root ?? folder) !== folder) {
      if (this.#leftOut.length < MOST_LEFT_OUT) this.#leftOut.push(name)
      return undefined
    }
    if (this.#taken.has(file)) throw refused(this.#input.archive, `Its member ${sanitise(name)} is there twice.`)
    this.#root = folder
    this.#taken.add(file)
    return file
  }

  async #put(path: string, bytes: number, body: AsyncIterable<Uint8Array>): Promise<void> {
    const {archive, kmsKeyId, onRetry, owner, signal, target} = this.#input
    const {clock, store} = this.#ports
    const place = below(target, path)
    const there = await store.head(place, owner, signal)
    this.#files += 1
    this.#bytes += bytes
    if (there?.bytes === bytes && there.notes?.[SOURCE_NOTE] === this.#version) return drained(body)
    const task = {
      place,
      owner,
      bytes,
      sha256: undefined,
      options: {notes: {[SOURCE_NOTE]: this.#version}, ...(kmsKeyId !== undefined && {kmsKeyId})},
      read: () => body,
      changed: () => damaged(archive, undefined),
      clearOthers: true,
    }
    await uploadObject(task, {
      store,
      clock,
      signal,
      onStarted: async () => undefined,
      onSent: (sent) => {
        this.#sentBytes += sent
      },
      onRetry,
    })
  }
}

/** Why nothing of an archive is taken that has such a member. */
function problemOf({name, size, type}: Pick<Header, 'name' | 'size' | 'type'>): string | undefined {
  const parts = name.replace(/^(\.\/)+/, '').split('/')
  const leaves = name.startsWith('/') || /^[A-Za-z]:|\\|\0/.test(name) || parts.includes('..') || parts.includes('')
  if (leaves) return 'leads out of the folder'
  if (type === 'symlink' || type === 'link') return 'is a link'
  if (type !== 'file' && type !== 'contiguous-file') return 'is no file'
  return size > MOST_BYTES ? `says that it has ${size} bytes` : undefined
}

/** Weights that no index names are the check's to judge. */
function isOfModel(file: string): boolean {
  const isWeight = file.endsWith('.safetensors') || file === 'model.safetensors.index.json'
  return isWeight || neededFiles([{path: file, bytes: 0}], undefined).needed.length > 0
}

async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of entry) if (chunk instanceof Uint8Array) yield chunk
}

async function drained(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of body);
}

async function* counted(bytes: AsyncIterable<Uint8Array>, onRead: (done: number) => void): AsyncGenerator<Buffer> {
  let done = 0
  for await (const chunk of bytes) {
    done += chunk.length
    onRead(done)
    // What reads it takes it up later, when the memory of the chunk is another one's.
    yield Buffer.from(chunk)
  }
}

function refused(archive: S3Place, why: string): BedrockctlError {
  return usageError('ARCHIVE_REFUSED', `${formatS3Uri(archive)} is no archive of a model.`, {
    why,
    hint: 'Unpack it by hand, look at what it holds, and name the folder with config.json.',
  })
}

function damaged(archive: S3Place, cause: unknown): BedrockctlError {
  return usageError('ARCHIVE_DAMAGED', `${formatS3Uri(archive)} cannot be unpacked.`, {
    why: cause instanceof Error ? sanitise(cause.message) : 'It ends before it is whole.',
    hint: 'It must be a .tar.gz as SageMaker writes it; run the training job again, or unpack it by hand.',
    cause,
  })
}

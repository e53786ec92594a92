import type {Bucket} from '../resources.js'
import {type ContentLimits, ContentStore, type Received} from './content-store.js'
import {lowerBound} from './key-order.js'
import {MultipartUploads} from './multipart-uploads.js'
import type {ObjectAttributes, ObjectEncryption, StoredObject} from './stored-object.js'

/** A bucket and where it is. */
export interface PlacedBucket {
  readonly account: string
  readonly region: string
  readonly bucket: Bucket
}

interface Shelf extends PlacedBucket {
  readonly objects: Map<string, StoredObject>
  /** In the order of lists. */
  readonly keys: string[]
  readonly uploads: MultipartUploads
}

/** Bytes to put: streamed ones are never held as a whole. */
export type ObjectBody = AsyncIterable<Uint8Array> | Uint8Array | string

/** Bytes that are there already, and what they are called. */
export interface Commit extends ObjectAttributes {
  readonly bucket: string
  readonly key: string
  readonly etag: string
  readonly content: StoredObject['content']
}

export interface ObjectStoreOptions {
  readonly limits?: ContentLimits
  /** Milliseconds on the sandbox's clock. */
  now(): number
}

/**
 * Buckets and objects of every account. What is put is there for the next read, as on S3. Keys are any text and never
 * become names of files.
 */
export class ObjectStore {
  readonly contents: ContentStore
  readonly #shelves = new Map<string, Shelf>()
  readonly #now: () => number

  constructor({limits, now}: ObjectStoreOptions) {
    this.contents = new ContentStore(limits)
    this.#now = now
  }

  bucket(name: string): PlacedBucket | undefined {
    return this.#shelves.get(name)
  }

  buckets(): readonly PlacedBucket[] {
    return [...this.#shelves.values()]
  }

  addBucket(placed: PlacedBucket): void {
    this.#shelves.set(placed.bucket.name, {...placed, objects: new Map(), keys: [], uploads: new MultipartUploads()})
  }

  /** With everything in it. */
  removeBucket(name: string): void {
    const shelf = this.#shelves.get(name)
    this.#shelves.delete(name)
    for (const {content} of shelf?.objects.values() ?? []) content.release()
    shelf?.uploads.clear()
  }

  /** Open multipart uploads of a bucket that is there. */
  uploads(bucket: string): MultipartUploads {
    return this.#shelf(bucket).uploads
  }

  /** Stores an object as PutObject does, with the bucket's own encryption unless the attributes say otherwise. */
  async put(
    bucket: string,
    key: string,
    body: ObjectBody,
    attributes: Partial<ObjectAttributes> = {},
  ): Promise<StoredObject> {
    const {content, md5} = await this.receive(body)
    const encryption = defaultEncryption(this.#shelf(bucket).bucket)
    return this.commit({...PLAIN, encryption, ...attributes, bucket, key, content, etag: md5})
  }

  /** Bytes that no object has yet. */
  receive(body: ObjectBody): Promise<Received> {
    return this.contents.receive(iterable(body))
  }

  /** Makes bytes an object at once; the one that had the key before is gone. */
  commit(commit: Commit): StoredObject {
    const {bucket, key, content} = commit
    const {objects, keys} = this.#shelf(bucket)
    const modifiedAt = Math.floor(this.#now() / 1000) * 1000
    const object: StoredObject = {...commit, bytes: content.retain().bytes, modifiedAt}
    const before = objects.get(key)
    if (before === undefined) keys.splice(lowerBound(keys, key), 0, key)
    objects.set(key, object)
    before?.content.release()
    return object
  }

  get(bucket: string, key: string): StoredObject | undefined {
    return this.#shelves.get(bucket)?.objects.get(key)
  }

  /** False when there was none. */
  delete(bucket: string, key: string): boolean {
    const {objects, keys} = this.#shelf(bucket)
    const object = objects.get(key)
    if (object === undefined) return false
    objects.delete(key)
    keys.splice(lowerBound(keys, key), 1)
    object.content.release()
    return true
  }

  /** Objects in the order of their keys, from the first that is not before `from` on. */
  *list(bucket: string, prefix = '', from = prefix): Generator<StoredObject> {
    const {objects, keys} = this.#shelf(bucket)
    for (let index = lowerBound(keys, from); index < keys.length; index++) {
      const key = keys[index] ?? ''
      if (!key.startsWith(prefix)) return
      const object = objects.get(key)
      if (object) yield object
    }
  }

  /** Removes what is in the temporary folder, and the folder. */
  dispose(): Promise<void> {
    return this.contents.dispose()
  }

  #shelf(bucket: string): Shelf {
    const shelf = this.#shelves.get(bucket)
    if (!shelf) throw new Error(`there is no bucket ${bucket}`)
    return shelf
  }
}

const PLAIN: Omit<ObjectAttributes, 'encryption'> = {
  headers: {},
  metadata: {},
  storageClass: 'STANDARD',
  tags: {},
  checksums: undefined,
  parts: undefined,
}

/** S3 encrypts with its own key where a bucket says nothing, since 2023 even in old ones. */
export function defaultEncryption({encryption}: Bucket): ObjectEncryption {
  if (encryption === undefined || encryption === 'none') {
    return {algorithm: 'AES256', kmsKeyArn: undefined, bucketKey: false}
  }
  const {algorithm, kmsKeyArn, bucketKey = false} = encryption
  return {algorithm, kmsKeyArn, bucketKey}
}

function iterable(body: ObjectBody): AsyncIterable<Uint8Array> {
  return typeof body === 'string' || body instanceof Uint8Array ? once(body) : body
}

async function* once(body: Uint8Array | string): AsyncGenerator<Uint8Array> {
  yield typeof body === 'string' ? Buffer.from(body) : body
}

import {crc32Base64} from '../../src/lib/core/crc32.js'
import type {ObjectStore, S3Place, UploadedPart, UploadOptions} from '../../src/lib/jobs/ports.js'

interface Kept {
  readonly body: Buffer
  readonly notes: Readonly<Record<string, string>>
  readonly etag: string
}

interface Upload {
  readonly key: string
  readonly options: UploadOptions
  readonly parts: Map<number, UploadedPart & {readonly body: Buffer}>
}

/** Objects in memory, with uploads in parts; `failures` are thrown by the next writes, one each. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, Kept>()
  readonly uploads = new Map<string, Upload>()
  readonly failures: Error[] = []
  /** Keys in the order in which they came into being. */
  readonly written: string[] = []
  #next = 0

  bytesOf(key: string): Buffer | undefined {
    return this.objects.get(key)?.body
  }

  async head(place: S3Place) {
    const found = this.objects.get(place.key)
    return found && {...place, bytes: found.body.length, etag: found.etag, modifiedAt: '', notes: found.notes}
  }

  async *read(place: S3Place, range: {readonly start: number; readonly end: number} | undefined) {
    const {body} = this.objects.get(place.key) ?? {body: Buffer.alloc(0)}
    const part = range === undefined ? body : body.subarray(range.start, range.end)
    for (let at = 0; at < part.length; at += 64 * 1024) yield part.subarray(at, at + 64 * 1024)
  }

  async *list(bucket: string, prefix: string) {
    for (const [key, {body, etag}] of this.objects) {
      if (key.startsWith(prefix)) yield {bucket, key, bytes: body.length, etag, modifiedAt: ''}
    }
  }

  async put(place: S3Place, body: Uint8Array, _: unknown, options: UploadOptions = {}) {
    this.#fail()
    return this.#keep(place.key, Buffer.from(body), options)
  }

  async startUpload(place: S3Place, _: unknown, options: UploadOptions = {}) {
    this.#next += 1
    const id = `upload-${this.#next}`
    this.uploads.set(id, {key: place.key, options, parts: new Map()})
    return id
  }

  async putPart(
    {uploadId}: {readonly uploadId: string},
    {body, number}: {readonly number: number; readonly body: Uint8Array},
  ) {
    this.#fail()
    const part = {
      number,
      bytes: body.length,
      etag: `part-${number}`,
      crc32: crc32Base64(Buffer.from(body)),
      body: Buffer.from(body),
    }
    this.uploads.get(uploadId)?.parts.set(number, part)
    return part
  }

  async listParts({uploadId}: {readonly uploadId: string}) {
    const found = this.uploads.get(uploadId)
    return found && [...found.parts.values()].map(({bytes, crc32, etag, number}) => ({bytes, crc32, etag, number}))
  }

  async completeUpload({key, uploadId}: S3Place & {readonly uploadId: string}) {
    const {options, parts} = this.uploads.get(uploadId) ?? {options: {}, parts: new Map()}
    this.uploads.delete(uploadId)
    const bodies = [...parts.values()].toSorted((a, b) => a.number - b.number).map(({body}) => body)
    return this.#keep(key, Buffer.concat(bodies), options)
  }

  async abortUpload({uploadId}: {readonly uploadId: string}) {
    this.uploads.delete(uploadId)
  }

  async openUploads({key}: S3Place) {
    return [...this.uploads].filter(([, upload]) => upload.key === key).map(([id]) => id)
  }

  async bucketRegion() {
    return 'us-east-1'
  }

  #keep(key: string, body: Buffer, {notes = {}}: UploadOptions): string {
    this.#next += 1
    const etag = `etag-${this.#next}`
    this.objects.set(key, {body, notes, etag})
    this.written.push(key)
    return etag
  }

  #fail(): void {
    const failure = this.failures.shift()
    if (failure) throw failure
  }
}

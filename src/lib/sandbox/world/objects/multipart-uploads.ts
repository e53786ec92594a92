import type {ChecksumType} from '@aws-sdk/client-s3'
import type {KnownChecksum} from '../../digests/checksums.js'
import type {Content} from './content.js'
import {compareKeys} from './key-order.js'
import type {ObjectAttributes, ObjectChecksums, StoredObject} from './stored-object.js'

export interface UploadedPart {
  readonly number: number
  readonly content: Content
  /** MD5, hexadecimal. */
  readonly etag: string
  readonly modifiedAt: number
  readonly checksums: ObjectChecksums['values']
}

/** A multipart upload that is neither completed nor aborted. */
export interface MultipartUpload extends Omit<ObjectAttributes, 'checksums' | 'parts'> {
  readonly id: string
  readonly key: string
  readonly startedAt: number
  /** Absent where the caller named none: S3 then computes CRC64NVME over the whole. */
  readonly checksumAlgorithm: KnownChecksum | undefined
  readonly checksumType: ChecksumType
  readonly parts: Map<number, UploadedPart>
}

interface CompletedUpload {
  /** What the caller named them by. */
  readonly parts: string
  /** As it was then: its bytes may be gone. */
  readonly object: StoredObject
}

/** The multipart uploads of a bucket, and those that were completed. */
export class MultipartUploads {
  readonly #byId = new Map<string, MultipartUpload>()
  readonly #completed = new Map<string, CompletedUpload>()

  add(upload: MultipartUpload): void {
    this.#byId.set(upload.id, upload)
  }

  get(id: string, key: string): MultipartUpload | undefined {
    const upload = this.#byId.get(id)
    return upload?.key === key ? upload : undefined
  }

  /** By key, then by start, as S3 lists them. */
  sorted(): readonly MultipartUpload[] {
    return [...this.#byId.values()].sort((a, b) => compareKeys(a.key, b.key) || a.startedAt - b.startedAt)
  }

  /** A part that comes twice replaces the first. */
  addPart({parts}: MultipartUpload, part: UploadedPart): void {
    part.content.retain()
    parts.get(part.number)?.content.release()
    parts.set(part.number, part)
  }

  /** Ends an upload: its parts are let go. */
  remove(id: string): void {
    const upload = this.#byId.get(id)
    this.#byId.delete(id)
    for (const {content} of upload?.parts.values() ?? []) content.release()
  }

  /** Ends an upload that became an object; S3 completes it again, without doing anything, when it is asked to. */
  complete(id: string, completed: CompletedUpload): void {
    this.remove(id)
    this.#completed.set(id, completed)
  }

  completed(id: string, key: string, parts: string): StoredObject | undefined {
    const found = this.#completed.get(id)
    return found && found.object.key === key && found.parts === parts ? found.object : undefined
  }

  clear(): void {
    for (const id of [...this.#byId.keys()]) this.remove(id)
    this.#completed.clear()
  }
}

import type {ChecksumType, StorageClass} from '@aws-sdk/client-s3'
import type {KnownChecksum} from '../../digests/checksums.js'
import type {Content} from './content.js'

/** Base64 checksums by algorithm; of a composite one without the `-N` that S3 shows. */
export interface ObjectChecksums {
  readonly type: ChecksumType
  readonly values: Partial<Readonly<Record<KnownChecksum, string>>>
}

/** Headers that S3 keeps with an object and gives back as they came. */
export interface ObjectHeaders {
  readonly ContentType?: string | undefined
  readonly CacheControl?: string | undefined
  readonly ContentDisposition?: string | undefined
  readonly ContentEncoding?: string | undefined
  readonly ContentLanguage?: string | undefined
  readonly ExpiresString?: string | undefined
  readonly WebsiteRedirectLocation?: string | undefined
}

export interface ObjectEncryption {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse'
  readonly kmsKeyArn: string | undefined
  readonly bucketKey: boolean
}

/** A part of a multipart upload, as `partNumber` and GetObjectAttributes still know it. */
export interface ObjectPart {
  readonly number: number
  readonly bytes: number
  readonly checksums: ObjectChecksums['values']
}

/** What an object has besides its bytes. */
export interface ObjectAttributes {
  readonly headers: ObjectHeaders
  /** User metadata, names in lower case. */
  readonly metadata: Readonly<Record<string, string>>
  readonly storageClass: StorageClass
  readonly tags: Readonly<Record<string, string>>
  readonly encryption: ObjectEncryption
  readonly checksums: ObjectChecksums | undefined
  readonly parts: readonly ObjectPart[] | undefined
}

/** An object as it was at one moment: an overwritten one is another. */
export interface StoredObject extends ObjectAttributes {
  readonly bucket: string
  readonly key: string
  readonly bytes: number
  /** Without quotes. */
  readonly etag: string
  /** Milliseconds on the sandbox's clock, whole seconds as S3 shows them. */
  readonly modifiedAt: number
  readonly content: Content
}

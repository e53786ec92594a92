/** An object, or the place where one is to be. */
export interface S3Place {
  readonly bucket: string
  readonly key: string
}

/** What of an account and Region a store is asked about: a bucket of somebody else is refused before a byte moves. */
export interface BucketOwner {
  readonly region: string
  /** Twelve digits; sent as the expected owner of the bucket. */
  readonly account?: string | undefined
}

export interface StoredObject extends S3Place {
  readonly bytes: number
  /** Quotes taken off; changes with the content. */
  readonly etag: string
  /** ISO 8601. */
  readonly modifiedAt: string
  /** What its writer noted with it, by lower-case name; only `head` tells it. */
  readonly notes?: Readonly<Record<string, string>> | undefined
  /** GLACIER and the like; only listings tell it, and not where it is the standard one. */
  readonly storageClass?: string | undefined
}

export interface UploadOptions {
  readonly contentType?: string | undefined
  /** Kept with the object as its metadata. */
  readonly notes?: Readonly<Record<string, string>> | undefined
  /** Key of the account for encryption; absent: what the bucket does by default. */
  readonly kmsKeyId?: string | undefined
}

export interface UploadedPart {
  /** From 1. */
  readonly number: number
  readonly bytes: number
  readonly etag: string
  /** Base64, of the part, as S3 has verified it; absent where a store keeps none. */
  readonly crc32?: string | undefined
}

/** S3 as jobs need it. Failures come out as ours; what is not there is `undefined`, not an error. */
export interface ObjectStore {
  /** s3:GetObject by HeadObject. */
  head(place: S3Place, owner: BucketOwner, signal?: AbortSignal): Promise<StoredObject | undefined>
  /** Bytes [start, end) or the whole object; refused when its ETag is no longer `etag`. */
  read(
    place: S3Place & {readonly etag?: string | undefined},
    range: {readonly start: number; readonly end: number} | undefined,
    owner: BucketOwner,
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array>
  /** Every object under the prefix, page by page, in the order of keys. */
  list(bucket: string, prefix: string, owner: BucketOwner, signal?: AbortSignal): AsyncIterable<StoredObject>
  /** One request; its checksum is verified by S3. */
  put(
    place: S3Place,
    body: Uint8Array,
    owner: BucketOwner,
    options?: UploadOptions,
    signal?: AbortSignal,
  ): Promise<string>
  /** Returns the upload id. */
  startUpload(place: S3Place, owner: BucketOwner, options?: UploadOptions, signal?: AbortSignal): Promise<string>
  putPart(
    place: S3Place & {readonly uploadId: string},
    part: {readonly number: number; readonly body: Uint8Array},
    owner: BucketOwner,
    signal?: AbortSignal,
  ): Promise<UploadedPart>
  /** Parts that S3 already has; undefined when there is no such upload any more. */
  listParts(
    place: S3Place & {readonly uploadId: string},
    owner: BucketOwner,
    signal?: AbortSignal,
  ): Promise<readonly UploadedPart[] | undefined>
  /** Returns the ETag of the object. */
  completeUpload(
    place: S3Place & {readonly uploadId: string},
    parts: readonly UploadedPart[],
    owner: BucketOwner,
    signal?: AbortSignal,
  ): Promise<string>
  abortUpload(place: S3Place & {readonly uploadId: string}, owner: BucketOwner, signal?: AbortSignal): Promise<void>
  /** Ids of uploads to this very key that were begun and not ended. */
  openUploads(place: S3Place, owner: BucketOwner, signal?: AbortSignal): Promise<readonly string[]>
  /** Region of a bucket, whichever Region is asked. */
  bucketRegion(bucket: string, owner: BucketOwner, signal?: AbortSignal): Promise<string>
}

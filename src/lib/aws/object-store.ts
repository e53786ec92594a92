import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {crc32Base64} from '../core/crc32.js'
import type {BucketOwner, ObjectStore, S3Place, StoredObject, UploadOptions} from '../jobs/ports.js'
import {absentAs} from './absent.js'
import {collectPages, repeated} from './paging.js'
import {readObject} from './s3/read-object.js'
import {openS3Door, type S3Door} from './s3/s3-door.js'
import {unquoted} from './s3/unquoted.js'
import type {Wire} from './wire.js'

/** Sending a part may take long on a slow line; a line that is dead shows sooner, at the socket. */
const SEND_TIMEOUT_MS = 15 * 60_000

/** S3 of the account. Every write carries a CRC-32 that S3 verifies before it takes the bytes. */
export function createObjectStore(wire: Wire): ObjectStore {
  const door = openS3Door(wire)
  return {
    ...readsOf(door),
    ...uploadsOf(door),
  }
}

type Reads = Pick<ObjectStore, 'head' | 'read' | 'list' | 'bucketRegion'>

function readsOf(door: S3Door): Reads {
  return {
    async head(place, owner, signal) {
      const asked = door.ask('s3:GetObject', place.bucket, owner, signal, (client, options) =>
        client.send(new HeadObjectCommand(at(place, owner)), options),
      )
      const found = await absentAs(asked, undefined)
      if (found === undefined) return undefined
      return {...toStored(place, {...found, Size: found.ContentLength}), notes: found.Metadata}
    },
    read: (place, range, owner, signal) => readObject(door, {place, range, owner, signal}),
    async *list(bucket, prefix, owner, signal) {
      const query = {...of(bucket, owner), Prefix: prefix}
      const pages = pagesOf(
        (token) =>
          door.ask('s3:ListBucket', bucket, owner, signal, (client, options) =>
            client.send(new ListObjectsV2Command({...query, ...(token && {ContinuationToken: token})}), options),
          ),
        ({IsTruncated, NextContinuationToken}) => (IsTruncated === true ? NextContinuationToken : undefined),
      )
      for await (const page of pages) {
        for (const found of page.Contents ?? []) yield toStored({bucket, key: found.Key ?? ''}, found)
      }
    },
    async bucketRegion(bucket, owner, signal) {
      const region = await door.askRegion(
        bucket,
        owner,
        signal,
        (client, options) => client.send(new HeadBucketCommand(of(bucket, owner)), options),
        ({BucketRegion}) => BucketRegion,
      )
      return region ?? owner.region
    },
  }
}

type Uploads = Omit<ObjectStore, keyof Reads>

function uploadsOf(door: S3Door): Uploads {
  const write = <Answer>(
    {bucket}: S3Place,
    owner: BucketOwner,
    signal: AbortSignal | undefined,
    send: (client: S3Client, options: {abortSignal: AbortSignal; requestTimeout: number}) => Promise<Answer>,
  ) =>
    door.ask('s3:PutObject', bucket, owner, signal, (client, {abortSignal}) =>
      send(client, {abortSignal, requestTimeout: SEND_TIMEOUT_MS}),
    )
  return {
    async put(place, body, owner, options, signal) {
      const command = new PutObjectCommand({
        ...at(place, owner),
        ...written(options),
        Body: body,
        ContentLength: body.byteLength,
        ChecksumCRC32: crc32Base64(body),
      })
      return unquoted((await write(place, owner, signal, (client, sending) => client.send(command, sending))).ETag)
    },
    async startUpload(place, owner, options, signal) {
      const command = new CreateMultipartUploadCommand({
        ...at(place, owner),
        ...written(options),
        ChecksumAlgorithm: 'CRC32',
      })
      const {UploadId = ''} = await write(place, owner, signal, (client, sending) => client.send(command, sending))
      return UploadId
    },
    async putPart(place, {number, body}, owner, signal) {
      const crc32 = crc32Base64(body)
      const command = new UploadPartCommand({
        ...at(place, owner),
        UploadId: place.uploadId,
        PartNumber: number,
        Body: body,
        ContentLength: body.byteLength,
        ChecksumCRC32: crc32,
      })
      const {ETag} = await write(place, owner, signal, (client, sending) => client.send(command, sending))
      return {number, bytes: body.byteLength, etag: unquoted(ETag), crc32}
    },
    async listParts(place, owner, signal) {
      const query = {...at(place, owner), UploadId: place.uploadId}
      const pages = pagesOf(
        (token) =>
          door.ask('s3:ListMultipartUploadParts', place.bucket, owner, signal, (client, options) =>
            client.send(new ListPartsCommand({...query, ...(token && {PartNumberMarker: token})}), options),
          ),
        ({IsTruncated, NextPartNumberMarker}) => (IsTruncated === true ? NextPartNumberMarker : undefined),
      )
      const parts = await absentAs(
        collectPages(
          pages,
          ({Parts}) => Parts,
          () => undefined,
        ),
        undefined,
      )
      return parts?.map(({PartNumber = 0, Size = 0, ETag, ChecksumCRC32}) => ({
        number: PartNumber,
        bytes: Size,
        etag: unquoted(ETag),
        crc32: ChecksumCRC32,
      }))
    },
    async completeUpload(place, parts, owner, signal) {
      const command = new CompleteMultipartUploadCommand({
        ...at(place, owner),
        UploadId: place.uploadId,
        MultipartUpload: {
          Parts: parts.map(({number, etag, crc32}) => ({
            PartNumber: number,
            ETag: `"${etag}"`,
            ...(crc32 !== undefined && {ChecksumCRC32: crc32}),
          })),
        },
      })
      return unquoted((await write(place, owner, signal, (client, sending) => client.send(command, sending))).ETag)
    },
    async abortUpload(place, owner, signal) {
      const command = new AbortMultipartUploadCommand({...at(place, owner), UploadId: place.uploadId})
      const asked = door.ask('s3:AbortMultipartUpload', place.bucket, owner, signal, (client, options) =>
        client.send(command, options),
      )
      await absentAs(asked, undefined)
    },
    async openUploads(place, owner, signal) {
      const command = new ListMultipartUploadsCommand({...of(place.bucket, owner), Prefix: place.key})
      // The key is the first of those that begin with it: the first page has its uploads.
      const {Uploads = []} = await door.ask(
        's3:ListBucketMultipartUploads',
        place.bucket,
        owner,
        signal,
        (client, options) => client.send(command, options),
      )
      return Uploads.flatMap(({Key, UploadId}) => (Key === place.key && UploadId !== undefined ? [UploadId] : []))
    },
  }
}

/** Pages of a listing to its end; S3 names a next page even where there is none, so `nextOf` looks at both. */
async function* pagesOf<Page>(
  ask: (token: string | undefined) => Promise<Page>,
  nextOf: (page: Page) => string | undefined,
): AsyncGenerator<Page> {
  const seen = new Set<string | undefined>()
  let token: string | undefined
  do {
    const page = await ask(token)
    yield page
    token = nextOf(page)
    if (seen.has(token)) throw repeated()
    seen.add(token)
  } while (token !== undefined)
}

function of(Bucket: string, {account}: BucketOwner) {
  return {Bucket, ...(account !== undefined && {ExpectedBucketOwner: account})}
}

function at({bucket, key}: S3Place, owner: BucketOwner) {
  return {...of(bucket, owner), Key: key}
}

function written({contentType, kmsKeyId, notes}: UploadOptions = {}) {
  return {
    ...(contentType !== undefined && {ContentType: contentType}),
    ...(notes && {Metadata: {...notes}}),
    ...(kmsKeyId !== undefined && ({ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId} as const)),
  }
}

interface Listed {
  readonly Size?: number | undefined
  readonly ETag?: string | undefined
  readonly LastModified?: Date | undefined
  readonly StorageClass?: string | undefined
}

function toStored(place: S3Place, {Size = 0, ETag, LastModified, StorageClass}: Listed): StoredObject {
  return {
    ...place,
    bytes: Size,
    etag: unquoted(ETag),
    modifiedAt: LastModified?.toISOString() ?? '',
    ...(StorageClass !== undefined && StorageClass !== 'STANDARD' && {storageClass: StorageClass}),
  }
}

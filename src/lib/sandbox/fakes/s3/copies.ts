import type * as S3 from '@aws-sdk/client-s3'
import type {CopyObjectCommandInput, UploadPartCopyCommandInput} from '@aws-sdk/client-s3'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {PlacedBucket} from '../../world/objects/object-store.js'
import type {ObjectAttributes, StoredObject} from '../../world/objects/stored-object.js'
import {readAttributes, readTags} from './attributes.js'
import {findBucket} from './buckets.js'
import {describeChecksums} from './checksum-answers.js'
import {checkSource, checkWrite} from './conditions.js'
import {copyChecksum, digest, digestObject} from './copy-digests.js'
import {chooseEncryption, describeEncryption} from './encryption.js'
import {type ByteRange, parseRange} from './ranges.js'
import {findObject} from './reads.js'
import {checkKey, demand, invalidArgument, invalidRequest, noSuchKey} from './refusals.js'
import {checkPartNumber, findUpload, partAlgorithm, partChecksums} from './uploads.js'

/** Objects made of others: the bytes are shared, not copied. */
export const copyHandlers = handlersFor<typeof S3>()({
  async CopyObject(input, context) {
    const {Bucket, Key} = input
    const {objects} = context.world
    const placed = findBucket(Bucket, context)
    checkKey(Key)
    const allowed = (): void => checkWrite(objects.get(Bucket, Key), input, () => noSuchKey(Key, context))
    allowed()
    const source = findSource(input, context)
    if (source.bytes > MAX_COPY) throw tooLarge()
    checkChange(source, input)
    const attributes = copiedAttributes(source, placed, input, context)
    const {content} = source
    content.retain()
    try {
      const {etag, checksums} = await digestObject(source, copyChecksum(source, input.ChecksumAlgorithm))
      findBucket(Bucket, context)
      allowed()
      const object = objects.commit({
        ...attributes,
        bucket: Bucket,
        key: Key,
        content,
        etag,
        checksums,
        parts: undefined,
      })
      const result = {ETag: `"${etag}"`, LastModified: new Date(object.modifiedAt), ...describeChecksums(object)}
      return {CopyObjectResult: result, ...describeEncryption(object.encryption)}
    } finally {
      content.release()
    }
  },

  async UploadPartCopy(input, context) {
    const {PartNumber} = input
    const {uploads, upload} = findUpload(input, context)
    checkPartNumber(PartNumber)
    const source = findSource(input, context)
    const range = sourceRange(input.CopySourceRange, source)
    if (range.end - range.start > MAX_COPY) throw tooLarge()
    const content = source.content.slice(range.start, range.end).retain()
    try {
      const algorithm = partAlgorithm(upload)
      const {etag, checksum} = await digest(content, algorithm)
      findUpload(input, context)
      const part = {number: PartNumber, content, etag, modifiedAt: context.now(), checksums: {[algorithm]: checksum}}
      uploads.addPart(upload, part)
      const result = {ETag: `"${etag}"`, LastModified: new Date(part.modifiedAt), ...partChecksums(upload, part)}
      return {CopyPartResult: result, ...describeEncryption(upload.encryption)}
    } finally {
      content.release()
    }
  },
})

const MAX_COPY = 5 * 1024 ** 3

const tooLarge = () =>
  invalidRequest(`The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_COPY}`)

type CopyInput = CopyObjectCommandInput | UploadPartCopyCommandInput

/** In whatever Region the source is. */
function findSource(input: CopyInput, context: RequestContext): StoredObject {
  const source = parseSource(input.CopySource ?? '')
  demand('s3:GetObject', context)
  const object = findObject(source, context, true)
  checkSource(object, {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  })
  return object
}

interface Source {
  readonly Bucket: string
  readonly Key: string
  readonly VersionId: string | undefined
}

/** `bucket/key`, percent-encoded, with or without a slash before it. */
function parseSource(text: string): Source {
  const [path = '', query = ''] = text.split('?', 2)
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decoded(path))
  if (!match) {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey'
    throw invalidArgument(message, 'x-amz-copy-source', text)
  }
  const VersionId = new URLSearchParams(query).get('versionId') ?? undefined
  return {Bucket: match[1] ?? '', Key: match[2] ?? '', VersionId}
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw invalidArgument('Copy Source must be URL-encoded', 'x-amz-copy-source', path)
  }
}

/** The range of a copied part has both ends, and both are there. */
function sourceRange(header: string | undefined, {bytes}: StoredObject): ByteRange {
  if (header === undefined) return {start: 0, end: bytes}
  const range = /^bytes=\d+-\d+$/.test(header) ? parseRange(header, bytes) : undefined
  if (range && Number(header.split('-')[1]) < bytes) return range
  const message = `Range specified is not valid for source object of size: ${bytes}`
  throw invalidArgument(message, 'x-amz-copy-source-range', header)
}

function checkChange({bucket, key}: StoredObject, input: CopyObjectCommandInput): void {
  if (bucket !== input.Bucket || key !== input.Key || input.MetadataDirective === 'REPLACE') return
  if (input.StorageClass ?? input.ServerSideEncryption ?? input.WebsiteRedirectLocation ?? input.ChecksumAlgorithm)
    return
  throw invalidRequest(
    'This copy request is illegal because it is trying to copy an object to itself without changing the ' +
      "object's metadata, storage class, website redirect location or encryption attributes.",
  )
}

type CopiedAttributes = Omit<ObjectAttributes, 'checksums' | 'parts'>

function copiedAttributes(
  source: StoredObject,
  placed: PlacedBucket,
  input: CopyObjectCommandInput,
  context: RequestContext,
): CopiedAttributes {
  const tags = input.TaggingDirective === 'REPLACE' ? readTags(input.Tagging) : source.tags
  if (input.MetadataDirective === 'REPLACE') return {...readAttributes(input, placed, context), tags}
  const encryption = chooseEncryption(input, placed, context)
  const {headers, metadata} = source
  return {headers, metadata, storageClass: input.StorageClass ?? 'STANDARD', tags, encryption}
}

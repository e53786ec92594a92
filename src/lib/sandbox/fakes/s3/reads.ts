import type * as S3 from '@aws-sdk/client-s3'
import type {GetObjectCommandInput} from '@aws-sdk/client-s3'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {StoredObject} from '../../world/objects/stored-object.js'
import {findBucket} from './buckets.js'
import {checksumMembers, describeChecksums} from './checksum-answers.js'
import {checkRead} from './conditions.js'
import {describeEncryption} from './encryption.js'
import {select} from './ranges.js'
import {checkKey, demand, noSuchKey} from './refusals.js'

/** Objects read. */
export const readHandlers = handlersFor<typeof S3>()({
  GetObject(input, context) {
    const {object, range, members} = read(input, context)
    const content = range ? object.content.slice(range.start, range.end) : object.content
    return {...members, Body: content.read()}
  },

  HeadObject(input, context) {
    return read(input, context).members
  },

  GetObjectTagging(input, context) {
    const {tags} = findObject(input, context)
    return {TagSet: Object.entries(tags).map(([Key, Value]) => ({Key, Value}))}
  },

  GetObjectAttributes(input, context) {
    const object = findObject(input, context)
    const wanted = new Set<string>(input.ObjectAttributes)
    return {
      LastModified: new Date(object.modifiedAt),
      ETag: wanted.has('ETag') ? object.etag : undefined,
      Checksum: wanted.has('Checksum') && object.checksums ? describeChecksums(object) : undefined,
      ObjectParts: wanted.has('ObjectParts') && object.parts ? {TotalPartsCount: object.parts.length} : undefined,
      StorageClass: wanted.has('StorageClass') ? object.storageClass : undefined,
      ObjectSize: wanted.has('ObjectSize') ? object.bytes : undefined,
    }
  },
})

interface ObjectName {
  readonly Bucket?: string | undefined
  readonly Key?: string | undefined
  readonly VersionId?: string | undefined
}

/** The object, or what S3 says of there being none. Versions are not kept: each object is its own `null` version. */
export function findObject(
  {Bucket = '', Key = '', VersionId}: ObjectName,
  context: RequestContext,
  anywhere = false,
): StoredObject {
  findBucket(Bucket, context, anywhere)
  checkKey(Key)
  const object = context.world.objects.get(Bucket, Key)
  if (VersionId !== undefined && VersionId !== 'null') {
    throw new WireError('NoSuchVersion', 'The specified version does not exist.', 404, {Key, VersionId})
  }
  if (!object) throw noSuchKey(Key, context)
  if (object.encryption.algorithm !== 'AES256') demand('kms:Decrypt', context)
  return object
}

type ReadInput = Omit<GetObjectCommandInput, 'Bucket' | 'Key'> & ObjectName

function read(input: ReadInput, context: RequestContext) {
  const object = findObject(input, context)
  checkRead(object, input)
  const {range, part} = select(object, input)
  if (range) context.setStatus(206)
  const tagCount = Object.keys(object.tags).length
  const members = {
    ...describe(object, input),
    ...(input.ChecksumMode === 'ENABLED' ? checksumsShown(object, part, range !== undefined) : {}),
    ContentLength: range ? range.end - range.start : object.bytes,
    ContentRange: range && `bytes ${range.start}-${range.end - 1}/${object.bytes}`,
    PartsCount: input.PartNumber === undefined ? undefined : object.parts?.length,
    TagCount: tagCount > 0 ? tagCount : undefined,
  }
  return {object, range, members}
}

function describe({etag, modifiedAt, headers, metadata, storageClass, encryption}: StoredObject, input: ReadInput) {
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(modifiedAt),
    ETag: `"${etag}"`,
    ContentType: input.ResponseContentType ?? headers.ContentType,
    CacheControl: input.ResponseCacheControl ?? headers.CacheControl,
    ContentDisposition: input.ResponseContentDisposition ?? headers.ContentDisposition,
    ContentEncoding: input.ResponseContentEncoding ?? headers.ContentEncoding,
    ContentLanguage: input.ResponseContentLanguage ?? headers.ContentLanguage,
    ExpiresString: input.ResponseExpires?.toUTCString() ?? headers.ExpiresString,
    WebsiteRedirectLocation: headers.WebsiteRedirectLocation,
    Metadata: {...metadata},
    // Of the usual class there is no header.
    StorageClass: storageClass === 'STANDARD' ? undefined : storageClass,
    ...describeEncryption(encryption),
  }
}

/** A range has no checksum of its own; a part has the one it was uploaded with. */
function checksumsShown(
  object: StoredObject,
  part: NonNullable<StoredObject['parts']>[number] | undefined,
  ranged: boolean,
) {
  if (part && object.checksums) return {...checksumMembers(part.checksums), ChecksumType: object.checksums.type}
  return ranged ? {} : describeChecksums(object)
}

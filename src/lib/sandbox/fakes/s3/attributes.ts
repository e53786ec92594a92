import type {PutObjectCommandInput} from '@aws-sdk/client-s3'
import {type RequestContext, WireError} from '../../handler.js'
import type {PlacedBucket} from '../../world/objects/object-store.js'
import type {ObjectAttributes, ObjectHeaders} from '../../world/objects/stored-object.js'
import {chooseEncryption, type EncryptionInput} from './encryption.js'
import {invalidArgument} from './refusals.js'

type AttributeInput = EncryptionInput &
  Pick<
    PutObjectCommandInput,
    | 'CacheControl'
    | 'ContentDisposition'
    | 'ContentLanguage'
    | 'ContentType'
    | 'Metadata'
    | 'StorageClass'
    | 'Tagging'
    | 'WebsiteRedirectLocation'
  >

type WrittenAttributes = Omit<ObjectAttributes, 'checksums' | 'parts'>

/** What the writer of an object says of it, other than its bytes. */
export function readAttributes(
  input: AttributeInput,
  placed: PlacedBucket,
  context: RequestContext,
): WrittenAttributes {
  return {
    headers: readHeaders(input, context),
    metadata: checkedMetadata(input.Metadata ?? {}),
    storageClass: input.StorageClass ?? 'STANDARD',
    tags: readTags(input.Tagging),
    encryption: chooseEncryption(input, placed, context),
  }
}

export function readHeaders(input: AttributeInput, {headers}: RequestContext): ObjectHeaders {
  const {ContentType, CacheControl, ContentDisposition, ContentLanguage, WebsiteRedirectLocation} = input
  return {
    ContentType: ContentType || 'binary/octet-stream',
    CacheControl,
    ContentDisposition,
    ContentLanguage,
    WebsiteRedirectLocation,
    ContentEncoding: contentEncoding(headers['content-encoding']),
    ExpiresString: headers['expires'],
  }
}

/** `aws-chunked` is of the transfer, not of the object. */
function contentEncoding(text: string | undefined): string | undefined {
  const codings = (text ?? '').split(',').map((coding) => coding.trim())
  return codings.filter((coding) => coding !== '' && coding !== 'aws-chunked').join(',') || undefined
}

const MAX_METADATA_BYTES = 2048

export function checkedMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const size = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  )
  if (size <= MAX_METADATA_BYTES) return metadata
  const message = 'Your metadata headers exceed the maximum allowed metadata size'
  throw new WireError('MetadataTooLarge', message, 400, {Size: size, MaxSizeAllowed: MAX_METADATA_BYTES})
}

const MAX_TAGS = 10

/** `x-amz-tagging` is written as a query string. */
export function readTags(text = ''): Readonly<Record<string, string>> {
  const pairs = [...new URLSearchParams(text)]
  if (pairs.length > MAX_TAGS) throw new WireError('BadRequest', 'Object tags cannot be greater than 10')
  const tags = Object.fromEntries(pairs)
  const wrong = pairs.some(([key, value]) => key === '' || key.length > 128 || value.length > 256)
  if (wrong || Object.keys(tags).length < pairs.length) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates."
    throw invalidArgument(message, 'x-amz-tagging', text)
  }
  return tags
}

import type * as S3 from '@aws-sdk/client-s3'
import type {EncodingType, _Object as ListedObject} from '@aws-sdk/client-s3'
import {handlersFor, type RequestContext} from '../../handler.js'
import {compareKeys} from '../../world/objects/key-order.js'
import type {ObjectStore} from '../../world/objects/object-store.js'
import type {StoredObject} from '../../world/objects/stored-object.js'
import {findBucket, ownerOf} from './buckets.js'
import {listedChecksums} from './checksum-answers.js'
import {invalidArgument} from './refusals.js'

/** Objects of a bucket, page by page. */
export const listHandlers = handlersFor<typeof S3>()({
  ListObjectsV2(input, context) {
    const {Bucket, Prefix = '', Delimiter = '', StartAfter, ContinuationToken} = input
    findBucket(Bucket, context)
    const scope = JSON.stringify([Bucket, Prefix, Delimiter])
    const after = ContinuationToken === undefined ? StartAfter : readToken(ContinuationToken, scope)
    const size = pageSize(input.MaxKeys, 'max-keys')
    const page = pageOfKeys(context.world.objects, {bucket: Bucket, prefix: Prefix, delimiter: Delimiter, after, size})
    const text = encoder(input.EncodingType)
    return {
      Name: Bucket,
      Prefix: text(Prefix),
      Delimiter: input.Delimiter && text(input.Delimiter),
      StartAfter: input.StartAfter && text(input.StartAfter),
      EncodingType: input.EncodingType,
      MaxKeys: size,
      KeyCount: page.objects.length + page.prefixes.length,
      IsTruncated: page.next !== undefined,
      ContinuationToken,
      NextContinuationToken: page.next === undefined ? undefined : writeToken(page.next, scope),
      ...listed(page, {text, owner: input.FetchOwner === true, context}),
    }
  },

  ListObjects(input, context) {
    const {Bucket, Prefix = '', Delimiter = '', Marker = ''} = input
    findBucket(Bucket, context)
    const size = pageSize(input.MaxKeys, 'max-keys')
    const wanted = {bucket: Bucket, prefix: Prefix, delimiter: Delimiter, after: Marker, size}
    const page = pageOfKeys(context.world.objects, wanted)
    const text = encoder(input.EncodingType)
    return {
      Name: Bucket,
      Prefix: text(Prefix),
      Delimiter: input.Delimiter && text(input.Delimiter),
      Marker: text(Marker),
      // Without a delimiter the next page is asked for by the last key.
      NextMarker: page.next === undefined || Delimiter === '' ? undefined : text(page.next),
      EncodingType: input.EncodingType,
      MaxKeys: size,
      IsTruncated: page.next !== undefined,
      ...listed(page, {text, owner: true, context}),
    }
  },
})

export interface KeyPage {
  readonly objects: readonly StoredObject[]
  readonly prefixes: readonly string[]
  /** Last key or common prefix of the page, when there is more. */
  readonly next: string | undefined
}

export interface KeyPageRequest {
  readonly bucket: string
  readonly prefix: string
  /** Keys that have it after the prefix are shown as one. */
  readonly delimiter: string
  /** Only what comes behind it. */
  readonly after: string | undefined
  readonly size: number
}

/** Keys and common prefixes count alike, in one order. */
export function pageOfKeys(store: ObjectStore, {bucket, prefix, delimiter, after = '', size}: KeyPageRequest): KeyPage {
  const objects: StoredObject[] = []
  const prefixes: string[] = []
  let last = after
  const from = compareKeys(after, prefix) > 0 ? after : prefix
  if (size === 0) return {objects, prefixes, next: undefined}
  for (const object of store.list(bucket, prefix, from)) {
    const common = commonPrefix(object.key, prefix, delimiter)
    const name = common ?? object.key
    if (compareKeys(name, last) <= 0 && last !== '') continue
    if (objects.length + prefixes.length === size) return {objects, prefixes, next: last}
    if (common === undefined) objects.push(object)
    else prefixes.push(common)
    last = name
  }
  return {objects, prefixes, next: undefined}
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return end < 0 ? undefined : key.slice(0, end + delimiter.length)
}

const MAX_PAGE = 1000

/** What is asked for beyond a thousand is passed over. */
export function pageSize(asked: number | undefined, name: string): number {
  if (asked === undefined) return MAX_PAGE
  if (Number.isInteger(asked) && asked >= 0 && asked <= 2_147_483_647) return Math.min(asked, MAX_PAGE)
  throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, asked)
}

/** S3 encodes as forms do, and leaves slashes as they are. */
export function encoder(type: EncodingType | undefined): (text: string) => string {
  if (type === undefined) return (text) => text
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
  return (text) =>
    encodeURIComponent(text)
      .replaceAll('%20', '+')
      .replaceAll('%2F', '/')
      .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

interface Listing {
  readonly text: (text: string) => string
  readonly owner: boolean
  readonly context: RequestContext
}

function listed({objects, prefixes}: KeyPage, {text, owner, context}: Listing) {
  const contents = objects.map(
    (object): ListedObject => ({
      Key: text(object.key),
      LastModified: new Date(object.modifiedAt),
      ETag: `"${object.etag}"`,
      ...listedChecksums(object),
      Size: object.bytes,
      StorageClass: object.storageClass === 'STANDARD' ? 'STANDARD' : (object.storageClass as 'GLACIER'),
      ...(owner && {Owner: ownerOf(context)}),
    }),
  )
  return {
    ...(contents.length > 0 && {Contents: contents}),
    ...(prefixes.length > 0 && {CommonPrefixes: prefixes.map((prefix) => ({Prefix: text(prefix)}))}),
  }
}

/** Good for the list it was made for only. */
function writeToken(last: string, scope: string): string {
  return Buffer.from(JSON.stringify([scope, last])).toString('base64')
}

function readToken(token: string, scope: string): string {
  const wrong = invalidArgument('The continuation token provided is incorrect', 'continuation-token', token)
  try {
    const [of, last] = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as [unknown, unknown]
    if (of === scope && typeof last === 'string') return last
  } catch {
    throw wrong
  }
  throw wrong
}

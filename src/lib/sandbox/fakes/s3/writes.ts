import type * as S3 from '@aws-sdk/client-s3'
import type {DeletedObject, _Error as DeleteError} from '@aws-sdk/client-s3'
import {checkedBody, declaredDigests} from '../../digests/declared.js'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {StoredObject} from '../../world/objects/stored-object.js'
import {readAttributes} from './attributes.js'
import {findBucket} from './buckets.js'
import {describeChecksums} from './checksum-answers.js'
import {checkWrite} from './conditions.js'
import {describeEncryption} from './encryption.js'
import {checkKey, invalidRequest, noSuchKey} from './refusals.js'

/** Objects written and deleted. */
export const writeHandlers = handlersFor<typeof S3>()({
  async PutObject(input, context) {
    const {Bucket, Key, Body} = input
    const {objects} = context.world
    const placed = findBucket(Bucket, context)
    checkKey(Key)
    const allowed = (): void => checkWrite(objects.get(Bucket, Key), input, () => noSuchKey(Key, context))
    allowed()
    const attributes = readAttributes(input, placed, context)
    const declared = declaredDigests(context.headers)
    // What a caller gives no checksum of, S3 computes one of.
    const algorithm = declared.algorithm ?? 'CRC64NVME'
    const body = checkedBody(Body, declared, [algorithm])
    const {content, md5} = await objects.receive(body)
    const checksums = {type: 'FULL_OBJECT' as const, values: {[algorithm]: body.checksum(algorithm)}}
    const commit = {...attributes, bucket: Bucket, key: Key, content, etag: md5, checksums, parts: undefined}
    const object = keeping(content, () => {
      findBucket(Bucket, context)
      allowed()
      return objects.commit(commit)
    })
    return {ETag: `"${object.etag}"`, ...describeChecksums(object), ...describeEncryption(object.encryption)}
  },

  DeleteObject(input, context) {
    const {Bucket, Key} = input
    const {objects} = context.world
    findBucket(Bucket, context)
    checkKey(Key)
    checkWrite(objects.get(Bucket, Key), {IfMatch: input.IfMatch}, () => noSuchKey(Key, context))
    objects.delete(Bucket, Key)
    return {}
  },

  DeleteObjects({Bucket, Delete}, context) {
    findBucket(Bucket, context)
    const {md5, algorithm} = declaredDigests(context.headers)
    if (md5 === undefined && algorithm === undefined) {
      throw invalidRequest('Missing required header for this request: Content-MD5')
    }
    const names = Delete?.Objects ?? []
    if (names.length === 0 || names.length > MAX_DELETES) throw malformed()
    const results = names.map(({Key = '', ETag}) => deleteOne({Bucket, Key, ETag}, context))
    const deleted = results.flatMap((result) => ('Code' in result || Delete?.Quiet ? [] : [result]))
    const errors = results.flatMap((result) => ('Code' in result ? [result] : []))
    return {...(deleted.length > 0 && {Deleted: deleted}), ...(errors.length > 0 && {Errors: errors})}
  },
})

const MAX_DELETES = 1000

const malformed = (): WireError =>
  new WireError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  )

interface Deletion {
  readonly Bucket: string
  readonly Key: string
  readonly ETag: string | undefined
}

/** A key that is not there counts as deleted. */
function deleteOne({Bucket, Key, ETag}: Deletion, context: RequestContext): DeletedObject | DeleteError {
  const {objects} = context.world
  try {
    checkKey(Key)
    checkWrite(objects.get(Bucket, Key), {IfMatch: ETag}, () => noSuchKey(Key, context))
    objects.delete(Bucket, Key)
    return {Key}
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return {Key, Code: error.code, Message: error.message}
  }
}

/** Frees the bytes where they become no object after all. */
export function keeping<Result>(content: StoredObject['content'], commit: () => Result): Result {
  try {
    return commit()
  } catch (error) {
    content.discard()
    throw error
  }
}

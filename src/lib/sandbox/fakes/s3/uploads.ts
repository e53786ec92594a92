import type * as S3 from '@aws-sdk/client-s3'
import {type KnownChecksum, knownChecksum} from '../../digests/checksums.js'
import {checkedBody, declaredDigests, unsupportedChecksum} from '../../digests/declared.js'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {MultipartUpload, MultipartUploads, UploadedPart} from '../../world/objects/multipart-uploads.js'
import {readAttributes} from './attributes.js'
import {findBucket} from './buckets.js'
import {checksumMembers} from './checksum-answers.js'
import {describeEncryption} from './encryption.js'
import {checkKey, demand, invalidArgument, invalidRequest} from './refusals.js'
import {keeping} from './writes.js'

/** Uploads in parts, up to where they are completed. */
export const uploadHandlers = handlersFor<typeof S3>()({
  CreateMultipartUpload(input, context) {
    const {Bucket, Key} = input
    const placed = findBucket(Bucket, context)
    checkKey(Key)
    const {ChecksumAlgorithm, ChecksumType} = input
    const algorithm = knownChecksum(ChecksumAlgorithm)
    if (ChecksumAlgorithm !== undefined && algorithm === undefined) throw unsupportedChecksum()
    const upload: MultipartUpload = {
      ...readAttributes(input, placed, context),
      id: context.world.newId(64),
      key: Key,
      startedAt: context.now(),
      checksumAlgorithm: algorithm,
      checksumType: checksumType(algorithm, ChecksumType),
      parts: new Map(),
    }
    context.world.objects.uploads(Bucket).add(upload)
    return {
      Bucket,
      Key,
      UploadId: upload.id,
      ...(algorithm && {ChecksumAlgorithm: algorithm, ChecksumType: upload.checksumType}),
      ...describeEncryption(upload.encryption),
    }
  },

  async UploadPart(input, context) {
    const {Bucket, PartNumber} = input
    const {upload} = findUpload(input, context)
    checkPartNumber(PartNumber)
    if (upload.encryption.algorithm !== 'AES256') demand('kms:GenerateDataKey', context)
    const declared = declaredDigests(context.headers)
    checkAlgorithm(upload, declared.algorithm)
    const algorithm = partAlgorithm(upload)
    const body = checkedBody(input.Body, declared, [algorithm])
    const {content, md5} = await context.world.objects.receive(body)
    const given = declared.algorithm ? {[declared.algorithm]: body.checksum(declared.algorithm)} : {}
    const part: UploadedPart = {
      number: PartNumber,
      content,
      etag: md5,
      modifiedAt: context.now(),
      checksums: {...given, [algorithm]: body.checksum(algorithm)},
    }
    keeping(content, () => {
      // It may have been completed or aborted meanwhile.
      findUpload(input, context)
      context.world.objects.uploads(Bucket).addPart(upload, part)
    })
    return {
      ETag: `"${md5}"`,
      ...checksumMembers(given),
      ...partChecksums(upload, part),
      ...describeEncryption(upload.encryption),
    }
  },

  AbortMultipartUpload(input, context) {
    const {uploads, upload} = findUpload(input, context)
    uploads.remove(upload.id)
    return {}
  },
})

/** Only checksums that add up can be of the whole object; those that can, are not unless asked. */
function checksumType(algorithm: KnownChecksum | undefined, asked: string | undefined): 'COMPOSITE' | 'FULL_OBJECT' {
  if (asked !== undefined && asked !== 'COMPOSITE' && asked !== 'FULL_OBJECT') {
    throw invalidRequest('Value for x-amz-checksum-type header is invalid.')
  }
  if (algorithm === undefined) {
    if (asked === undefined) return 'FULL_OBJECT'
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.')
  }
  const whole = algorithm === 'CRC64NVME'
  const type = asked ?? (whole ? 'FULL_OBJECT' : 'COMPOSITE')
  const fits = type === 'COMPOSITE' ? !whole : algorithm.startsWith('CRC')
  if (!fits) {
    const name = algorithm.toLowerCase()
    throw invalidRequest(`The ${type} checksum type cannot be used with the ${name} checksum algorithm.`)
  }
  return type
}

interface UploadName {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
}

/** The open upload of this key, or S3's refusal. */
export function findUpload(
  {Bucket, Key, UploadId}: UploadName,
  context: RequestContext,
): {readonly uploads: MultipartUploads; readonly upload: MultipartUpload} {
  findBucket(Bucket, context)
  checkKey(Key)
  const uploads = context.world.objects.uploads(Bucket)
  const upload = uploads.get(UploadId, Key)
  if (upload) return {uploads, upload}
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.'
  throw new WireError('NoSuchUpload', message, 404, {UploadId})
}

const MAX_PARTS = 10_000

export function checkPartNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= MAX_PARTS) return
  const message = `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`
  throw invalidArgument(message, 'partNumber', number)
}

/**
 * Every part brings the checksum that the upload was begun with. Where none was named, each may bring what its client
 * computes: S3 checks it and keeps one of its own.
 */
function checkAlgorithm(
  {checksumAlgorithm, checksumType: type}: MultipartUpload,
  given: KnownChecksum | undefined,
): void {
  if (checksumAlgorithm === undefined || given === checksumAlgorithm) return
  if (given === undefined && type === 'FULL_OBJECT') return
  const [expected, actual] = [checksumAlgorithm, given].map((name) => name?.toLowerCase() ?? 'null')
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  )
}

/** S3 keeps a checksum of its own where the caller named none. */
export const partAlgorithm = ({checksumAlgorithm}: MultipartUpload): KnownChecksum => checksumAlgorithm ?? 'CRC64NVME'

/** The checksum of a part that its upload was begun with. */
export const partChecksums = ({checksumAlgorithm: name}: MultipartUpload, {checksums}: UploadedPart) =>
  name ? checksumMembers({[name]: checksums[name]}) : {}

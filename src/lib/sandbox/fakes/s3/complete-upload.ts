import {createHash} from 'node:crypto'
import type * as S3 from '@aws-sdk/client-s3'
import type {CompletedPart, CompleteMultipartUploadCommandInput} from '@aws-sdk/client-s3'
import {checksumOf, knownChecksum} from '../../digests/checksums.js'
import {combineCrcs, isCombinable} from '../../digests/combine-crc.js'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import {Content} from '../../world/objects/content.js'
import type {MultipartUpload, UploadedPart} from '../../world/objects/multipart-uploads.js'
import type {ObjectChecksums, StoredObject} from '../../world/objects/stored-object.js'
import {findBucket} from './buckets.js'
import {algorithmsOf, describeChecksums} from './checksum-answers.js'
import {bareTag, checkWrite} from './conditions.js'
import {describeEncryption} from './encryption.js'
import {invalidRequest, noSuchKey} from './refusals.js'
import {findUpload, partAlgorithm} from './uploads.js'

/** Parts made into an object: their bytes stay where they are. */
export const completeHandlers = handlersFor<typeof S3>()({
  CompleteMultipartUpload(input, context) {
    const {Bucket, Key} = input
    const {objects} = context.world
    findBucket(Bucket, context)
    const named = input.MultipartUpload?.Parts ?? []
    const asked = named.map(({PartNumber, ETag = ''}) => `${PartNumber} ${bareTag(ETag)}`).join()
    const before = objects.uploads(Bucket).completed(input.UploadId, Key, asked)
    if (before) return describeCompleted(before, context)
    const {uploads, upload} = findUpload(input, context)
    const parts = choose(upload, named)
    checkSizes(parts, input)
    const algorithm = partAlgorithm(upload)
    const checksums = {type: upload.checksumType, values: wholeChecksum(upload, parts)}
    checkStated(upload, checksums, parts, input)
    checkWrite(objects.get(Bucket, Key), input, () => noSuchKey(Key, context))
    const {id: _, key: __, startedAt: ___, checksumAlgorithm: ____, checksumType: _____, ...attributes} = upload
    const object = objects.commit({
      ...attributes,
      bucket: Bucket,
      key: Key,
      content: Content.join(parts.map(({content}) => content)),
      etag: joinedTag(parts),
      checksums,
      parts: parts.map(({number, content, checksums: own}) => ({
        number,
        bytes: content.bytes,
        checksums: {[algorithm]: own[algorithm]},
      })),
    })
    uploads.complete(upload.id, {parts: asked, object})
    return describeCompleted(object, context)
  },
})

function describeCompleted(object: StoredObject, context: RequestContext) {
  const {bucket: Bucket, key: Key, etag} = object
  return {
    Bucket,
    Key,
    Location: locationOf(Bucket, Key, context),
    ETag: `"${etag}"`,
    ...describeChecksums(object),
    ...describeEncryption(object.encryption),
  }
}

function locationOf(bucket: string, key: string, {baseUrl}: RequestContext): string {
  return `${baseUrl}/${bucket}/${encodeURIComponent(key)}`
}

/** The parts that the caller names, as they were uploaded. */
function choose(
  {id, parts, checksumAlgorithm, checksumType}: MultipartUpload,
  named: readonly CompletedPart[],
): UploadedPart[] {
  if (named.length === 0) {
    const message = 'The XML you provided was not well-formed or did not validate against our published schema'
    throw new WireError('MalformedXML', message)
  }
  let last = 0
  return named.map((one) => {
    const {PartNumber = 0, ETag = ''} = one
    if (PartNumber <= last) throw wrongOrder(id)
    last = PartNumber
    const part = parts.get(PartNumber)
    if (!part || part.etag !== bareTag(ETag) || !checksumsFit(part, one)) throw invalidPart(id, PartNumber, ETag)
    if (checksumAlgorithm && checksumType === 'COMPOSITE' && one[`Checksum${checksumAlgorithm}`] === undefined) {
      const name = checksumAlgorithm.toLowerCase()
      throw invalidRequest(
        `The upload was created using a ${name} checksum. The complete request must include the checksum for each part. ` +
          `It was missing for part ${PartNumber} in the request.`,
      )
    }
    return part
  })
}

function checksumsFit({checksums}: UploadedPart, named: CompletedPart): boolean {
  return algorithmsOf(checksums).every((algorithm) => {
    const stated = named[`Checksum${algorithm}`]
    return stated === undefined || stated === checksums[algorithm]
  })
}

const wrongOrder = (UploadId: string): WireError => {
  const message =
    'The list of parts was not in ascending order. The parts list must be specified in order by part number.'
  return new WireError('InvalidPartOrder', message, 400, {UploadId})
}

function invalidPart(UploadId: string, PartNumber: number, ETag: string): WireError {
  const message =
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
  return new WireError('InvalidPart', message, 400, {UploadId, PartNumber, ETag: bareTag(ETag)})
}

/** Of every part but the last: 5 MiB. */
const MIN_PART = 5 * 1024 ** 2

function checkSizes(parts: readonly UploadedPart[], {MpuObjectSize}: CompleteMultipartUploadCommandInput): void {
  const small = parts.slice(0, -1).find(({content}) => content.bytes < MIN_PART)
  if (small) {
    throw new WireError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: small.content.bytes,
      MinSizeAllowed: MIN_PART,
      PartNumber: small.number,
      ETag: small.etag,
    })
  }
  const bytes = parts.reduce((sum, {content}) => sum + content.bytes, 0)
  if (MpuObjectSize !== undefined && Number(MpuObjectSize) !== bytes) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${MpuObjectSize} does not match what was computed: ${bytes}`,
    )
  }
}

/** MD5 of the parts' MD5s, and of how many. */
function joinedTag(parts: readonly UploadedPart[]): string {
  const hash = createHash('md5')
  for (const {etag} of parts) hash.update(Buffer.from(etag, 'hex'))
  return `${hash.digest('hex')}-${parts.length}`
}

/** Of the whole from those of the parts, either as if it had been read through, or a checksum of checksums. */
function wholeChecksum(upload: MultipartUpload, parts: readonly UploadedPart[]): ObjectChecksums['values'] {
  const algorithm = partAlgorithm(upload)
  const own = parts.map(({content, checksums}) => ({
    digest: Buffer.from(checksums[algorithm] ?? '', 'base64'),
    bytes: content.bytes,
  }))
  if (upload.checksumType === 'FULL_OBJECT' && isCombinable(algorithm)) {
    return {[algorithm]: combineCrcs(algorithm, own).toString('base64')}
  }
  return {[algorithm]: checksumOf(algorithm, Buffer.concat(own.map(({digest}) => digest)))}
}

/** A checksum of the whole that the caller states, and of which kind it is. */
function checkStated(
  {checksumType}: MultipartUpload,
  checksums: ObjectChecksums,
  parts: readonly UploadedPart[],
  input: CompleteMultipartUploadCommandInput,
): void {
  if (input.ChecksumType !== undefined && input.ChecksumType !== checksumType) {
    throw invalidRequest(
      `The upload was created using the ${checksumType} checksum mode. The complete request must use the same checksum mode.`,
    )
  }
  const computed = describeChecksums({checksums, parts: parts.map(({number}) => ({number, bytes: 0, checksums: {}}))})
  for (const name of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
    const stated = input[`Checksum${name}`]
    if (stated === undefined) continue
    const shown = computed[`Checksum${name}`]
    if (knownChecksum(name) && shown !== stated && shown?.replace(/-\d+$/, '') !== stated) {
      throw new WireError('BadDigest', `The ${name} you specified did not match the calculated checksum.`)
    }
  }
}

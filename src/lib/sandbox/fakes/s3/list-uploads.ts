import type * as S3 from '@aws-sdk/client-s3'
import {handlersFor} from '../../handler.js'
import {compareKeys} from '../../world/objects/key-order.js'
import type {MultipartUpload} from '../../world/objects/multipart-uploads.js'
import {findBucket, ownerOf} from './buckets.js'
import {encoder, pageSize} from './list-objects.js'
import {findUpload, partChecksums} from './uploads.js'

/** Open uploads and their parts, page by page. */
export const listUploadHandlers = handlersFor<typeof S3>()({
  ListParts(input, context) {
    const {Bucket, Key, UploadId} = input
    const {upload} = findUpload(input, context)
    const size = pageSize(input.MaxParts, 'max-parts')
    const marker = Number(input.PartNumberMarker ?? 0)
    const all = [...upload.parts.values()].sort((a, b) => a.number - b.number)
    const rest = all.filter(({number}) => number > marker)
    const page = rest.slice(0, size)
    const owner = ownerOf(context)
    return {
      Bucket,
      Key,
      UploadId,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      MaxParts: size,
      IsTruncated: page.length < rest.length,
      Initiator: owner,
      Owner: owner,
      StorageClass: upload.storageClass,
      ...(upload.checksumAlgorithm && {
        ChecksumAlgorithm: upload.checksumAlgorithm,
        ChecksumType: upload.checksumType,
      }),
      ...(page.length > 0 && {
        Parts: page.map((part) => ({
          PartNumber: part.number,
          LastModified: new Date(part.modifiedAt),
          ETag: `"${part.etag}"`,
          Size: part.content.bytes,
          ...partChecksums(upload, part),
        })),
      }),
    }
  },

  ListMultipartUploads(input, context) {
    const {Bucket, Prefix = '', Delimiter = ''} = input
    findBucket(Bucket, context)
    const size = pageSize(input.MaxUploads, 'max-uploads')
    const all = context.world.objects.uploads(Bucket).sorted()
    const rest = behind(all, input).filter(({key}) => key.startsWith(Prefix))
    const page = pageOfUploads(rest, {prefix: Prefix, delimiter: Delimiter, size})
    const text = encoder(input.EncodingType)
    const owner = ownerOf(context)
    return {
      Bucket,
      Prefix: text(Prefix),
      Delimiter: input.Delimiter && text(input.Delimiter),
      KeyMarker: text(input.KeyMarker ?? ''),
      UploadIdMarker: input.UploadIdMarker ?? '',
      NextKeyMarker: page.more ? text(page.lastKey) : undefined,
      NextUploadIdMarker: page.more ? page.lastId : undefined,
      EncodingType: input.EncodingType,
      MaxUploads: size,
      IsTruncated: page.more,
      ...(page.uploads.length > 0 && {
        Uploads: page.uploads.map((upload) => ({
          UploadId: upload.id,
          Key: text(upload.key),
          Initiated: new Date(upload.startedAt),
          StorageClass: upload.storageClass,
          Owner: owner,
          Initiator: owner,
          ...(upload.checksumAlgorithm && {
            ChecksumAlgorithm: upload.checksumAlgorithm,
            ChecksumType: upload.checksumType,
          }),
        })),
      }),
      ...(page.prefixes.length > 0 && {CommonPrefixes: page.prefixes.map((prefix) => ({Prefix: text(prefix)}))}),
    }
  },
})

interface Markers {
  readonly KeyMarker?: string | undefined
  readonly UploadIdMarker?: string | undefined
}

/** Behind the marked key; with a marked upload, also those of that key that come after it. */
function behind(
  uploads: readonly MultipartUpload[],
  {KeyMarker = '', UploadIdMarker = ''}: Markers,
): readonly MultipartUpload[] {
  if (KeyMarker === '') return uploads
  const marked = uploads.findIndex(({key, id}) => key === KeyMarker && id === UploadIdMarker)
  return uploads.filter(
    ({key}, index) => compareKeys(key, KeyMarker) > 0 || (marked >= 0 && key === KeyMarker && index > marked),
  )
}

interface UploadPage {
  readonly uploads: readonly MultipartUpload[]
  readonly prefixes: readonly string[]
  readonly more: boolean
  readonly lastKey: string
  readonly lastId: string
}

function pageOfUploads(
  all: readonly MultipartUpload[],
  {prefix, delimiter, size}: {readonly prefix: string; readonly delimiter: string; readonly size: number},
): UploadPage {
  const uploads: MultipartUpload[] = []
  const prefixes: string[] = []
  let [lastKey, lastId] = ['', '']
  for (const upload of all) {
    const end = delimiter === '' ? -1 : upload.key.indexOf(delimiter, prefix.length)
    const common = end < 0 ? undefined : upload.key.slice(0, end + delimiter.length)
    if (common !== undefined && common === prefixes.at(-1)) {
      ;[lastKey, lastId] = [upload.key, upload.id]
      continue
    }
    if (uploads.length + prefixes.length === size) return {uploads, prefixes, more: size > 0, lastKey, lastId}
    if (common === undefined) uploads.push(upload)
    else prefixes.push(common)
    ;[lastKey, lastId] = [upload.key, upload.id]
  }
  return {uploads, prefixes, more: false, lastKey, lastId}
}

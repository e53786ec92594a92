import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {readImageHead} from '../../core/image-head.js'
import {sizeWords} from '../../core/text.js'
import {toUnread} from '../../core/unread.js'
import type {BucketOwner, ObjectStore} from '../../jobs/ports.js'
import {parseS3Uri} from '../../jobs/s3-uri.js'
import type {DatasetCode} from '../datasets/check-codes.js'
import type {DatasetRules} from '../datasets/dataset-rules.js'
import type {CustomizationCheck, DatasetFinding} from './customization-check.schema.js'
import {finding} from './finding.js'
import {type ImageBounds, mediaBounds} from './media-bounds.js'
import type {MediumPlace, NamedMedia} from './named-media.js'
import {FIRST_LINES} from './read-file.js'
import {type ReadRange, videoSeconds} from './video-seconds.js'

export interface MediaStore {
  readonly store: Pick<ObjectStore, 'head' | 'read'>
  readonly owner: BucketOwner
}

export interface MediaReport {
  readonly findings: readonly DatasetFinding[]
  readonly counts: CustomizationCheck['media']
  readonly unread: readonly Unread[]
}

/** Media that are asked for at one time. */
const AT_ONCE = 16
/** So many first bytes hold the size of nearly all images. */
const HEAD_BYTES = 64 * 1024

interface Fault {
  readonly code: DatasetCode
  readonly text: string
  readonly place: MediumPlace
}

/** Looks at media in S3: whether they are there, how large, how many pixels and how long. Reads no more than heads. */
export async function mediaFindings(
  media: NamedMedia,
  rules: DatasetRules,
  from: MediaStore | undefined,
  signal?: AbortSignal,
): Promise<MediaReport> {
  const {places} = media
  const named = places.length + media.beyond
  if (from === undefined) {
    const text = `${named} media in S3 were not looked at.`
    const findings = named === 0 ? [] : [finding('media-not-checked', {text, count: named})]
    return {findings, counts: {named, checked: 0, unread: 0}, unread: []}
  }
  const faults: Fault[] = []
  const unread = new Map<string, Unread>()
  let failed = 0
  let next = 0
  const work = async (): Promise<void> => {
    for (let place = places[next++]; place; place = places[next++]) {
      try {
        faults.push(...(await faultsOf(place, rules, from, signal)))
      } catch (error) {
        if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
        failed += 1
        unread.set(error.code, toUnread(error, from.owner.region, 's3:GetObject'))
      }
    }
  }
  await Promise.all(Array.from({length: Math.min(AT_ONCE, places.length)}, work))
  return {
    findings: grouped(faults),
    counts: {named, checked: places.length - failed, unread: failed + media.beyond},
    unread: [...unread.values()],
  }
}

async function faultsOf(
  place: MediumPlace,
  {family}: DatasetRules,
  {owner, store}: MediaStore,
  signal?: AbortSignal,
): Promise<readonly Fault[]> {
  const fault = (code: DatasetCode, text: string): readonly Fault[] => [{code, text, place}]
  const parsed = parseS3Uri(place.uri, 'any')
  if (!('place' in parsed)) return fault('media-uri', 'The URI names no object.')
  const found = await store.head(parsed.place, owner, signal)
  if (found === undefined) return fault('media-missing', 'There is no such object.')
  const {bytes, image, seconds} = mediaBounds(family, place.kind)
  if (found.bytes === 0) return fault('media-size', 'The object is empty.')
  if (bytes !== null && found.bytes > bytes) {
    return fault('media-size', `It has ${sizeWords(found.bytes)}, of at most ${sizeWords(bytes)}.`)
  }
  const read: ReadRange = async (start, length) => {
    const range = {start, end: Math.min(start + length, found.bytes)}
    if (range.end <= start) return Buffer.alloc(0)
    const chunks: Buffer[] = []
    for await (const chunk of store.read({...parsed.place, etag: found.etag}, range, owner, signal)) {
      chunks.push(Buffer.from(chunk))
    }
    return Buffer.concat(chunks)
  }
  if (image !== null) return pixelFaults(await read(0, HEAD_BYTES), image, fault)
  if (seconds === null) return []
  const length = await videoSeconds(found.bytes, read)
  if (length === undefined || length <= seconds) return []
  return fault('media-duration', `The video has ${Math.round(length)} seconds, of at most ${seconds}.`)
}

function pixelFaults(
  bytes: Buffer,
  bounds: ImageBounds,
  fault: (code: DatasetCode, text: string) => readonly Fault[],
): readonly Fault[] {
  const head = readImageHead(bytes)
  if (head === undefined) return fault('media-format', 'The object is no PNG, JPEG, GIF or WebP image.')
  const {height, width} = head
  if (width === undefined || height === undefined) return []
  const {leastSide, mostPixels, mostSide} = bounds
  if (Math.min(width, height) < leastSide) {
    return fault('media-dimensions', `The image has ${width} × ${height} pixels: a side has at least ${leastSide}.`)
  }
  if (mostSide !== null && Math.max(width, height) > mostSide) {
    return fault('media-dimensions', `The image has ${width} × ${height} pixels: a side has at most ${mostSide}.`)
  }
  if (mostPixels !== null && width * height > mostPixels) {
    return fault('media-dimensions', `The image has ${width} × ${height} pixels, of at most ${mostPixels} in all.`)
  }
  const {mostRatio} = bounds
  if (mostRatio !== null && Math.max(width / height, height / width) > mostRatio) {
    return fault('media-dimensions', `The image has ${width} × ${height} pixels: longer than ${mostRatio} to 1.`)
  }
  return []
}

/** One finding a code, file and kind, in the order of lines. */
function grouped(faults: readonly Fault[]): readonly DatasetFinding[] {
  const groups = new Map<string, Fault[]>()
  for (const fault of faults.toSorted((a, b) => a.place.line - b.place.line)) {
    const key = `${fault.code} ${fault.place.role} ${fault.place.kind}`
    const group = groups.get(key)
    if (group) group.push(fault)
    else groups.set(key, [fault])
  }
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({code, place, text}) => {
      const lines = [...new Set(group.map((one) => one.place.line))].slice(0, FIRST_LINES)
      return finding(code, {file: place.role, path: place.kind, text, count: group.length, lines})
    }),
  )
}

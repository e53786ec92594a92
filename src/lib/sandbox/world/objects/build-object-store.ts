import type {Bucket} from '../resources.js'
import {zeroBlob} from './blob.js'
import {Content} from './content.js'
import type {ContentStore} from './content-store.js'
import {type Commit, defaultEncryption, ObjectStore} from './object-store.js'
import {zeroWeights} from './zero-weights.js'

/** The buckets a scenario gives an account in a Region. */
export interface ScenarioBuckets {
  readonly account: string
  readonly region: string
  readonly buckets: readonly Bucket[]
}

/** The buckets of a scenario with what is in them from the start. */
export function buildObjectStore(places: Iterable<ScenarioBuckets>, now: () => number): ObjectStore {
  const store = new ObjectStore({now})
  for (const {account, region, buckets} of places) {
    for (const bucket of buckets) {
      store.addBucket({account, region, bucket})
      for (const object of bucket.objects ?? []) addObject(store, bucket, object)
    }
  }
  return store
}

type ScenarioObject = NonNullable<Bucket['objects']>[number]

function addObject(store: ObjectStore, bucket: Bucket, {key, contentType, content}: ScenarioObject): void {
  store.commit({
    bucket: bucket.name,
    key,
    ...bytesOf(content, store),
    headers: {ContentType: contentType ?? 'binary/octet-stream'},
    metadata: {},
    storageClass: 'STANDARD',
    tags: {},
    encryption: defaultEncryption(bucket),
    checksums: undefined,
    parts: undefined,
  })
}

// Weights of more than that are zeros that are nowhere; their object has the tag of one that came in parts.
const HELD_BYTES = 1024 * 1024
const PART_BYTES = 64 * 1024 * 1024

function bytesOf(content: ScenarioObject['content'], {contents}: ObjectStore): Pick<Commit, 'content' | 'etag'> {
  if (typeof content === 'string' || 'line' in content) return held(Buffer.from(textOf(content)), contents)
  const {head, bytes} = zeroWeights(content.tensors)
  if (bytes <= HELD_BYTES) return held(Buffer.concat([head, Buffer.alloc(bytes)]), contents)
  const {content: before, etag} = held(head, contents)
  return {
    content: Content.join([before, Content.of(zeroBlob(bytes))]),
    etag: `${etag}-${Math.ceil((head.length + bytes) / PART_BYTES)}`,
  }
}

function held(bytes: Buffer, contents: ContentStore): Pick<Commit, 'content' | 'etag'> {
  const {content, md5} = contents.hold(bytes)
  return {content, etag: md5}
}

function textOf(content: Exclude<ScenarioObject['content'], {tensors: unknown}>): string {
  if (typeof content === 'string') return content
  const {line, count} = content
  return Array.from({length: count}, (_, index) => `${line.replaceAll('{index}', String(index + 1))}\n`).join('')
}

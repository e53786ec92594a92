import type {Bucket} from '../resources.js'
import {defaultEncryption, ObjectStore} from './object-store.js'
import {safetensorsBytes} from './safetensors-bytes.js'

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
  const {content: bytes, md5} = store.contents.hold(bytesOf(content))
  store.commit({
    bucket: bucket.name,
    key,
    etag: md5,
    content: bytes,
    headers: {ContentType: contentType ?? 'binary/octet-stream'},
    metadata: {},
    storageClass: 'STANDARD',
    tags: {},
    encryption: defaultEncryption(bucket),
    checksums: undefined,
    parts: undefined,
  })
}

function bytesOf(content: ScenarioObject['content']): Buffer {
  if (typeof content === 'string') return Buffer.from(content)
  if ('tensors' in content) return safetensorsBytes(content.tensors)
  const {line, count} = content
  return Buffer.from(
    Array.from({length: count}, (_, index) => `${line.replaceAll('{index}', String(index + 1))}\n`).join(''),
  )
}

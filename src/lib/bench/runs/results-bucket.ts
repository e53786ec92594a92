import {createWriteStream} from 'node:fs'
import {mkdir, readdir, readFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {usageError} from '../../core/errors.js'
import type {BucketOwner, ObjectStore, S3Place} from '../../jobs/ports.js'
import {below, formatS3Uri} from '../../jobs/s3-uri.js'
import type {RunHead} from '../metrics/summary.schema.js'
import {DONE, shardPath} from './shard-folders.js'

type Bucket = Pick<ObjectStore, 'put' | 'list' | 'read'>

/** Puts the files of a run under the prefix, and at last an object that says that all are there. */
export async function publishToBucket(
  run: string,
  head: RunHead,
  {owner, place, signal, store}: {store: Bucket; place: S3Place; owner: BucketOwner; signal: AbortSignal},
): Promise<string> {
  const under = below(place, shardPath(head))
  for (const name of (await readdir(run)).sort()) {
    await store.put(below(under, name), await readFile(join(run, name)), owner, {}, signal)
  }
  await store.put(below(under, DONE), new Uint8Array(0), owner, {}, signal)
  return formatS3Uri(under)
}

/** Copies all runs under the prefix that are whole to a folder; refused where there is none. */
export async function fetchFromBucket(
  folder: string,
  {owner, place, signal, store}: {store: Bucket; place: S3Place; owner: BucketOwner; signal: AbortSignal},
): Promise<void> {
  const prefix = place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`
  const keys: string[] = []
  for await (const {key} of store.list(place.bucket, prefix, owner, signal)) keys.push(key)
  const whole = keys.flatMap((key) => (key.endsWith(`/${DONE}`) ? [key.slice(0, -DONE.length)] : []))
  if (whole.length === 0) {
    throw usageError('SHARDS_MISSING', `No shard that is whole lies under ${formatS3Uri(place)}.`, {
      why: keys.length === 0 ? 'There is nothing there.' : 'None of them has been written to its end yet.',
      hint: 'Wait until the shards have ended, and check the prefix.',
    })
  }
  for (const key of keys.filter((one) => whole.some((prefixOf) => one.startsWith(prefixOf)))) {
    const path = key.slice(prefix.length)
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) continue
    const file = join(folder, path)
    await mkdir(dirname(file), {recursive: true})
    await pipeline(
      Readable.from(store.read({bucket: place.bucket, key}, undefined, owner, signal)),
      createWriteStream(file),
    )
  }
}

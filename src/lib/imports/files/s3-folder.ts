import type {BucketOwner, ObjectStore, S3Place, StoredObject} from '../../jobs/ports.js'
import {formatS3Uri} from '../../jobs/s3-uri.js'
import {tooMany} from './local-folder.js'
import {MOST_FILES, type ModelFile, type ModelFolder, type ModelListing} from './model-folder.js'

/** What lies below a prefix of S3. Files are read by ranges, each in the version that was listed. */
export function openS3Folder(
  store: Pick<ObjectStore, 'list' | 'read'>,
  place: S3Place,
  owner: BucketOwner,
): ModelFolder {
  const prefix = place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`
  const versions = new Map<string, string>()
  const name = formatS3Uri(place)
  return {
    name,
    kind: 's3',
    async list(signal) {
      const {objects, ...rest} = await listObjects(store, {...place, prefix}, owner, signal)
      const files = objects.flatMap((object): readonly ModelFile[] => {
        const path = object.key.slice(prefix.length)
        versions.set(path, object.etag)
        // A key that ends with a slash is how consoles draw folders.
        return path === '' || path.endsWith('/') ? [] : [fileOf(path, object)]
      })
      return {files, odd: [], unseen: [], ...rest}
    },
    async read(file, start, end, signal) {
      const stop = Math.min(end, file.bytes)
      if (stop <= start) return Buffer.alloc(0)
      const etag = versions.get(file.path)
      const object = {bucket: place.bucket, key: `${prefix}${file.path}`, ...(etag !== undefined && {etag})}
      const chunks: Uint8Array[] = []
      for await (const chunk of store.read(object, {start, end: stop}, owner, signal)) chunks.push(Buffer.from(chunk))
      return Buffer.concat(chunks)
    },
  }
}

function fileOf(path: string, {bytes, storageClass}: StoredObject): ModelFile {
  return {path, bytes, ...(storageClass !== undefined && {storageClass})}
}

type Listed = Pick<ModelListing, 'neighbour' | 'isObject'> & {readonly objects: readonly StoredObject[]}

/**
 * Without a slash at its end a prefix names more than the folder: what comes before the folder in the order of keys, or
 * behind it, is noted once; it costs no listing of its own unless it comes before.
 */
async function listObjects(
  store: Pick<ObjectStore, 'list'>,
  {bucket, key, prefix}: S3Place & {readonly prefix: string},
  owner: BucketOwner,
  signal: AbortSignal | undefined,
): Promise<Listed> {
  if (key === prefix)
    return {objects: await gather(store.list(bucket, prefix, owner, signal), formatS3Uri({bucket, key}))}
  const objects: StoredObject[] = []
  let neighbour: string | undefined
  let isObject = false
  for await (const object of store.list(bucket, key, owner, signal)) {
    if (object.key.startsWith(prefix)) objects.push(object)
    else if (object.key === key) isObject = true
    else {
      neighbour = object.key
      break
    }
    if (objects.length > MOST_FILES) throw tooMany(formatS3Uri({bucket, key}))
  }
  const cameBefore = neighbour !== undefined && neighbour < prefix
  const all = cameBefore ? await gather(store.list(bucket, prefix, owner, signal), formatS3Uri({bucket, key})) : objects
  return {objects: all, ...(neighbour !== undefined && {neighbour}), ...(isObject && {isObject: true as const})}
}

async function gather(listing: AsyncIterable<StoredObject>, name: string): Promise<readonly StoredObject[]> {
  const objects: StoredObject[] = []
  for await (const object of listing) {
    objects.push(object)
    if (objects.length > MOST_FILES) throw tooMany(name)
  }
  return objects
}

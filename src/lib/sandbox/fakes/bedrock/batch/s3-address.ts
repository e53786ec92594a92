import type {PlacedBucket} from '../../../world/objects/object-store.js'
import type {StoredObject} from '../../../world/objects/stored-object.js'
import type {World} from '../../../world.js'

export interface S3Address {
  readonly bucket: string
  /** Without a slash at its beginning. */
  readonly key: string
}

export function parseS3Uri(uri: string): S3Address {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? []
  return {bucket, key}
}

/** The key as a folder: empty, or with a slash at its end. */
export function folderOf({key}: S3Address): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`
}

/** The bucket, if it is in this Region and belongs to `owner`. */
export function bucketAt(
  {bucket}: S3Address,
  region: string,
  owner: string,
  {objects}: World,
): PlacedBucket | undefined {
  const found = objects.bucket(bucket)
  return found?.region === region && found.account === owner ? found : undefined
}

export interface InputObject {
  /** Below the address; of a single file, its name. */
  readonly name: string
  readonly object: StoredObject
}

/** One .jsonl file, or all of a folder in the order of their keys. */
export function inputObjects(address: S3Address, {objects}: World): readonly InputObject[] {
  const single = objects.get(address.bucket, address.key)
  if (single && !address.key.endsWith('/')) {
    const name = address.key.slice(address.key.lastIndexOf('/') + 1)
    return name.endsWith('.jsonl') ? [{name, object: single}] : []
  }
  const folder = folderOf(address)
  return [...objects.list(address.bucket, folder)]
    .filter(({key}) => key.endsWith('.jsonl'))
    .map((object) => ({name: object.key.slice(folder.length), object}))
}

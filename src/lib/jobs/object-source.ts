import {usageError} from '../core/errors.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {BucketOwner, ObjectStore, S3Place} from './ports.js'
import {formatS3Uri} from './s3-uri.js'

/** An object as bytes that can be read from any place; reading fails once it is another version. */
export async function openObjectSource(
  store: Pick<ObjectStore, 'head' | 'read'>,
  place: S3Place,
  owner: BucketOwner,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const name = formatS3Uri(place)
  const found = await store.head(place, owner, signal)
  if (found === undefined) {
    throw usageError('INPUT_MISSING', `There is no object ${name}.`, {hint: 'Check its bucket and key.'})
  }
  const {bytes, etag} = found
  return {
    name,
    bytes,
    revision: etag,
    read: (range, stop) => store.read({...place, etag}, range, owner, stop),
  }
}

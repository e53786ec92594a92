import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {isTree} from '../../core/is-tree.js'
import {toUnread} from '../../core/unread.js'
import type {BucketOwner, ObjectStore, StoredObject} from '../../jobs/ports.js'
import {below, formatS3Uri, parseS3Uri} from '../../jobs/s3-uri.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import type {Manifest} from './batch-collect.schema.js'

export type OutputStore = Pick<ObjectStore, 'list' | 'read'>

/** What lies in S3 of one job. */
export interface JobOutputs {
  readonly sources: readonly ByteSource[]
  readonly manifest: Manifest | null
  readonly unread: readonly Unread[]
}

/** A manifest is a few lines; what is longer is something else. */
const MOST_MANIFEST_BYTES = 64 * 1024

/** Finds what a job has written so far, whatever its state: parts of it count. */
export async function findOutputs(
  {id, outputUri}: {readonly id: string; readonly outputUri: string},
  store: OutputStore,
  owner: BucketOwner,
  signal?: AbortSignal,
): Promise<JobOutputs> {
  const output = parseS3Uri(outputUri, 'any')
  if ('problems' in output) return {sources: [], manifest: null, unread: [unusable(outputUri, output.problems, owner)]}
  const folder = below(output.place, `${id}/`)
  const sources: ByteSource[] = []
  let manifest: Manifest | null = null
  try {
    for await (const object of store.list(folder.bucket, folder.key, owner, signal)) {
      if (object.key.endsWith('.jsonl.out')) sources.push(storedSource(object, store, owner))
      else if (object.key === `${folder.key}manifest.json.out`)
        manifest = await readManifest(object, store, owner, signal)
    }
    return {sources, manifest, unread: []}
  } catch (cause) {
    signal?.throwIfAborted()
    if (!(cause instanceof BedrockctlError)) throw cause
    return {sources, manifest, unread: [toUnread(cause, owner.region, 's3:ListBucket')]}
  }
}

/** A listed object, read as the version that was listed. */
export function storedSource(
  {bucket, bytes, etag, key}: StoredObject,
  store: Pick<ObjectStore, 'read'>,
  owner: BucketOwner,
): ByteSource {
  return {
    name: formatS3Uri({bucket, key}),
    bytes,
    revision: etag,
    read: (range, signal) => store.read({bucket, key, etag}, range, owner, signal),
  }
}

async function readManifest(
  object: StoredObject,
  store: OutputStore,
  owner: BucketOwner,
  signal: AbortSignal | undefined,
): Promise<Manifest | null> {
  if (object.bytes > MOST_MANIFEST_BYTES) return null
  const chunks: Uint8Array[] = []
  // A chunk's memory may be used again for the next.
  for await (const chunk of store.read(object, undefined, owner, signal)) chunks.push(Buffer.from(chunk))
  return parseManifest(Buffer.concat(chunks).toString('utf8'))
}

/** The counts of a manifest; members that are not there or no counts are null, others are not looked at. */
export function parseManifest(text: string): Manifest | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isTree(value)) return null
  const count = (name: string) => {
    const found = Object.hasOwn(value, name) ? value[name] : undefined
    return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : null
  }
  return {
    total: count('totalRecordCount'),
    processed: count('processedRecordCount'),
    succeeded: count('successRecordCount'),
    failed: count('errorRecordCount'),
    inputTokens: count('inputTokenCount'),
    outputTokens: count('outputTokenCount'),
  }
}

function unusable(uri: string, problems: readonly string[], {region}: BucketOwner): Unread {
  return {region, action: 's3:ListBucket', code: 'S3_URI_INVALID', reason: `${uri}: ${problems.join(' ')}`}
}

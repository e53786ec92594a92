import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {usageError} from '../../core/errors.js'
import type {BucketOwner, ObjectStore, S3Place, StoredObject} from '../../jobs/ports.js'
import {formatS3Uri} from '../../jobs/s3-uri.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {openFileSource} from '../../jsonl/file-source.js'

const LOG_NAME = /\.(?:json|jsonl|log)(?:\.gz)?$|\.gz$/i
/** Bodies that are too large for a record, and what Bedrock writes to see whether it may. */
const NO_LOG = /(?:^|\/)(?:data\/|amazon-bedrock-logs-permission-check)/

/** A file of invocation logs, or all of a folder and the folders in it, by name. Links are not followed. */
export async function* localLogs(path: string): AsyncGenerator<ByteSource> {
  const facts = await stat(path).catch(() => undefined)
  if (facts?.isDirectory() !== true) {
    yield await openFileSource(path)
    return
  }
  let found = 0
  for await (const file of filesBelow(path)) {
    found += 1
    yield await openFileSource(file)
  }
  if (found === 0) throw noLogs(path)
}

/** A log's name says what it is; anything else of a folder is left alone. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, {withFileTypes: true})
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'data') yield* filesBelow(path)
    else if (entry.isFile() && isLog(entry.name)) yield path
  }
}

/** One object, or every log under a prefix. */
export async function* storedLogs(
  store: Pick<ObjectStore, 'list' | 'read'>,
  place: S3Place,
  owner: BucketOwner,
  signal?: AbortSignal,
): AsyncGenerator<ByteSource> {
  let found = 0
  for await (const object of store.list(place.bucket, place.key, owner, signal)) {
    if (!isLog(object.key.slice(place.key.lastIndexOf('/') + 1)) || object.bytes === 0) continue
    found += 1
    yield storedSource(object, store, owner)
  }
  if (found === 0) throw noLogs(formatS3Uri(place))
}

function isLog(name: string): boolean {
  return LOG_NAME.test(name) && !NO_LOG.test(name)
}

function storedSource(
  {bucket, bytes, etag, key}: StoredObject,
  store: Pick<ObjectStore, 'read'>,
  owner: BucketOwner,
): ByteSource {
  return {
    name: formatS3Uri({bucket, key}),
    bytes,
    revision: etag,
    read: (range, stop) => store.read({bucket, key, etag}, range, owner, stop),
  }
}

function noLogs(name: string) {
  return usageError('NO_LOGS', `There is no invocation log in ${name}.`, {
    why: 'Logs are files that end in .json, .jsonl, .log or .gz; what lies in folders called data are bodies.',
    hint: 'Bedrock writes them to PREFIX/AWSLogs/ACCOUNT/BedrockModelInvocationLogs/REGION/ when logging is on.',
  })
}

import {createHash} from 'node:crypto'
import {type KnownChecksum, knownChecksum, runningChecksum} from '../../digests/checksums.js'
import {unsupportedChecksum} from '../../digests/declared.js'
import type {Content} from '../../world/objects/content.js'
import type {ObjectChecksums, StoredObject} from '../../world/objects/stored-object.js'
import {algorithmsOf} from './checksum-answers.js'

/** The checksum that a copy gets: the one asked for, else the source's, else S3's own. */
export function copyChecksum({checksums}: StoredObject, asked: string | undefined): KnownChecksum {
  if (asked !== undefined) {
    const known = knownChecksum(asked)
    if (known === undefined) throw unsupportedChecksum()
    return known
  }
  return (checksums && algorithmsOf(checksums.values)[0]) ?? 'CRC64NVME'
}

interface CopyDigests {
  readonly etag: string
  readonly checksums: ObjectChecksums
}

/** A copy has no parts: what its source has of being uploaded in parts is computed anew over the whole. */
export async function digestObject(source: StoredObject, algorithm: KnownChecksum): Promise<CopyDigests> {
  const {content, etag, parts, checksums} = source
  const known = parts === undefined ? checksums?.values[algorithm] : undefined
  if (known !== undefined) return {etag, checksums: {type: 'FULL_OBJECT', values: {[algorithm]: known}}}
  const computed = await digest(content, algorithm)
  return {etag: computed.etag, checksums: {type: 'FULL_OBJECT', values: {[algorithm]: computed.checksum}}}
}

/** Reads the bytes through; hold them meanwhile. */
export async function digest(
  content: Content,
  algorithm: KnownChecksum,
): Promise<{readonly etag: string; readonly checksum: string}> {
  const md5 = createHash('md5')
  const running = runningChecksum(algorithm)
  for await (const chunk of content.read()) {
    md5.update(chunk)
    running.update(chunk)
  }
  return {etag: md5.digest('hex'), checksum: running.digest().toString('base64')}
}

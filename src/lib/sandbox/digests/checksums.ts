import {createHash} from 'node:crypto'
import {type RunningCrc, runningCrc32, runningCrc32c, runningCrc64Nvme} from './crc.js'

/** The checksums this sandbox knows, by the name the API has for each. */
export type KnownChecksum = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

const RUNNING: Readonly<Record<KnownChecksum, () => RunningCrc>> = {
  CRC32: runningCrc32,
  CRC32C: runningCrc32c,
  CRC64NVME: runningCrc64Nvme,
  SHA1: () => runningHash('sha1'),
  SHA256: () => runningHash('sha256'),
}

const BYTES: Readonly<Record<KnownChecksum, number>> = {CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32}

function runningHash(name: string): RunningCrc {
  const hash = createHash(name)
  return {
    update: (bytes) => {
      hash.update(bytes)
    },
    digest: () => hash.digest(),
  }
}

export const runningChecksum = (algorithm: KnownChecksum): RunningCrc => RUNNING[algorithm]()

export function checksumOf(algorithm: KnownChecksum, bytes: Uint8Array): string {
  const running = runningChecksum(algorithm)
  running.update(bytes)
  return running.digest().toString('base64')
}

/** A name in any case; `undefined` when there is no such checksum here. */
export function knownChecksum(name: string | undefined): KnownChecksum | undefined {
  const upper = name?.toUpperCase()
  return upper !== undefined && isKnownChecksum(upper) ? upper : undefined
}

const isKnownChecksum = (name: string): name is KnownChecksum => Object.hasOwn(RUNNING, name)

/** Base64 of as many bytes as the checksum has. */
export const isChecksumText = (algorithm: KnownChecksum, text: string): boolean => isBase64(text, BYTES[algorithm])

export function isBase64(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, 'base64')
  return decoded.length === bytes && decoded.toString('base64') === text
}

export const CHECKSUM_PREFIX = 'x-amz-checksum-'

/** Names of headers and trailers that are checksums: `x-amz-checksum-mode` and the like are none. */
export function checksumOfHeader(name: string): KnownChecksum | undefined {
  return name.startsWith(CHECKSUM_PREFIX) ? knownChecksum(name.slice(CHECKSUM_PREFIX.length)) : undefined
}

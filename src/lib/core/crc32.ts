import {crc32} from 'node:zlib'

/** CRC-32 of bytes as S3 writes it: four bytes, most significant first, in Base64. */
export function crc32Base64(bytes: Uint8Array): string {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return sum.toString('base64')
}

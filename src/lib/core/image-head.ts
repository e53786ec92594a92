/** As the media type names it: `image/png`. */
export const IMAGE_FORMATS = ['png', 'jpeg', 'gif', 'webp'] as const
export type ImageFormat = (typeof IMAGE_FORMATS)[number]

/** What the first bytes of an image tell. */
export interface ImageHead {
  readonly format: ImageFormat
  /** Pixels; undefined where the first bytes do not tell them. */
  readonly width: number | undefined
  readonly height: number | undefined
}

/** So many first bytes tell all that can be told. */
export const HEAD_BYTES = 36

/**
 * Reads the signature of an image and its size, of JPEG only where the bytes reach to its frame; undefined for bytes of
 * no known format.
 */
export function readImageHead(bytes: Buffer): ImageHead | undefined {
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) {
    return {
      format: 'png',
      width: at(bytes, 20, () => bytes.readUInt32BE(16)),
      height: at(bytes, 24, () => bytes.readUInt32BE(20)),
    }
  }
  if (startsWith(bytes, 0, '\xff\xd8\xff')) return {format: 'jpeg', ...jpegSize(bytes)}
  if (startsWith(bytes, 0, 'GIF8')) {
    return {
      format: 'gif',
      width: at(bytes, 8, () => bytes.readUInt16LE(6)),
      height: at(bytes, 10, () => bytes.readUInt16LE(8)),
    }
  }
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return {format: 'webp', ...webpSize(bytes)}
  return undefined
}

/** Of the three kinds of WebP (https://developers.google.com/speed/webp/docs/riff_container). */
function webpSize(bytes: Buffer): {width: number | undefined; height: number | undefined} {
  if (bytes.length >= 30 && startsWith(bytes, 12, 'VP8X')) {
    return {width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1}
  }
  if (bytes.length >= 30 && startsWith(bytes, 12, 'VP8 ')) {
    return {width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff}
  }
  if (bytes.length >= 25 && startsWith(bytes, 12, 'VP8L')) {
    const bits = bytes.readUInt32LE(21)
    return {width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1}
  }
  return {width: undefined, height: undefined}
}

/** Of the first frame header: segments are passed over by their lengths (ITU-T T.81, B.2). */
function jpegSize(bytes: Buffer): {width: number | undefined; height: number | undefined} {
  let position = 2
  while (position + 9 <= bytes.length && bytes[position] === 0xff) {
    const marker = bytes[position + 1] ?? 0
    // Fill bytes may stand before a marker.
    if (marker === 0xff) position += 1
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return {width: bytes.readUInt16BE(position + 7), height: bytes.readUInt16BE(position + 5)}
    } else position += 2 + bytes.readUInt16BE(position + 2)
  }
  return {width: undefined, height: undefined}
}

function startsWith(bytes: Buffer, offset: number, signature: string): boolean {
  return bytes.toString('latin1', offset, offset + signature.length) === signature
}

function at(bytes: Buffer, needed: number, read: () => number): number | undefined {
  return bytes.length >= needed ? read() : undefined
}

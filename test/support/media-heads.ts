/** The first bytes of a PNG image of that size. */
export function pngHead(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(36)
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1')
  bytes.writeUInt32BE(13, 8)
  bytes.write('IHDR', 12, 'latin1')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

/** The first bytes of a JPEG image of that size, with a long comment before its frame. */
export function jpegHead(width: number, height: number, comment = 300): Buffer {
  const frame = Buffer.from([0xff, 0xc2, 0, 17, 8, 0, 0, 0, 0, 3])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(comment + 2)
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe]), length, Buffer.alloc(comment, 0xff), frame])
}

/** A box of an MP4 file. */
export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const inside = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(inside.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, inside])
}

/** An MP4 file of so many seconds, its movie header behind the media. */
export function mp4(seconds: number, version: 0 | 1 = 0): Buffer {
  const header = Buffer.alloc(100)
  header[0] = version
  header.writeUInt32BE(600, version === 1 ? 20 : 12)
  if (version === 1) header.writeBigUInt64BE(BigInt(seconds * 600), 24)
  else header.writeUInt32BE(seconds * 600, 16)
  return Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    box('mdat', Buffer.alloc(5000)),
    box('moov', box('mvhd', header)),
  ])
}

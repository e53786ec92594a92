/** Reads bytes of an object; fewer where it ends. */
export type ReadRange = (start: number, length: number) => Promise<Buffer>

/** Boxes of one level that are looked at: files have a handful. */
const MOST_BOXES = 64
const HEADER = 16
/** Of a movie header, up to its duration (ISO/IEC 14496-12, 8.2.2). */
const MOVIE_HEADER = 40

interface Box {
  readonly type: string
  /** Where what it holds begins. */
  readonly inside: number
  readonly end: number
}

/** How long an MP4 or QuickTime video is; undefined for what is neither, or does not say. Reads a few headers alone. */
export async function videoSeconds(bytes: number, read: ReadRange): Promise<number | undefined> {
  const movie = await findBox('moov', 0, bytes, read)
  const header = movie && (await findBox('mvhd', movie.inside, movie.end, read))
  if (header === undefined) return undefined
  const head = await read(header.inside, MOVIE_HEADER)
  if (head.length < MOVIE_HEADER) return undefined
  // Version 1 has times of 64 bits.
  const [scale, duration] =
    head[0] === 1
      ? [head.readUInt32BE(20), Number(head.readBigUInt64BE(24))]
      : [head.readUInt32BE(12), head.readUInt32BE(16)]
  return scale === 0 ? undefined : duration / scale
}

async function findBox(type: string, start: number, end: number, read: ReadRange): Promise<Box | undefined> {
  let position = start
  for (let count = 0; count < MOST_BOXES && position + 8 <= end; count += 1) {
    const box = boxAt(await read(position, HEADER), position, end)
    if (box === undefined) return undefined
    if (box.type === type) return box
    position = box.end
  }
  return undefined
}

/** Undefined for what is no box, such as one that ends before it begins. */
function boxAt(head: Buffer, position: number, end: number): Box | undefined {
  if (head.length < 8) return undefined
  const short = head.readUInt32BE(0)
  const isLong = short === 1
  if (isLong && head.length < HEADER) return undefined
  const header = isLong ? HEADER : 8
  const size = short === 0 ? end - position : isLong ? Number(head.readBigUInt64BE(8)) : short
  if (size < header) return undefined
  return {type: head.toString('latin1', 4, 8), inside: position + header, end: Math.min(end, position + size)}
}

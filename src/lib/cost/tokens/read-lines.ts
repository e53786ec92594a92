/** A line of a file, or why it cannot be read; numbers begin at 1. */
export type ReadLine =
  | {readonly number: number; readonly bytes: Uint8Array}
  | {readonly number: number; readonly tooLong: true}

const LINE_FEED = 0x0a

/** The lines of a stream; one over the limit is passed over without being held. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  longestBytes: number,
): AsyncGenerator<ReadLine, void, undefined> {
  let held: Uint8Array[] = []
  let size = 0
  let number = 1
  const add = (piece: Uint8Array): void => {
    size += piece.length
    if (size > longestBytes) held = []
    else if (piece.length > 0) held.push(piece)
  }
  const take = (): ReadLine => {
    const line: ReadLine = size > longestBytes ? {number, tooLong: true} : {number, bytes: Buffer.concat(held, size)}
    held = []
    size = 0
    number += 1
    return line
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end))
      yield take()
      start = end + 1
    }
    add(chunk.subarray(start))
  }
  if (size > 0) yield take()
}

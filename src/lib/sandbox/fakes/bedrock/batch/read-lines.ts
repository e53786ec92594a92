const NEWLINE = 0x0a
const RETURN = 0x0d

/** A line that is longer is no record. */
const MOST_BYTES = 64 * 1024 * 1024

export class LineTooLong extends Error {}

/**
 * The lines of a stream without their ends, as many at a time as a chunk completes. A line end at the very end makes no
 * line of its own. Holds a chunk and one line.
 */
export async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<readonly Buffer[]> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of source) {
    const lines: Buffer[] = []
    let start = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, at)
      lines.push(trimmed(rest.length === 0 ? piece : Buffer.concat([...rest, piece])))
      rest = []
      restBytes = 0
      start = at + 1
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start))
      restBytes += chunk.length - start
      if (restBytes > MOST_BYTES) throw new LineTooLong()
    }
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) yield [trimmed(Buffer.concat(rest))]
}

const trimmed = (line: Buffer): Buffer => (line.at(-1) === RETURN ? line.subarray(0, -1) : line)

const MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ['\u00FF\u00FE', 'utf-16le'],
  ['\u00FE\u00FF', 'utf-16be'],
]

/** A stream as UTF-8 where its byte order mark says UTF-16, as Windows PowerShell redirects text; else as it is. */
export async function* toUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = withMark(chunks)
  const first = await iterator.next()
  if (first.done === true) return
  const encoding = encodingOf(first.value)
  if (encoding === undefined) {
    yield first.value
    yield* iterator
    return
  }
  const decoder = new TextDecoder(encoding)
  yield Buffer.from(decoder.decode(first.value, {stream: true}))
  for await (const chunk of iterator) yield Buffer.from(decoder.decode(chunk, {stream: true}))
  yield Buffer.from(decoder.decode())
}

/** The same bytes, the first chunk long enough for a mark where there are so many. */
async function* withMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let begun: Uint8Array | undefined
  let marked = false
  for await (const chunk of chunks) {
    const bytes: Uint8Array = begun === undefined ? chunk : Buffer.concat([begun, chunk])
    marked ||= bytes.length > 1
    begun = marked ? undefined : bytes
    if (marked) yield bytes
  }
  if (begun !== undefined) yield begun
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('latin1')
  return MARKS.find(([known]) => known === mark)?.[1]
}

import fc from 'fast-check'
import {expect, test} from 'vitest'
import {BrokenFraming, readFrames} from '../../../../src/lib/sandbox/wire/aws-chunked-stream.js'

/** The text cut at these places, as a socket would deliver it. */
async function* pieces(text: string, cuts: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b)
  for (const [index, place] of places.entries())
    yield Buffer.from(text.slice(place, places[index + 1] ?? place), 'latin1')
}

async function readAll(source: AsyncIterable<Uint8Array>) {
  const chunks: Uint8Array[] = []
  const trailers: string[] = []
  for await (const frame of readFrames(source)) {
    if (frame.kind === 'bytes') chunks.push(frame.bytes)
    if (frame.kind === 'trailer') trailers.push(`${frame.name}=${frame.value}`)
  }
  return {text: Buffer.concat(chunks).toString('latin1'), trailers}
}

test('bytes and trailers are the same wherever the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({unit: 'binary-ascii', minLength: 1, maxLength: 30})),
      fc.array(fc.nat(), {maxLength: 8}),
      async (chunks, cuts) => {
        const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')

        const read = await readAll(pieces(`${framed}0\r\nX-Amz-Checksum-Crc32: AAAA\r\n\r\n`, cuts))

        expect(read).toEqual({text: chunks.join(''), trailers: ['x-amz-checksum-crc32=AAAA']})
      },
    ),
  )
})

test.each([
  [''],
  ['5'],
  ['zz\r\nhello'],
  ['-5\r\nhello\r\n'],
  ['5\r\nhel'],
  ['5\r\nhello!\r\n0\r\n\r\n'],
  ['5\r\nhello\r\n'],
  ['0\r\n'],
  ['0\r\nno name\r\n\r\n'],
  ['5;chunk-signature=short\r\nhello\r\n0\r\n\r\n'],
  ['x'.repeat(20_000)],
])('%j is broken', async (text) => {
  await expect(readAll(pieces(text))).rejects.toBeInstanceOf(BrokenFraming)
})

import fc from 'fast-check'
import {expect, test} from 'vitest'
import {readLines} from '../../../../../src/lib/sandbox/fakes/bedrock/batch/read-lines.js'

async function read(chunks: readonly Buffer[]): Promise<string[]> {
  const lines: string[] = []
  const source = (async function* () {
    yield* chunks
  })()
  for await (const some of readLines(source)) lines.push(...some.map(String))
  return lines
}

test('lines are the same however a text is cut', async () => {
  const text = fc
    .array(fc.constantFrom('a', 'ä', '\n', '\r\n', '{"x":1}', ''), {maxLength: 30})
    .map((all) => all.join(''))
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(40), {maxLength: 8}), async (whole, cuts) => {
      const bytes = Buffer.from(whole)
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
      const expected = whole.split(/\r?\n/)
      if (expected.at(-1) === '') expected.pop()

      expect(await read(chunks)).toEqual(expected)
    }),
  )
})

test('a text without end of line ends with its last line', async () => {
  expect(await read([Buffer.from('a\nb')])).toEqual(['a', 'b'])
  expect(await read([])).toEqual([])
})

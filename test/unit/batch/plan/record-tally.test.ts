import {createHash} from 'node:crypto'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {hashSegments} from '../../../../src/lib/batch/plan/hash-segments.js'
import {RecordTally} from '../../../../src/lib/batch/plan/record-tally.js'
import type {ByteSource} from '../../../../src/lib/jsonl/byte-source.js'
import {NO_TEXT} from '../../../../src/lib/jsonl/text-measure.js'

const {signal} = new AbortController()
const STATS = {...NO_TEXT, maxOutputTokens: 10, textCharacters: 5, images: 0, s3Media: 0}

/** The bytes in chunks of so many, in memory that is used again. */
function sourceOf(bytes: Buffer, chunk: number): ByteSource {
  return {
    name: 'pile.jsonl',
    bytes: bytes.length,
    revision: '1',
    async *read({end, start}) {
      const memory = Buffer.alloc(chunk)
      for (let at = start; at < end; at += chunk) {
        const copied = bytes.copy(memory, 0, at, Math.min(end, at + chunk))
        yield memory.subarray(0, copied)
      }
    },
  }
}

const piles = fc.record({
  lines: fc.array(fc.record({length: fc.integer({min: 1, max: 9}), kept: fc.boolean()}), {minLength: 1, maxLength: 60}),
  most: fc.integer({min: 1, max: 7}),
  chunk: fc.integer({min: 1, max: 20}),
})
type Pile = typeof piles extends fc.Arbitrary<infer Value> ? Value : never

/** The bytes of a pile, each line of one letter, and the tally and bytes of the lines that are kept. */
function tallied({lines}: Pile) {
  const tally = new RecordTally()
  const texts = lines.map(({length}, index) => String.fromCharCode(97 + (index % 26)).repeat(length))
  const kept = texts.filter((_, index) => lines[index]?.kept)
  let offset = 0
  for (const [index, text] of texts.entries()) {
    if (lines[index]?.kept) tally.add(offset, text.length, STATS)
    offset += text.length
  }
  return {tally, kept, bytes: Buffer.from(texts.join(''))}
}

test('segments of shards are the lines kept, and their hash is that of these bytes', async () => {
  await fc.assert(
    fc.asyncProperty(piles, async (pile) => {
      const {bytes, kept, tally} = tallied(pile)
      const ends = kept.map((_, index) => index + 1).filter((end) => end % pile.most === 0 || end === kept.length)

      const segments = tally.segments(ends)

      for (const [index, own] of segments.entries()) {
        const wanted = kept.slice(index === 0 ? 0 : ends[index - 1], ends[index]).join('')
        expect(own.map(([start, end]) => bytes.toString('latin1', start, end)).join('')).toBe(wanted)
        const hash = createHash('sha256').update(wanted).digest('hex')
        expect(await hashSegments(sourceOf(bytes, pile.chunk), own, signal)).toBe(hash)
      }
    }),
    {numRuns: 500},
  )
})

test('neighbours are merged, over the end of a shard too, and nothing else is', () => {
  const tally = new RecordTally()
  for (const offset of [0, 10, 30, 40, 50]) tally.add(offset, 10, STATS)

  expect(tally.segments([3, 5])).toEqual([
    [
      [0, 20],
      [30, 40],
    ],
    [[40, 60]],
  ])
})

test('totals add up, and one record without a limit leaves the output open', () => {
  const tally = new RecordTally()
  tally.add(0, 7, {
    ...NO_TEXT,
    maxOutputTokens: 100,
    textCharacters: 40,
    ideographs: 30,
    messages: 1,
    images: 2,
    s3Media: 0,
  })
  tally.add(7, 9, {...NO_TEXT, maxOutputTokens: 50, textCharacters: 2, messages: 2, images: 0, s3Media: 0})

  expect(tally.totals()).toEqual({
    records: 2,
    bytes: 16,
    text: {textCharacters: 42, alphabets: 0, ideographs: 30, others: 0, messages: 3},
    images: 2,
    withImages: 1,
    withS3Media: 0,
    maxOutputTokens: 150,
  })

  tally.add(16, 1, {...NO_TEXT, maxOutputTokens: undefined, images: 0, s3Media: 0})
  expect(tally.totals().maxOutputTokens).toBeUndefined()
})

test('a source that ends early is no shard', async () => {
  const cut = {...sourceOf(Buffer.from('abc'), 2), read: () => sourceOf(Buffer.from('abc'), 2).read({start: 0, end: 3})}

  await expect(hashSegments(cut, [[0, 5]], signal)).rejects.toThrow('pile.jsonl ended at byte 3 of 5')
})

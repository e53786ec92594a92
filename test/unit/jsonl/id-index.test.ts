import fc from 'fast-check'
import {expect, test} from 'vitest'
import {hashId, IdIndex} from '../../../src/lib/jsonl/id-index.js'

test('an id that came before is known by where it came first', () => {
  fc.assert(
    fc.property(fc.array(fc.string({maxLength: 4})), fc.nat(), (ids, seed) => {
      const index = new IdIndex(seed)
      const first = new Map<string, number>()
      for (const [ordinal, id] of ids.entries()) {
        const bytes = Buffer.from(`[${id}]`)
        expect(index.add(bytes, 1, bytes.length - 1, ordinal)).toBe(first.get(id) ?? -1)
        if (!first.has(id)) first.set(id, ordinal)
      }
      expect(index.size).toBe(first.size)
    }),
  )
})

test('an id is found by where it came first, and one that never came is not', () => {
  const index = new IdIndex(7)
  for (const [ordinal, id] of ['a', 'b', 'a', 'c'].entries()) index.add(Buffer.from(id), 0, 1, ordinal)

  const found = ['a', 'b', 'c', 'd'].map((id) => index.find(Buffer.from(`[${id}]`), 1, 2))

  expect(found).toEqual([0, 1, 3, -1])
  expect(index.size).toBe(3)
})

test('of a million ids that look alike none is taken for another', () => {
  const index = new IdIndex()
  let known = 0
  for (let ordinal = 0; ordinal < 1_000_000; ordinal += 1) {
    const bytes = Buffer.from(`record-${ordinal}`)
    if (index.add(bytes, 0, bytes.length, ordinal) >= 0) known += 1
  }

  expect(known).toBe(0)
  expect(index.size).toBe(1_000_000)
})

test('hashes depend on every bit of the id about evenly', () => {
  const flips = Array.from({length: 64}, () => 0)
  const rounds = 4000
  const one: [number, number] = [0, 0]
  const other: [number, number] = [0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const bytes = Buffer.from(`id-${round * 7919}-x`)
    hashId(bytes, 0, bytes.length, 0, one)
    const place = round % bytes.length
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (round % 8))
    hashId(bytes, 0, bytes.length, 0, other)
    for (const bit of flips.keys()) {
      const half = bit < 32 ? 0 : 1
      flips[bit] = (flips[bit] ?? 0) + (((one[half] ^ other[half]) >>> (bit % 32)) & 1)
    }
  }

  for (const count of flips) expect(Math.abs(count / rounds - 0.5)).toBeLessThan(0.06)
})

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

test('room made for ids, enough or not, changes nothing of what is found', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2000), {maxLength: 3000, size: 'max'}), fc.nat(20_000), (ids, expected) => {
      const index = new IdIndex(3)
      index.reserve(expected)
      const first = new Map<number, number>()
      for (const [ordinal, id] of ids.entries()) {
        const bytes = Buffer.from(`record ${id}`)
        expect(index.add(bytes, 0, bytes.length, ordinal)).toBe(first.get(id) ?? -1)
        if (!first.has(id)) first.set(id, ordinal)
      }
      expect(index.size).toBe(first.size)
    }),
    {numRuns: 30},
  )
})

test('room is not made twice, nor for any number of ids', () => {
  const index = new IdIndex()
  index.reserve(Number.POSITIVE_INFINITY)
  const bytes = Buffer.from('one')
  index.add(bytes, 0, 3, 0)
  index.reserve(100_000)

  expect(index.find(bytes, 0, 3)).toBe(0)
})

test('ordinals go up to 2^32 - 2', () => {
  const index = new IdIndex()
  const bytes = Buffer.from('one')
  index.add(bytes, 0, 3, 2 ** 32 - 2)

  expect([index.find(bytes, 0, 3), index.add(bytes, 0, 3, 7)]).toEqual([2 ** 32 - 2, 2 ** 32 - 2])
})

import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {cutShards} from '../../../../src/lib/batch/plan/cut-shards.js'
import {NumberList} from '../../../../src/lib/batch/plan/number-list.js'
import type {ShardLimits} from '../../../../src/lib/batch/plan/shard-limits.js'

function listOf(sizes: readonly number[]): NumberList {
  const list = new NumberList()
  for (const size of sizes) list.push(size)
  return list
}

function cut(sizes: readonly number[], limits: ShardLimits): readonly (readonly number[])[] | undefined {
  const ends = cutShards(listOf(sizes), limits)
  return ends?.map((end, index) => sizes.slice(index === 0 ? 0 : ends[index - 1], end))
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)

/** Every way to cut, tried out: the fewest shards, or undefined where there is none. */
function fewestByTrying(sizes: readonly number[], {maxBytes, maxRecords, minRecords}: ShardLimits): number | undefined {
  const best: (number | undefined)[] = [0]
  for (let end = 1; end <= sizes.length; end += 1) {
    const reached = Array.from({length: end}, (_, start) => start)
      .filter((start) => end - start >= Math.max(1, minRecords) && end - start <= maxRecords)
      .filter((start) => sum(sizes.slice(start, end)) <= maxBytes)
      .flatMap((start) => best[start] ?? [])
    best.push(reached.length === 0 ? undefined : Math.min(...reached) + 1)
  }
  return best[sizes.length]
}

const piles = fc.record({
  sizes: fc.array(fc.integer({min: 1, max: 50}), {minLength: 1, maxLength: 40}),
  limits: fc.record({
    minRecords: fc.integer({min: 0, max: 6}),
    maxRecords: fc.integer({min: 1, max: 15}),
    maxBytes: fc.integer({min: 10, max: 200}),
  }),
})

describe('invariants', () => {
  test('every record is in exactly one shard, in its order, and every limit holds', () => {
    fc.assert(
      fc.property(piles, ({limits, sizes}) => {
        const shards = cut(sizes, limits)
        if (shards === undefined) return
        expect(shards.flat()).toEqual(sizes)
        for (const shard of shards) {
          expect(shard.length).toBeGreaterThanOrEqual(Math.max(1, limits.minRecords))
          expect(shard.length).toBeLessThanOrEqual(limits.maxRecords)
          expect(sum(shard)).toBeLessThanOrEqual(limits.maxBytes)
        }
      }),
      {numRuns: 2000},
    )
  })

  test('a cut is found whenever there is one', () => {
    fc.assert(
      fc.property(piles, ({limits, sizes}) => {
        expect(cut(sizes, limits) !== undefined).toBe(fewestByTrying(sizes, limits) !== undefined)
      }),
      {numRuns: 2000},
    )
  })

  test('records of one size make the fewest shards, and those differ by one record at most', () => {
    const uniform = fc.record({count: fc.integer({min: 1, max: 5000}), most: fc.integer({min: 1, max: 700})})
    fc.assert(
      fc.property(uniform, ({count, most}) => {
        const sizes = Array.from({length: count}, () => 3)
        const lengths = (cut(sizes, {minRecords: 1, maxRecords: most, maxBytes: 1e9}) ?? []).map(({length}) => length)
        expect(lengths.length).toBe(Math.ceil(count / most))
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

const many = (count: number, size = 10) => Array.from({length: count}, () => size)

test('a remainder below the minimum is shared out, not padded', () => {
  const shards = cut(many(205), {minRecords: 100, maxRecords: 200, maxBytes: 1e9})

  expect(shards?.map(({length}) => length)).toEqual([102, 103])
})

test('bytes decide where they are scarcer than records', () => {
  const shards = cut([...many(50, 100), ...many(150, 10)], {minRecords: 10, maxRecords: 200, maxBytes: 3500})

  expect(shards?.map(sum)).toEqual([3200, 3300])
})

test('fewer than the minimum in all cannot be cut', () => {
  expect(cut(many(99), {minRecords: 100, maxRecords: 200, maxBytes: 1e9})).toBeUndefined()
  expect(cut([], {minRecords: 0, maxRecords: 200, maxBytes: 1e9})).toBeUndefined()
})

test('a record larger than a file cannot be cut', () => {
  expect(cut([1, 2, 30], {minRecords: 1, maxRecords: 200, maxBytes: 29})).toBeUndefined()
})

test('more records than one job takes, too few for two jobs, cannot be cut', () => {
  expect(cut(many(150), {minRecords: 100, maxRecords: 120, maxBytes: 1e9})).toBeUndefined()
})

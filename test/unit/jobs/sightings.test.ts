import {expect, test} from 'vitest'
import {observedRate, SightingMemory} from '../../../src/lib/jobs/sightings.js'

test.each([
  ['nothing was seen', [], undefined],
  ['one look is no evidence', [[0, 10]], undefined],
  [
    'nothing moved',
    [
      [0, 10],
      [60, 10],
    ],
    undefined,
  ],
  [
    'looks were too near to each other',
    [
      [0, 10],
      [4, 50],
    ],
    undefined,
  ],
  [
    'it moved between the first and the last look',
    [
      [0, 10],
      [10, 60],
      [20, 110],
    ],
    5,
  ],
  [
    'what was counted again from the start is not held against it',
    [
      [0, 100],
      [10, 20],
      [20, 70],
    ],
    5,
  ],
] as const)('the pace where %s', (_, looks, rate) => {
  expect(observedRate(looks.map(([seconds, processed]) => ({atMs: seconds * 1000, processed})))).toBe(rate)
})

test('ten minutes are remembered, however often it is looked', () => {
  const memory = new SightingMemory()
  let kept = memory.add({atMs: 0, processed: 0}, true)
  for (let second = 1; second <= 3600; second++) kept = memory.add({atMs: second * 1000, processed: second}, true)

  expect(kept.length).toBeLessThan(80)
  expect(kept[0]?.atMs).toBeGreaterThanOrEqual(3_000_000)
  expect(kept.at(-1)).toEqual({atMs: 3_600_000, processed: 3600})
  expect(observedRate(kept)).toBe(1)
})

test('a look at what does not move is where the pace counts from', () => {
  const memory = new SightingMemory()
  memory.add({atMs: 0, processed: 0}, false)
  const kept = memory.add({atMs: 100_000, processed: 0}, false)

  expect(kept).toEqual([{atMs: 100_000, processed: 0}])
})

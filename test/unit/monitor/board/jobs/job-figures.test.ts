import fc from 'fast-check'
import {expect, test} from 'vitest'
import {boundJobs} from '../../../../../src/lib/monitor/board/jobs/bound-jobs.js'
import {etaOf} from '../../../../../src/lib/monitor/board/jobs/job-eta.js'
import {thinPoints} from '../../../../../src/lib/monitor/board/jobs/thin-points.js'
import {trainingSteps} from '../../../../../src/lib/monitor/board/jobs/training-steps.js'
import {aJob, NOW} from '../../../../support/board-jobs.js'

const moved = [
  {atMs: NOW - 60_000, processed: 100},
  {atMs: NOW, processed: 160},
]

test.each([
  ['what moved between looks tells', {sightings: moved, sinceMs: NOW - 3_600_000}, 1, 840_000, 'about'],
  ['else all since it began, which is the least pace', {sightings: [], sinceMs: NOW - 160_000}, 1, 840_000, 'at-most'],
  ['nobody knows when it began', {sightings: [], sinceMs: null}, null, null, null],
  ['it began a moment ago', {sightings: [], sinceMs: NOW - 1000}, null, null, null],
  ['nobody knows how much is left', {sightings: moved, sinceMs: null, left: null}, 1, null, null],
  ['it would take years', {sightings: moved, sinceMs: null, left: 1e9}, 1, null, null],
] as const)('time left: %s', (_, given, perSecond, etaMs, etaIs) => {
  expect(etaOf({done: 160, left: 840, nowMs: NOW, ...given})).toEqual({perSecond, etaMs, etaIs})
})

const series = (of: 'training' | 'validation', points: readonly (readonly [step: number, epoch: number | null])[]) => ({
  name: `${of}_loss`,
  of,
  points: points.map(([step, epoch]) => ({step, epoch, value: 1})),
})

test.each([
  ['nothing is written', [], 3, undefined],
  [
    'the first epoch does not tell of the others',
    [
      series('training', [
        [0, 0],
        [9, 0],
      ]),
    ],
    3,
    {done: 10, total: null},
  ],
  [
    'the second does',
    [
      series('training', [
        [0, 0],
        [10, 1],
        [14, 1],
      ]),
    ],
    3,
    {done: 15, total: 30},
  ],
  [
    'steps may be counted from one',
    [
      series('training', [
        [1, 1],
        [11, 2],
        [14, 2],
      ]),
    ],
    3,
    {done: 14, total: 30},
  ],
  [
    'nobody said how many epochs',
    [
      series('training', [
        [0, 0],
        [10, 1],
      ]),
    ],
    null,
    {done: 11, total: null},
  ],
  [
    'a file may count no epochs',
    [
      series('training', [
        [0, null],
        [10, null],
      ]),
    ],
    3,
    {done: 11, total: null},
  ],
  [
    'more steps than were asked for are no total',
    [
      series('training', [
        [0, 0],
        [10, 1],
        [44, 1],
      ]),
    ],
    3,
    {done: 45, total: null},
  ],
  [
    'validation has steps of its own',
    [series('validation', [[99, 1]]), series('training', [[1, 0]])],
    2,
    {done: 1, total: null},
  ],
] as const)('how far a training is: %s', (_, written, epochs, steps) => {
  expect(trainingSteps(written, epochs)).toEqual(steps)
})

test('live jobs are kept however old, ended ones for a week, and at most 500 of all', () => {
  const day = 86_400_000
  const live = aJob({name: 'live', live: true, createdAtMs: NOW - 30 * day})
  const fresh = aJob({name: 'fresh', live: false, endedAtMs: NOW - 6 * day})
  const old = aJob({name: 'old', live: false, endedAtMs: NOW - 8 * day})
  const unread = aJob({name: 'unread', live: false, state: 'unread', createdAtMs: null, endedAtMs: null})
  const many = Array.from({length: 600}, (_, index) =>
    aJob({name: `job-${index}`, live: false, endedAtMs: NOW - index * 1000}),
  )

  expect(boundJobs([old, unread, fresh, live], NOW).map(({name}) => name)).toEqual(['live', 'fresh', 'unread'])
  expect(boundJobs([...many, live], NOW)).toHaveLength(500)
  expect(
    boundJobs([...many, live], NOW)
      .slice(0, 2)
      .map(({name}) => name),
  ).toEqual(['live', 'job-0'])
})

test('thinned points keep the first and the last, in order', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 2000}), fc.integer({min: 2, max: 200}), (count, most) => {
      const points = Array.from({length: count}, (_, index) => index)
      const thinned = thinPoints(points, most)
      expect(thinned.length).toBe(Math.min(count, most))
      expect([thinned[0], thinned.at(-1)]).toEqual([points[0], points.at(-1)])
      expect(thinned).toEqual(thinned.toSorted((a, b) => a - b))
    }),
    {numRuns: 50},
  )
})

import {expect, test} from 'vitest'
import {paceOf} from '../../../../src/lib/batch/progress/pace.js'
import {afterNoon, countsAt, jobOf, NOON} from '../../../support/batch-case.js'

const nowMs = Date.parse(afterNoon(10))
const running = [jobOf(1, {records: countsAt(1000, 600)})]
const once: Parameters<typeof paceOf>[0] = {jobs: running, sightings: [], pending: 400, nowMs}

test('two looks give the pace between them and the time that is left', () => {
  const sightings = [
    {atMs: nowMs - 60_000, processed: 300},
    {atMs: nowMs, processed: 600},
  ]

  expect(paceOf({jobs: running, sightings, pending: 400, nowMs})).toEqual({
    recordsPerSecond: 5,
    basis: 'observed',
    endsAt: new Date(nowMs + 80_000).toISOString(),
  })
})

test('one look gives the least it can be, waiting included', () => {
  expect(paceOf({jobs: running, sightings: [], pending: 400, nowMs})).toMatchObject({
    recordsPerSecond: 1,
    basis: 'since-submission',
  })
})

test.each([
  ['nothing runs', {jobs: [jobOf(1, {state: 'Scheduled', records: countsAt(1000, 600)})]}],
  ['nothing was processed', {jobs: [jobOf(1)]}],
  ['the service is ahead of this clock', {jobs: running, nowMs: Date.parse(NOON) - 1}],
])('there is no pace while %s', (_, changes) => {
  expect(paceOf({...once, ...changes})).toBeUndefined()
})

test('the end is not told where it is not known what is left, or is more than a year away', () => {
  expect(paceOf({jobs: running, sightings: [], pending: null, nowMs})?.endsAt).toBeNull()
  expect(paceOf({jobs: running, sightings: [], pending: 1e12, nowMs})?.endsAt).toBeNull()
})

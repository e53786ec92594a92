import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import type {JournalEvent} from '../../../../src/lib/batch/group/journal.schema.js'
import type {PlanFile} from '../../../../src/lib/batch/plan/plan.schema.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {groupRow} from '../../../../src/lib/batch/progress/group-row.js'
import {standingOfGroup} from '../../../../src/lib/batch/progress/group-standing.js'
import {afterNoon, arnOf, countsAt, createdEvents, jobOf, NOON, planOf} from '../../../support/batch-case.js'

const nowMs = Date.parse(afterNoon(60))

function rowOf(plans: readonly PlanFile[], events: readonly JournalEvent[], jobs: readonly BatchJob[]) {
  return groupRow(standingOfGroup(foldJournal(plans, events), jobs), {nowMs})
}

describe('state of a group', () => {
  test('is Planned while nothing was submitted, and nothing has cost anything', () => {
    const row = rowOf([planOf([200, 200])], [], [])

    expect(row).toMatchObject({state: 'Planned', jobs: 0, since: NOON, cost: {atLeast: 0, atMost: 0}})
    expect(row.records).toEqual({total: 400, processed: 0, succeeded: 0, failed: 0, pending: 400})
  })

  test('is that of the job that is farthest among the open ones', () => {
    const jobs = [jobOf(1, {state: 'Scheduled'}), jobOf(2, {records: countsAt(200, 50)})]

    expect(rowOf([planOf([200, 200, 100])], createdEvents([1, 2]), jobs)).toMatchObject({
      state: 'InProgress',
      states: {Scheduled: 1, InProgress: 1, Planned: 1},
      jobs: 2,
      records: {total: 500, succeeded: 50, failed: 0, pending: 450},
    })
  })

  test('is Submitting when nothing is open and shards still wait', () => {
    const jobs = [jobOf(1, {state: 'Completed', records: countsAt(200, 200)})]

    expect(rowOf([planOf([200, 200])], createdEvents([1]), jobs).state).toBe('Submitting')
  })

  test('is not known when a job of the journal cannot be read', () => {
    const row = rowOf([planOf([200])], createdEvents([1]), [])

    expect(row).toMatchObject({state: null, states: {}, cost: null, records: {succeeded: null, failed: null}})
  })

  test('is what the journal says of a job that the service does not list any more', () => {
    const ended: JournalEvent = {
      ...{kind: 'job-ended', at: NOON, round: 1, shard: 1, arn: arnOf(1), state: 'Completed', said: null},
      ...countsAt(200, 198, 2),
    }

    expect(rowOf([planOf([200])], [...createdEvents([1]), ended], [])).toMatchObject({
      state: 'Completed',
      records: {succeeded: 198, failed: 2, pending: 0},
    })
  })

  test('is Completed when all jobs are, though records failed', () => {
    const jobs = [jobOf(1, {state: 'Completed', endedAt: afterNoon(9), records: countsAt(200, 190, 10)})]

    expect(rowOf([planOf([200])], createdEvents([1]), jobs)).toMatchObject({
      state: 'Completed',
      endedAt: afterNoon(9),
      records: {succeeded: 190, failed: 10},
    })
  })

  test('is PartiallyCompleted where one job failed, and its records count as failed', () => {
    const jobs = [
      jobOf(1, {state: 'Completed', records: countsAt(200, 200)}),
      jobOf(2, {state: 'Failed', message: 'no', records: {total: 0, processed: 0, succeeded: 0, failed: 0}}),
    ]

    expect(rowOf([planOf([200, 300])], createdEvents([1, 2]), jobs)).toMatchObject({
      state: 'PartiallyCompleted',
      message: 'no',
      records: {total: 500, succeeded: 200, failed: 300, pending: 0},
    })
  })

  test('is Completed once a later round answered what a failed job left', () => {
    const plans = [planOf([200, 300]), planOf([300], {round: 2})]
    const jobs = [
      jobOf(1, {state: 'Completed', records: countsAt(200, 200)}),
      jobOf(2, {state: 'Failed'}),
      jobOf(1, {round: 2, state: 'Completed', records: countsAt(300, 300)}),
    ]

    expect(rowOf(plans, [...createdEvents([1, 2]), ...createdEvents([1], 2)], jobs)).toMatchObject({
      state: 'Completed',
      round: 2,
      records: {total: 500, succeeded: 500, failed: 0},
    })
  })

  test('stays PartiallyCompleted when a later round left out what a failed job had', () => {
    const plans = [planOf([200, 300]), planOf([150], {round: 2})]
    const jobs = [
      jobOf(1, {state: 'Completed', records: countsAt(200, 50, 150)}),
      jobOf(2, {state: 'Failed'}),
      jobOf(1, {round: 2, state: 'Completed', records: countsAt(150, 150)}),
    ]

    expect(rowOf(plans, [...createdEvents([1, 2]), ...createdEvents([1], 2)], jobs)).toMatchObject({
      state: 'PartiallyCompleted',
      records: {failed: 300},
    })
  })

  test('counts a shard that was stopped before it had a job as without answers', () => {
    const stop: JournalEvent = {kind: 'stop-asked', at: NOON, round: 1, shard: 2, arn: null}
    const jobs = [jobOf(1, {state: 'Completed', records: countsAt(200, 200)})]

    expect(rowOf([planOf([200, 100])], [...createdEvents([1]), stop], jobs)).toMatchObject({
      state: 'PartiallyCompleted',
      states: {Completed: 1, Withheld: 1},
      records: {failed: 100, pending: 0},
    })
  })
})

test('an age is never negative, whatever the clock of the service says', () => {
  const jobs = [jobOf(1, {submittedAt: afterNoon(600), records: countsAt(200, 100)})]

  expect(rowOf([planOf([200])], createdEvents([1]), jobs)).toMatchObject({ageSeconds: 0, pace: null})
})

test('the cost so far is the input of what was processed, and at most its longest answers', () => {
  const jobs = [jobOf(1, {records: countsAt(200, 40, 10)})]

  expect(rowOf([planOf([200])], createdEvents([1]), jobs).cost).toMatchObject({
    currency: 'USD',
    atLeast: 2.5,
    atMost: 12.5,
  })
})

test('what records of a group are succeeded, failed and pending is its total, in every state', () => {
  const states = ['Planned', 'Submitted', 'InProgress', 'Completed', 'PartiallyCompleted', 'Failed', 'Expired'] as const
  const shard = fc.record({
    state: fc.constantFrom(...states),
    records: fc.integer({min: 100, max: 500}),
    succeeded: fc.integer({min: 0, max: 50}),
    failed: fc.integer({min: 0, max: 50}),
  })
  fc.assert(
    fc.property(fc.array(shard, {minLength: 1, maxLength: 8}), (shards) => {
      const made = shards.flatMap(({state}, index) => (state === 'Planned' ? [] : [index + 1]))
      const jobs = shards.flatMap(({failed, records, state, succeeded}, index) =>
        state === 'Planned' ? [] : [jobOf(index + 1, {state, records: countsAt(records, succeeded, failed)})],
      )
      const {records} = rowOf([planOf(shards.map((one) => one.records))], createdEvents(made), jobs)

      expect((records.succeeded ?? -1) + (records.failed ?? -1) + (records.pending ?? -1)).toBe(records.total)
    }),
  )
})

import {describe, expect, test} from 'vitest'
import {foldJournal, type GroupState} from '../../../../src/lib/batch/group/group-state.js'
import type {JournalEvent} from '../../../../src/lib/batch/group/journal.schema.js'
import {standingOfGroup} from '../../../../src/lib/batch/progress/group-standing.js'
import {planStop, type StopTarget, stopQuestion} from '../../../../src/lib/batch/stop/plan-stop.js'
import {type StopPorts, stopBatch} from '../../../../src/lib/batch/stop/stop-batch.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import type {JobClock} from '../../../../src/lib/jobs/clock.js'
import {afterNoon, arnOf, countsAt, createdEvents, jobOf, NOON, planOf} from '../../../support/batch-case.js'
import {type FakeBatchJobs, fakeBatchJobs} from '../../../support/fake-batch-jobs.js'

const nowMs = Date.parse(afterNoon(10))
const jobs = [
  jobOf(1, {state: 'Completed', endedAt: NOON, records: countsAt(200, 200)}),
  jobOf(2, {records: countsAt(200, 60)}),
  jobOf(3, {state: 'Stopping'}),
]
const state = foldJournal([planOf([200, 200, 200, 100])], createdEvents([1, 2, 3]))
const pile: StopTarget = {
  text: 'pile',
  look: {kind: 'group', standing: standingOfGroup(state, jobs), state},
  local: true,
}

interface Stage {
  readonly failure?: BedrockctlError
  readonly source?: FakeBatchJobs
  /** The group that is held. */
  readonly held?: GroupState
  /** Called for each second that is waited. */
  readonly onPause?: (seconds: number) => void
}

async function stop(targets: readonly StopTarget[], {failure, held = state, onPause, ...stage}: Stage = {}) {
  const source = stage.source ?? fakeBatchJobs(jobs)
  if (failure) source.failures.push(failure)
  const events: JournalEvent[] = []
  let waited = 0
  const clock: JobClock = {
    now: () => new Date(Date.parse(NOON) + waited),
    pause: async (ms) => {
      waited += ms
      onPause?.(waited / 1000)
    },
    random: () => 0.5,
  }
  const ports: StopPorts = {
    source,
    store: {openUploads: async () => [], abortUpload: async () => undefined},
    clock,
    shardOf: ({round, shard: number}) => {
      const found = held.rounds[round - 1]
      const shard = found?.shards[number - 1]
      return found && shard && {plan: found.plan, shard}
    },
    note: async (_, event) => void events.push(event),
  }
  const done = stopBatch(planStop(targets, nowMs).items, ports, new AbortController().signal)
  return {...(await done), events, calls: source.calls, waited}
}

test('open jobs are stopped, shards without one get none, and what has ended is left', async () => {
  const {calls, events, items} = await stop([pile])

  expect(items.map(({name, outcome}) => [name, outcome])).toEqual([
    ['pile-r1-0001', 'already-ended'],
    ['pile-r1-0002', 'stopping'],
    ['pile-r1-0003', 'already-stopping'],
    ['pile-r1-0004', 'withheld'],
  ])
  expect(calls).toEqual([`stop ${arnOf(2)}`])
  expect(events).toMatchObject([
    {kind: 'stop-asked', shard: 4, arn: null},
    {kind: 'stop-asked', shard: 2, arn: arnOf(2)},
  ])
})

test('the question names what is stopped and what was spent', () => {
  expect(stopQuestion(planStop([pile], nowMs), ['pile $5.00'])).toBe(
    'Stop 1 job of pile, and leave the job that is still to be made unmade? So far: pile $5.00; processed records are paid.',
  )
})

test('there is no question where there is nothing to stop', () => {
  const job: StopTarget = {text: 'x', look: {kind: 'job', job: jobOf(1, {state: 'Stopped'})}, local: false}

  expect(stopQuestion(planStop([job], nowMs), [])).toBeUndefined()
})

test('a job that is named twice is stopped once', async () => {
  const job: StopTarget = {text: arnOf(2), look: {kind: 'job', job: jobOf(2)}, local: false}

  expect((await stop([pile, job])).calls).toHaveLength(1)
})

test('one failure is told and costs the others nothing; where all fail it is thrown', async () => {
  const denied = new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access'})
  const job: StopTarget = {text: arnOf(2), look: {kind: 'job', job: jobOf(2)}, local: false}

  expect((await stop([pile], {failure: denied})).unread).toMatchObject([{code: 'ACCESS_DENIED'}])
  await expect(stop([job], {failure: denied})).rejects.toBe(denied)
})

describe('a shard whose job was asked for, and nobody saw the answer', () => {
  const asked = foldJournal(
    [planOf([200])],
    [
      {kind: 'uploaded', at: NOON, round: 1, shard: 1, etag: 'e', bytes: 2000},
      {kind: 'job-asked', at: NOON, round: 1, shard: 1, name: 'pile-r1-0001', token: 't'},
    ],
  )
  const target: StopTarget = {
    text: 'pile',
    look: {kind: 'group', standing: standingOfGroup(asked, []), state: asked},
    local: true,
  }

  test('is looked for as long as the list may lack it, and its job is stopped', async () => {
    const source = fakeBatchJobs([jobOf(1)])
    source.unlisted = [arnOf(1)]
    const onPause = (seconds: number) => {
      if (seconds === 3) source.unlisted = []
    }

    const {calls, events, items} = await stop([target], {source, held: asked, onPause})

    expect(items).toMatchObject([{name: 'pile-r1-0001', arn: arnOf(1), outcome: 'stopping'}])
    expect(calls.at(-1)).toBe(`stop ${arnOf(1)}`)
    expect(events.map(({kind}) => kind)).toEqual(['job-created', 'stop-asked'])
  })

  test('is withheld once the list would have it', async () => {
    const {events, items, waited} = await stop([target], {source: fakeBatchJobs([]), held: asked})

    expect(items).toMatchObject([{arn: null, outcome: 'withheld'}])
    expect(waited).toBe(6000)
    expect(events).toMatchObject([{kind: 'stop-asked', arn: null}])
  })
})

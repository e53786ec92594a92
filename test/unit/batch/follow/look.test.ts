import {expect, test} from 'vitest'
import {lookAt, processedIn, rowsOfLook} from '../../../../src/lib/batch/follow/look.js'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {afterNoon, arnOf, countsAt, createdEvents, jobOf, planOf} from '../../../support/batch-case.js'
import {fakeBatchJobs} from '../../../support/fake-batch-jobs.js'

const target = {kind: 'group', name: 'pile', region: 'us-east-1', local: true} as const
const state = foldJournal([planOf([200, 300])], createdEvents([1, 2]))
const now = () => new Date(afterNoon(10))
const nowMs = Date.parse(afterNoon(10))

test('a group costs one list, and a read for a job that the list lacks', async () => {
  const source = fakeBatchJobs([jobOf(1, {records: countsAt(200, 50)}), jobOf(2, {state: 'Submitted'})])
  source.unlisted = [arnOf(2)]

  const look = await lookAt(target, {source, readState: async () => state, now})

  expect(source.calls).toEqual(['list us-east-1 pile-r', `get ${arnOf(2)}`])
  expect(processedIn(look)).toBe(50)
  expect(rowsOfLook(look, nowMs).summary).toMatchObject({states: {InProgress: 1, Submitted: 1}})
})

test('a running job that the list does not count is read', async () => {
  const source = fakeBatchJobs([jobOf(1), jobOf(2, {state: 'Completed', records: countsAt(300, 300)})])

  await lookAt(target, {source, readState: async () => state, now})

  expect(source.calls).toEqual(['list us-east-1 pile-r', `get ${arnOf(1)}`])
})

test('a group that was never submitted costs nothing', async () => {
  const source = fakeBatchJobs([])

  const look = await lookAt(target, {source, readState: async () => foldJournal([planOf([200])], []), now})

  expect(source.calls).toEqual([])
  expect(rowsOfLook(look, nowMs).summary.state).toBe('Planned')
})

test('a job is one read; one that is gone is refused', async () => {
  const source = fakeBatchJobs([jobOf(1, {records: countsAt(200, 50)})])
  const job = {kind: 'job', arn: arnOf(1), region: 'us-east-1'} as const
  const ports = {source, readState: async () => undefined, now}

  expect(rowsOfLook(await lookAt(job, ports), nowMs)).toMatchObject({summary: {name: 'pile-r1-0001'}, members: []})
  await expect(lookAt({...job, arn: arnOf(9)}, ports)).rejects.toMatchObject({code: 'JOB_UNKNOWN'})
})

test('a job that the service knows no more is gone, unless it was made a moment ago or could not be read', async () => {
  const readState = async () => state
  const statesAt = async (minutes: number, failures: readonly BedrockctlError[] = []) => {
    const source = fakeBatchJobs([jobOf(1, {records: countsAt(200, 50)})])
    const ports = {source, readState, now: () => new Date(afterNoon(minutes))}
    source.get = async (_region, arn) => {
      if (failures.length > 0) throw failures[0]
      return source.jobs.find((job) => job.arn === arn)
    }
    return rowsOfLook(await lookAt(target, ports), nowMs).members.map((row) => row.state)
  }

  expect(await statesAt(4)).toEqual(['InProgress', null])
  expect(await statesAt(6)).toEqual(['InProgress', 'Gone'])
  expect(await statesAt(6, [new BedrockctlError('THROTTLED', 'Too fast.', {fault: 'service'})])).toEqual([
    'InProgress',
    null,
  ])
})

import {expect, test} from 'vitest'
import type {LookRows} from '../../../../src/lib/batch/follow/look.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {jobRow} from '../../../../src/lib/batch/progress/job-row.js'
import {batchWatchView, changeJson, changeLine} from '../../../../src/lib/batch/watch/render-watch.js'
import {watchChanges} from '../../../../src/lib/batch/watch/watch-changes.js'
import {watchResult} from '../../../../src/lib/batch/watch/watch-result.js'
import {renderAnswer} from '../../../../src/lib/output/render-answer.js'
import {afterNoon, countsAt, jobOf} from '../../../support/batch-case.js'
import {PIPE, terminalOf} from '../../../support/terminals.js'

const nowMs = Date.parse(afterNoon(10))
const AT = afterNoon(10)

function rows(job: BatchJob): LookRows {
  return {summary: jobRow(job, {nowMs}), members: []}
}

const scheduled = rows(jobOf(1, {state: 'Scheduled'}))
const running = rows(jobOf(1, {records: countsAt(1200, 590, 10)}))

test('a change of state and new counts are a line each', () => {
  const lines = watchChanges(scheduled, running).map((change) => changeLine(change, AT, PIPE))

  expect(lines).toEqual([
    '2026-11-21T12:10:00.000Z  pile-r1-0001  Scheduled → InProgress',
    '2026-11-21T12:10:00.000Z  pile-r1-0001  590 of 1,200 answered, 10 failed, 1 records/s, ~10m 00s left',
  ])
})

test('what is as it was is no line', () => {
  expect(watchChanges(running, running)).toEqual([])
})

test('a machine gets each change as an object that says when', () => {
  const [change] = watchChanges(scheduled, running)

  expect(change && JSON.parse(changeJson(change, AT, true))).toMatchObject({
    at: AT,
    kind: 'state',
    from: 'Scheduled',
    to: 'InProgress',
    simulated: true,
  })
})

test('the message of a failed job is told without what would move the cursor', () => {
  const failed = rows(jobOf(1, {state: 'Failed', message: 'no\u001B[2J way'}))
  const [change] = watchChanges(running, failed)

  expect(change && changeLine(change, AT, terminalOf(80))).toBe('12:10:00  pile-r1-0001  InProgress → Failed: no way')
})

const facts = {local: true, nowMs, simulated: false}

function resultOf(job: BatchJob, end: 'ended' | 'timed-out') {
  const look = {kind: 'job', job} as const
  return watchResult({end, last: {...rows(job), look, atMs: nowMs, nextAtMs: undefined}, looks: 1}, facts)
}

test('the gate passes for jobs that have completed alone', () => {
  const stateOf = (state: string) => resultOf(jobOf(1, {state, records: countsAt(200, 200)}), 'ended').gate.passed

  expect(stateOf('Completed')).toBe(true)
  expect(['PartiallyCompleted', 'Failed', 'Expired', 'Stopped', 'InProgress'].map(stateOf)).toEqual(
    Array(5).fill(false),
  )
})

test('a wait that is over says that the jobs go on', async () => {
  const result = resultOf(jobOf(1, {records: countsAt(200, 100)}), 'timed-out')
  const asked = {query: undefined, terminal: terminalOf(80)}

  expect(await renderAnswer(result, batchWatchView, {format: 'table', ...asked})).toContain('the jobs go on')
  expect(JSON.parse(await renderAnswer(result, batchWatchView, {format: 'ndjson', ...asked}))).toMatchObject({
    kind: 'end',
    end: 'timed-out',
    passed: false,
  })
})

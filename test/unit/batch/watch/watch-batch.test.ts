import {describe, expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {type AtWork, type Watched, type WatchInput, watchBatch} from '../../../../src/lib/batch/watch/watch-batch.js'
import {watchResult} from '../../../../src/lib/batch/watch/watch-result.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {afterNoon, countsAt, createdEvents, jobOf, NOON, planOf} from '../../../support/batch-case.js'
import {fakeBatchJobs} from '../../../support/fake-batch-jobs.js'

const THROTTLED = new BedrockctlError('THROTTLED', 'Too fast.', {fault: 'service'})

interface Play {
  /** Jobs at each look; the last stay. */
  readonly looks: readonly (readonly BatchJob[])[]
  readonly shards?: readonly number[]
  readonly created?: readonly number[]
  readonly failures?: readonly BedrockctlError[]
  readonly atWork?: AtWork
  readonly input?: Partial<WatchInput>
}

/** Watches with a clock that only waiting moves; returns what it told and when. */
async function play({atWork = 'nobody', created = [1], failures = [], input, looks, shards = [200]}: Play) {
  let now = Date.parse(NOON)
  let look = 0
  const source = fakeBatchJobs(looks[0] ?? [])
  source.failures.push(...failures)
  const seen: Watched[] = []
  const waits: number[] = []
  const troubles: string[] = []
  const outcome = await watchBatch(
    {
      target: {kind: 'group', name: 'pile', region: 'us-east-1', local: true},
      intervalMs: 30_000,
      timeoutMs: undefined,
      signal: new AbortController().signal,
      onLook: (watched) => seen.push(watched),
      onTrouble: ({code}) => troubles.push(code),
      ...input,
    },
    {
      source,
      readState: async () => foldJournal([planOf(shards)], createdEvents(created)),
      settle: async () => atWork,
      now: () => new Date(now),
      clock: {
        now: () => new Date(now),
        random: () => 1,
        pause: async (ms, signal) => {
          signal?.throwIfAborted()
          waits.push(ms)
          now += ms
          look += 1
          source.jobs = looks[Math.min(look, looks.length - 1)] ?? []
        },
      },
    },
  )
  return {outcome, seen, waits, troubles, source}
}

const running = (processed: number) => [jobOf(1, {records: countsAt(200, processed)})]
const done = [jobOf(1, {state: 'Completed', endedAt: afterNoon(9), records: countsAt(200, 200)})]

test('it looks until nothing is open, and tells the pace between looks', async () => {
  const {outcome, seen, source, waits} = await play({looks: [running(0), running(60), done]})

  expect(outcome).toMatchObject({end: 'ended', looks: 3})
  expect(waits).toEqual([30_000, 30_000])
  expect(seen[1]?.summary.pace).toMatchObject({basis: 'observed', recordsPerSecond: 2})
  expect(source.calls).toEqual(Array(3).fill('list us-east-1 pile-r'))
})

test('time in the queue is no part of the pace', async () => {
  const queued = [jobOf(1, {state: 'Scheduled'})]
  const {seen} = await play({looks: [queued, queued, queued, running(60), done]})

  expect(seen[3]?.summary.pace).toMatchObject({basis: 'observed', recordsPerSecond: 2})
})

test('throttling makes it wait longer each time, and it goes on', async () => {
  const {outcome, troubles, waits} = await play({looks: [done], failures: Array(7).fill(THROTTLED)})

  expect(outcome).toMatchObject({end: 'ended', looks: 1})
  expect(troubles).toEqual(Array(7).fill('THROTTLED'))
  expect(waits).toEqual([30_000, 30_000, 30_000, 30_000, 30_000, 32_000, 64_000])
})

test('a denied call ends it with the failure', async () => {
  const denied = new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access'})

  await expect(play({looks: [done], failures: [denied]})).rejects.toBe(denied)
})

test('time that is up ends it, and the last wait is no longer than what is left', async () => {
  const {outcome, waits} = await play({looks: [running(1)], input: {timeoutMs: 50_000}})

  expect(outcome).toMatchObject({end: 'timed-out', looks: 3})
  expect(waits).toEqual([30_000, 20_000])
})

test('Ctrl-C ends it with what was seen last', async () => {
  const stop = new AbortController()
  const {outcome} = await play({
    looks: [running(1)],
    input: {signal: stop.signal, onLook: () => stop.abort()},
  })

  expect(outcome).toMatchObject({end: 'interrupted', looks: 1, last: {summary: {name: 'pile'}}})
})

describe('shards without a job', () => {
  const waiting = {looks: [done], shards: [200, 100]} as const

  test('end it where nobody submits them', async () => {
    expect((await play({...waiting, atWork: 'nobody'})).outcome.end).toBe('no-jobs')
  })

  test('are waited for while somebody does', async () => {
    const {outcome} = await play({...waiting, atWork: 'somebody', input: {timeoutMs: 90_000}})

    expect(outcome).toMatchObject({end: 'timed-out', looks: 4})
  })
})

test('without an interval it looks soon at first, then less and less often', async () => {
  const {waits} = await play({looks: [...Array(9).fill(running(1)), done], input: {intervalMs: undefined}})

  expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([2, 3, 5, 7, 10, 15, 23, 30, 30])
})

test('a job that the service knows no more ends it, and is told as unread', async () => {
  const looks = [[], [], done]

  const {outcome} = await play({looks, input: {intervalMs: 150_000}, created: [1, 2], shards: [200, 300]})

  expect(outcome.looks).toBe(3)
  expect(watchResult(outcome, {local: true, nowMs: 0, simulated: true})).toMatchObject({
    end: 'ended',
    summary: {states: {Completed: 1, Gone: 1}},
    gate: {passed: true, requirement: 'all jobs that the service knows have completed'},
    unread: [{code: 'NOT_FOUND', reason: '1 job that the service knows no more: pile-r1-0002'}],
  })
})

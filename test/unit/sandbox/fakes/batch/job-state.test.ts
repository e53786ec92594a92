import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {jobAt, nextWork} from '../../../../../src/lib/sandbox/fakes/bedrock/batch/job-state.js'
import type {BatchJob} from '../../../../../src/lib/sandbox/world/batch-state.js'

const START = Date.parse('2026-11-21T12:00:00Z')
const DAY = 86_400_000

function aJob(over: Partial<BatchJob> = {}): BatchJob {
  return {
    arn: 'arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/abcdefghijkl',
    id: 'abcdefghijkl',
    name: 'job',
    request: {
      jobName: 'job',
      roleArn: '',
      modelId: 'amazon.nova-lite-v1:0',
      clientRequestToken: undefined,
      inputUri: 's3://in/a.jsonl',
      inputOwner: undefined,
      outputUri: 's3://out/',
      outputOwner: undefined,
      outputKey: undefined,
      vpc: undefined,
      timeoutHours: 24,
      type: 'InvokeModel',
    },
    baseModel: 'amazon.nova-lite-v1:0',
    createdAt: START,
    listedAt: START,
    pace: {submittedMs: 1000, validatingMs: 1000, scheduledMs: 1000, stoppingMs: 1000, recordsPerSecond: 100},
    end: undefined,
    intake: {failure: undefined, files: [], records: 500, failures: new Map()},
    stopAskedAt: undefined,
    delivered: false,
    working: Promise.resolve(),
    ...over,
  }
}

const at = (job: BatchJob, ms: number) => jobAt(job, START + ms)

describe('the state of a job', () => {
  test('is Expired once its time is over, however long its input takes to be checked', () => {
    const pace = {submittedMs: 1000, validatingMs: 2 * DAY, scheduledMs: 1000, stoppingMs: 1000, recordsPerSecond: 100}
    const slow = aJob({pace, intake: undefined})

    expect(at(slow, DAY - 1).status).toBe('Validating')
    expect(at(slow, DAY)).toMatchObject({status: 'Expired', ended: true, since: START + DAY, processed: 0})
    expect(nextWork(slow, START)).toBe(START + DAY)
  })

  test('follows from the clock', () => {
    const states = [0, 1000, 2000, 3000, 7999, 8000].map((ms) => [at(aJob(), ms).status, at(aJob(), ms).processed])

    expect(states).toEqual([
      ['Submitted', 0],
      ['Validating', 0],
      ['Scheduled', 0],
      ['InProgress', 0],
      ['InProgress', 499],
      ['Completed', 500],
    ])
  })

  test('stays Validating until its input has been checked', () => {
    expect(at(aJob({intake: undefined}), DAY).status).toBe('Validating')
  })

  const ends = fc.option(
    fc.record({
      status: fc.constantFrom('Failed' as const, 'Expired' as const, 'PartiallyCompleted' as const),
      message: fc.constant(undefined),
      afterShare: fc.double({min: 0, max: 1, noNaN: true}),
    }),
    {nil: undefined},
  )
  const jobs = fc
    .record({
      end: ends,
      records: fc.nat(2000),
      stop: fc.option(fc.nat(2 * DAY)),
      rate: fc.double({min: 1e-3, max: 1e4, noNaN: true}),
    })
    .map(({end, records, stop, rate}) => {
      const job = aJob({end, intake: {failure: undefined, files: [], records, failures: new Map()}})
      const paced = {...job, pace: {...job.pace, recordsPerSecond: rate}}
      const stopped = stop !== null && !at(paced, stop).ended
      return stopped ? {...paced, stopAskedAt: START + stop} : paced
    })

  test('never goes back, never undoes a record and ends for good', () => {
    const order = ['Submitted', 'Validating', 'Scheduled', 'InProgress', 'Stopping']
    const rank = (status: string) => (order.includes(status) ? order.indexOf(status) : order.length)
    fc.assert(
      fc.property(jobs, fc.array(fc.nat(3 * DAY), {minLength: 2, maxLength: 12}), (job, moments) => {
        const views = [...moments].sort((a, b) => a - b).map((ms) => at(job, ms))
        for (const [index, view] of views.entries()) {
          const before = views[index - 1] ?? view
          expect(rank(view.status)).toBeGreaterThanOrEqual(rank(before.status))
          expect(view.processed).toBeGreaterThanOrEqual(before.processed)
          expect(view.processed).toBeLessThanOrEqual(job.intake?.records ?? 0)
          if (before.ended) expect(view).toEqual(before)
        }
      }),
    )
  })

  test('is ended once there is no more work than its delivery', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const last = nextWork(job, START)

        expect(last).toBeDefined()
        expect(jobAt(job, last ?? 0).ended).toBe(true)
      }),
    )
  })
})

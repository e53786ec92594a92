import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {jobAt, nextWork} from '../../../../../src/lib/sandbox/fakes/bedrock/customizations/job-state.js'
import type {TuningEnd, TuningJob} from '../../../../../src/lib/sandbox/world/tuning-state.js'
import {aTuningJob, START} from '../../../../support/tuning-job.js'

const ORDER = ['NotStarted', 'InProgress', 'Completed']

const ends = fc.option(
  fc.record<TuningEnd>({
    phase: fc.constantFrom('validation', 'dataProcessing', 'training'),
    message: fc.constant('as asked'),
    afterShare: fc.double({min: 0, max: 1, noNaN: true}),
  }),
  {nil: undefined},
)
const jobs: fc.Arbitrary<TuningJob> = fc
  .record({
    end: ends,
    trainingMs: fc.option(fc.nat(20_000), {nil: undefined}),
    queueMs: fc.nat(3000),
    stopAskedAt: fc.option(fc.nat(20_000), {nil: undefined}),
  })
  .map(({end, trainingMs, queueMs, stopAskedAt}) => {
    const job = aTuningJob({end, stopAskedAt: stopAskedAt === undefined ? undefined : START + stopAskedAt})
    return {...job, pace: {...job.pace, trainingMs, queueMs}}
  })

const phasesAt = (job: TuningJob, ms: number) => {
  const {validation, dataProcessing, training} = jobAt(job, START + ms).phases
  return [validation.status, dataProcessing.status, training.status]
}

test('a job that nobody stops goes through its phases one after another', () => {
  const job = aTuningJob()

  expect([0, 1000, 2000, 3000, 13_000].map((ms) => phasesAt(job, ms).join())).toEqual([
    'InProgress,NotStarted,NotStarted',
    'Completed,InProgress,NotStarted',
    'Completed,Completed,NotStarted',
    'Completed,Completed,InProgress',
    'Completed,Completed,Completed',
  ])
  expect(jobAt(job, START + 12_999).status).toBe('InProgress')
  expect(jobAt(job, START + 13_000)).toMatchObject({status: 'Completed', ended: true, since: START + 13_000})
})

test('a job whose data was not read yet is still in validation', () => {
  const job = aTuningJob({intake: undefined})

  expect(phasesAt(job, 60_000)).toEqual(['InProgress', 'NotStarted', 'NotStarted'])
  expect(nextWork(job, START)).toBe(START + 1000)
})

test('training lasts as long as tokens and epochs need, where the scenario says nothing', () => {
  const job = aTuningJob({intake: {failure: undefined, records: 80, tokens: 50_000, validation: []}})
  const own = {...job, pace: {...job.pace, trainingMs: undefined}}

  expect(jobAt(own, START + 3000 + 19_999).status).toBe('InProgress')
  expect(jobAt(own, START + 3000 + 20_000).status).toBe('Completed')
})

describe('whatever a job is like,', () => {
  test('time never brings it back, and an end stays', () => {
    fc.assert(
      fc.property(jobs, fc.nat(60_000), fc.nat(60_000), (job, one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)]
        const before = jobAt(job, START + early)
        const after = jobAt(job, START + late)
        expect(after.trained).toBeGreaterThanOrEqual(before.trained)
        expect(after.since).toBeGreaterThanOrEqual(before.since)
        if (before.ended) expect(after).toEqual(before)
      }),
    )
  })

  test('a phase begins only when the one before it is over', () => {
    fc.assert(
      fc.property(jobs, fc.nat(60_000), (job, ms) => {
        const [validation, processing, training] = phasesAt({...job, stopAskedAt: undefined, end: undefined}, ms)
        const ranks = [validation, processing, training].map((status) => ORDER.indexOf(status ?? ''))
        expect(ranks).toEqual(ranks.toSorted((a, b) => b - a))
        expect(ranks.filter((rank) => rank === 1).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('its work comes to an end', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        let now = START
        for (let turns = 0; turns < 60 && !jobAt(job, now).ended; turns += 1) {
          const next = nextWork(job, now) ?? Number.NaN
          expect(next).toBeGreaterThanOrEqual(now)
          now = Math.max(now + 1, next)
        }
        expect(jobAt(job, now).ended).toBe(true)
        expect(nextWork({...job, delivered: true}, now)).toBeUndefined()
      }),
    )
  })
})

import {describe, expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {standingOfGroup} from '../../../../src/lib/batch/progress/group-standing.js'
import {batchShowView} from '../../../../src/lib/batch/show/render-batch-show.js'
import {type ShowBatchFacts, showBatch} from '../../../../src/lib/batch/show/show-batch.js'
import {decimal} from '../../../../src/lib/core/decimal.js'
import {renderAnswer} from '../../../../src/lib/output/render-answer.js'
import type {PriceBook, Rate, RateQuery} from '../../../../src/lib/prices/price-book.js'
import {afterNoon, arnOf, countsAt, createdEvents, jobOf, planOf} from '../../../support/batch-case.js'
import {terminalOf} from '../../../support/terminals.js'

const MODEL = 'amazon.nova-lite-v1:0'
const plan = planOf([200, 300, 100])
const state = foldJournal([plan], createdEvents([1, 2]))

function factsOf(jobs: readonly BatchJob[], changes: Partial<ShowBatchFacts> = {}): ShowBatchFacts {
  return {
    look: {kind: 'group', standing: standingOfGroup(state, jobs), state},
    folder: '/state/batch/pile',
    tokens: [],
    billed: undefined,
    book: undefined,
    unread: [],
    simulated: false,
    nowMs: Date.parse(afterNoon(20)),
    ...changes,
  }
}

/** A dollar a thousand input tokens, two for output. */
const book = {
  rate: ({of, tier}: RateQuery): Rate | undefined =>
    tier === 'batch'
      ? {
          amount: decimal(of === 'input' ? 1 : 2),
          per: 1000,
          unit: '1K tokens',
          currency: 'USD',
          sku: null,
          asOf: '2026-11-20',
          sources: ['Price List'],
          confidence: 'high',
          note: null,
        }
      : undefined,
} as PriceBook
const billed = {modelId: MODEL, profileId: undefined, route: 'in-region', region: 'us-east-1'} as const

describe('cost', () => {
  const done = jobOf(1, {state: 'Completed', records: countsAt(200, 200)})
  const tokens = [{arn: arnOf(1), records: 200, inputTokens: 4000, outputTokens: 1000}]

  test('is what manifests count, and their average for what is beyond', () => {
    const jobs = [done, jobOf(2, {records: countsAt(300, 100)})]

    expect(showBatch(factsOf(jobs, {tokens, billed, book})).cost).toMatchObject({
      currency: 'USD',
      soFar: {atLeast: 9, atMost: 9},
      expected: {atLeast: 18, atMost: 18},
      tokens: {records: 200, input: 4000, output: 1000},
      source: 'Price List',
    })
  })

  test('has records on demand at their own price, as collect has', () => {
    const twice: PriceBook = {
      ...book,
      rate: (query) => {
        const rate = book.rate({...query, tier: 'batch'})
        return rate && query.tier === 'standard' ? {...rate, amount: rate.amount.times(2)} : rate
      },
    }
    const plans = [planOf([200]), {...planOf([100], {round: 2}), way: 'on-demand' as const}]
    const counts = {total: 100, succeeded: 100, failed: 0}
    const events = [...createdEvents([1]), {kind: 'answered' as const, at: afterNoon(1), round: 2, shard: 1, ...counts}]
    const both = foldJournal(plans, events)
    const look = {kind: 'group', standing: standingOfGroup(both, [done]), state: both} as const

    expect(showBatch(factsOf([done], {look, tokens, billed, book: twice})).cost).toMatchObject({
      soFar: {atLeast: 12, atMost: 12},
      how: expect.stringContaining('100 of them at the on-demand price'),
    })
    expect(showBatch(factsOf([done], {look, tokens, billed, book})).cost).toMatchObject({
      soFar: {atLeast: 6, atMost: null},
    })
  })

  test('is by the plan while no job has ended', () => {
    const {cost} = showBatch(factsOf([jobOf(1, {records: countsAt(200, 60)}), jobOf(2, {state: 'Scheduled'})]))

    expect(cost).toMatchObject({
      soFar: {atLeast: 1, atMost: 5},
      expected: {atLeast: 10, atMost: 50},
      source: 'the plan',
    })
  })

  test('is not known for a job made elsewhere without a manifest', () => {
    const look = {kind: 'job', job: jobOf(1, {name: 'nightly'})} as const

    expect(showBatch(factsOf([], {look, folder: null})).cost).toBeNull()
  })
})

test.each<readonly [string, readonly BatchJob[], readonly string[]]>([
  ['while jobs run and shards wait', [jobOf(1), jobOf(2)], ['submit pile', 'watch pile']],
])('what comes next %s', (_, jobs, next) => {
  expect(showBatch(factsOf(jobs)).next).toEqual(next.map((words) => `bedrockctl batch ${words}`))
})

test('what comes next after the end is collect, and before it retry where answers are missing', () => {
  const ended = foldJournal([planOf([200])], createdEvents([1]))
  const nextOf = (job: BatchJob) =>
    showBatch(factsOf([], {look: {kind: 'group', standing: standingOfGroup(ended, [job]), state: ended}})).next

  expect(nextOf(jobOf(1, {state: 'Completed', records: countsAt(200, 200)}))).toEqual(['bedrockctl batch collect pile'])
  expect(nextOf(jobOf(1, {state: 'Expired', records: countsAt(200, 20)}))).toEqual([
    'bedrockctl batch retry pile',
    'bedrockctl batch collect pile',
  ])
  expect(nextOf(jobOf(1, {state: 'Failed'}))).toEqual(['bedrockctl batch retry pile'])
})

test('failures with one message are told once, with what to do', () => {
  const failed = (shard: number) =>
    jobOf(shard, {
      state: 'Failed',
      message: `Batch job ${arnOf(shard)} contains less records (2) than the required minimum of: 100`,
    })

  expect(showBatch(factsOf([failed(1), failed(2)])).failures).toMatchObject([
    {jobs: ['pile-r1-0001', 'pile-r1-0002'], kind: 'input'},
  ])
})

test('a person reads it top down', async () => {
  const jobs = [
    jobOf(1, {state: 'Failed', message: "Customer doesn't have permissions to invokeModel\u001B[2J"}),
    jobOf(2, {records: countsAt(300, 100, 20)}),
  ]

  const text = await renderAnswer(showBatch(factsOf(jobs)), batchShowView, {
    format: 'table',
    query: undefined,
    terminal: terminalOf(80),
  })

  expect(text).toMatchInlineSnapshot(`
    "pile   InProgress   amazon.nova-lite-v1:0   us-east-1

    jobs       3: 1 Failed, 1 InProgress, 1 Planned
    records    100 of 600 answered, 220 without an answer, 280 to come
    pace       ≥ 6/min, ≤ 46m 40s left; counted from submission, waiting included
    cost       $2.00–10.00 so far: what was processed, at the average of the plan
    expected   $6.67–33.33 in all
    submitted  2026-11-21 12:00 UTC, 20m 00s ago
    expires    2026-11-24 12:00 UTC
    source     /data/prompts.jsonl
    input      s3://staging-bucket/in/pile/
    output     s3://results-bucket/out/pile/
    role       arn:aws:iam::111122223333:role/BedrockBatch
    kept in    /state/batch/pile

    JOB           STATE       DONE   OF  FAILED      AGE  ID
    pile-r1-0001  Failed         0  200       0  20m 00s  r1shard00001
    pile-r1-0002  InProgress   100  300      20  20m 00s  r1shard00002
    pile-r1-0003  Planned        0  100       0        -  -

    failed     pile-r1-0001: Customer doesn't have permissions to invokeModel
    to do      Let the role of the job call bedrock:InvokeModel on the profile and
               on the model in each Region of the profile, then batch retry.

    next       bedrockctl batch submit pile
               bedrockctl batch watch pile"
  `)
})

test('a command stays whole however long it is, to be copied', async () => {
  const result = showBatch(factsOf([]))
  const next = [`bedrockctl batch collect ${arnOf(1)}`]

  const text = await renderAnswer({...result, next}, batchShowView, {
    format: 'table',
    query: undefined,
    terminal: terminalOf(60),
  })

  expect(text.split('\n').at(-1)).toBe(`next       ${next[0]}`)
})

import {describe, expect, test} from 'vitest'
import {batchLimits} from '../../../../src/lib/batch/limits/batch-limits.js'
import {checkPile} from '../../../../src/lib/batch/plan/check-pile.js'
import {makePlan, type PlanFacts, type PlanQuestion} from '../../../../src/lib/batch/plan/make-plan.js'
import type {BatchLimits} from '../../../../src/lib/batch/plan/plan.schema.js'
import {readPlanText} from '../../../../src/lib/batch/plan/read-plan.js'
import {planText} from '../../../../src/lib/batch/plan/save-plan.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import type {ByteSource} from '../../../../src/lib/jsonl/byte-source.js'
import {createPriceBook} from '../../../../src/lib/prices/price-book.js'
import {novaLines} from '../../../support/batch-scenario.js'
import {flatRates} from '../../../support/token-rates.js'
import {buildPrice} from '../../catalog/build-catalog.js'

const {signal} = new AbortController()
const catalog = await openCatalog({now: new Date('2026-11-21')})
const MODEL = 'amazon.nova-lite-v1:0'
const LIMITS = batchLimits({modelId: MODEL, model: 'base'}, undefined, catalog, await catalog.batch())
const RATES = flatRates({low: 0.2, mean: 0.25, high: 0.4})

const QUESTION: PlanQuestion = {
  account: '111122223333',
  api: 'InvokeModel',
  baseModelId: MODEL,
  kmsKeyId: null,
  modelId: MODEL,
  region: 'us-east-1',
  results: 's3://batch-data/out',
  roleArn: 'arn:aws:iam::111122223333:role/BedrockBatch',
  staging: 's3://batch-data/in',
  tags: {},
  timeoutHours: null,
  vpc: null,
  group: undefined,
  maxJobs: undefined,
  skipRejected: false,
  profileId: undefined,
  route: 'in-region',
}

function sourceOf(text: string): ByteSource {
  const bytes = Buffer.from(text)
  return {
    name: '/data/my prompts (1).jsonl',
    bytes: bytes.length,
    revision: 'r1',
    async *read({end, start}) {
      yield bytes.subarray(start, end)
    },
  }
}

function limitsWith(values: Partial<Record<keyof BatchLimits, number>>): BatchLimits {
  const changed = Object.entries(values).map(([kind, value]) => [kind, {value, source: 'Service Quotas L-1', asOf: ''}])
  return {...LIMITS, ...Object.fromEntries(changed)}
}

const price = (tier: string, input: number, output: number | null) =>
  buildPrice({
    modelId: MODEL,
    region: 'us-east-1',
    tier,
    routing: 'in-region',
    amount: {input, output, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null},
  })
const BOOK = createPriceBook([price('standard', 2, 4), price('batch', 1, 2)])

async function made(text: string, facts: Partial<PlanFacts> = {}, question: Partial<PlanQuestion> = {}) {
  const source = sourceOf(text)
  const {check, tally} = await checkPile({source, modelId: MODEL, api: undefined, rates: RATES}, {catalog, signal})
  return makePlan(
    {...QUESTION, ...question},
    {
      source,
      check,
      tally,
      limits: LIMITS,
      openJobs: 0,
      earlierJobs: [],
      preflight: [],
      book: BOOK,
      rates: RATES,
      isEmbedding: false,
      now: new Date('2026-11-21T12:00:00Z'),
      ...facts,
    },
    signal,
  )
}

describe('plans', () => {
  test('a pile becomes one job whose object is the file', async () => {
    const text = novaLines(120)
    const {plan, rejected} = await made(text)

    expect(rejected).toBe(0)
    expect(plan?.shards).toMatchObject([{number: 1, records: 120, bytes: text.length, segments: [[0, text.length]]}])
    expect(plan?.group).toMatch(/^my-prompts-1-[0-9a-f]{6}$/)
    expect(plan?.input).toEqual({
      name: '/data/my prompts (1).jsonl',
      bytes: text.length,
      revision: 'r1',
      records: 120,
      rejected: 0,
    })
  })

  test('the same pile makes the same plan, and another model another group', async () => {
    const [first, again, other] = await Promise.all([
      made(novaLines(120)),
      made(novaLines(120)),
      made(novaLines(120), {}, {modelId: `us.${MODEL}`}),
    ])

    expect(again.plan).toEqual(first.plan)
    expect(other.plan?.group).not.toBe(first.plan?.group)
  })

  test('what is saved can be read again', async () => {
    const {plan} = await made(
      novaLines(450),
      {limits: limitsWith({recordsPerJob: 200})},
      {group: 'mine', tags: {team: 'a'}},
    )
    if (plan === undefined) throw new Error('there is no plan')

    expect(await readPlanText('plan.json', planText(plan))).toEqual(plan)
    expect(plan.shards.map(({records}) => records)).toEqual([150, 150, 150])
  })

  test.each([
    ['the quota', {openJobs: 0}, {}, 3],
    ['what is open already', {openJobs: 98}, {}, 2],
    ['--max-jobs', {openJobs: 0}, {maxJobs: 1}, 1],
    ['one at the least, that waits', {openJobs: 100}, {}, 1],
    ['the quota alone where nobody knows what is open', {openJobs: undefined}, {}, 3],
  ] as const)('jobs at once: %s', async (_, facts, question, expected) => {
    const {plan} = await made(novaLines(450), {limits: limitsWith({recordsPerJob: 150}), ...facts}, question)

    expect(plan?.maxOpenJobs).toBe(expected)
  })
})

describe('refusals', () => {
  test('fewer records than a job needs', async () => {
    const {plan, refusal} = await made(novaLines(99))

    expect(plan).toBeUndefined()
    expect(refusal).toMatchObject({
      code: 'TOO_FEW_RECORDS',
      said: expect.stringContaining('100 records or more; there are 99'),
    })
  })

  test('records that would be refused stop the plan, unless they are left out', async () => {
    const text = `${novaLines(60)}{"recordId": "x"}\n${novaLines(120).split('\n').slice(60).join('\n')}`
    const [stopped, skipped] = await Promise.all([made(text), made(text, {}, {skipRejected: true})])

    expect(stopped.refusal).toMatchObject({code: 'RECORDS_REJECTED', hint: expect.stringContaining('--skip-rejected')})
    expect(stopped.plan).toBeUndefined()
    expect(skipped.plan).toMatchObject({input: {records: 120, rejected: 1}, shards: [{records: 120}]})
    expect(skipped.plan?.shards[0]?.segments.length).toBe(2)
  })

  test('more than one job takes, but not enough for two', async () => {
    const {refusal} = await made(novaLines(150), {limits: limitsWith({recordsPerJob: 120})})

    expect(refusal?.code).toBe('NO_CUT')
  })
})

describe('prices', () => {
  test('are those of the batch rows, and output at its most', async () => {
    const {price: told} = await made(novaLines(120))
    const {inputTokens, outputTokensAtMost} = told.price

    expect(outputTokensAtMost).toBe(120 * 200)
    expect(told.price.input).toBe(String(inputTokens / 1e6))
    expect(told.price.outputAtMost).toBe('0.048')
    expect(told.unknown).toEqual([])
    expect(told.price.counted).toBe('by characters: 4 characters a token')
    expect(Number(told.inputBounds?.low)).toBeLessThan(inputTokens / 1e6)
    expect(Number(told.inputBounds?.high)).toBeGreaterThan(inputTokens / 1e6)
  })

  test('no batch row is no price: neither half of another one nor zero', async () => {
    const {price: told} = await made(novaLines(120), {book: createPriceBook([price('standard', 2, 4)])})

    expect([told.price.input, told.price.outputAtMost]).toEqual([null, null])
    expect(told.unknown).toHaveLength(2)
    expect(told.unknown[0]).toContain(`No batch price is known for input tokens of ${MODEL} in us-east-1`)
  })

  test('a price of another route is told as one', async () => {
    const {price: told} = await made(novaLines(120), {book: BOOK}, {route: 'global'})

    expect(told.price.input).toBeNull()
    expect(told.unknown[0]).toMatch(/in us-east-1 \(global\); there is one in us-east-1 \(in-region\)\.$/)
  })

  test('a batch row without an output price leaves the output unknown, but not of embeddings', async () => {
    const book = createPriceBook([price('batch', 1, null)])
    const [chat, embedding] = await Promise.all([
      made(novaLines(120), {book}),
      made(novaLines(120), {book, isEmbedding: true}),
    ])

    expect([chat.price.price.outputAtMost, chat.price.unknown.length]).toEqual([null, 1])
    expect([embedding.price.price.outputAtMost, embedding.price.unknown.length]).toEqual(['0', 0])
  })
})

describe('expected duration', () => {
  const job = (state: string, processed: number, hours: number) =>
    ({
      state,
      submittedAt: '2026-11-20T00:00:00Z',
      endedAt: new Date(Date.parse('2026-11-20T00:00:00Z') + hours * 3_600_000).toISOString(),
      records: {total: processed, processed, succeeded: processed, failed: 0},
    }) as BatchJob

  test('comes from finished jobs alone', async () => {
    const {duration} = await made(novaLines(120), {earlierJobs: [job('Stopped', 1000, 1), job('Completed', 0, 1)]})

    expect(duration).toBeUndefined()
  })

  test('is between their records a second and the whole time they took, wave after wave: the queue may be all of it', async () => {
    const {duration} = await made(
      novaLines(300),
      {limits: limitsWith({recordsPerJob: 100}), earlierJobs: [job('Completed', 3600, 1), job('Completed', 7200, 1)]},
      {maxJobs: 2},
    )

    expect(duration).toEqual({lowSeconds: 100, highSeconds: 7200, jobs: 2})
  })
})

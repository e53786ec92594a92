import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest'
import {costsReader} from '../../src/lib/cli/monitor/topics/costs.js'
import {pricesReader} from '../../src/lib/cli/monitor/topics/prices.js'
import {quotasReader} from '../../src/lib/cli/monitor/topics/quotas.js'
import {openTrafficReader} from '../../src/lib/cli/monitor/topics/traffic.js'
import type {TopicReader} from '../../src/lib/monitor/board/ports.js'
import {notingModels, seenModels} from '../../src/lib/monitor/board/prices/seen-models.js'
import {readingSchema} from '../../src/lib/monitor/board/reading.schema.js'
import type {Topic} from '../../src/lib/monitor/board/topics.js'
import {type JobsStage, openJobsStage} from '../support/jobs-stage.js'

// What quotas, prices and costs of the board ask of AWS and make of the answers, over the wire.

const EAST = 'us-east-1'
const WEST = 'us-west-2'

let stage: JobsStage

beforeAll(async () => {
  stage = await openJobsStage('demo')
  // What is read of the Price List is kept here.
  vi.stubEnv('BEDROCKCTL_CACHE_DIR', join(stage.folder, 'cache'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await stage[Symbol.asyncDispose]()
})

/** A look `laterMs` after the sandbox's moment, with what it asked; the reading must be as a recording keeps it. */
async function lookBy<T extends Topic>(reader: TopicReader<T>, place = EAST, laterMs = 0) {
  stage.asked()
  const nowMs = stage.sandbox.clock.now() + laterMs
  const looked = await reader.look({place, nowMs, signal: AbortSignal.timeout(20_000), intervalMs: 30_000})
  const {topic} = reader
  readingSchema.parse({topic, place, atMs: nowMs, tookMs: 1, calls: 0, ...looked})
  return {...looked, asked: stage.asked()}
}

const count = (asked: readonly string[], ...operations: readonly string[]) =>
  asked.filter((one) => operations.includes(one)).length

const OF_PRICES = ['DescribeServices', 'GetProducts'] as const

describe('quotas', () => {
  test('are those applied and, for the rest, the defaults, with what they are for', async () => {
    const {metrics, rows} = await lookBy(quotasReader(stage.door))

    expect(rows).toContainEqual({
      ...{code: 'L-DB99DCDB', name: 'Cross-region model inference tokens per minute for Anthropic Claude Opus 4.8'},
      ...{value: 30_000_000, adjustable: true, kind: 'tpm', route: 'geo', model: 'anthropic.claude-opus-4-8'},
      ...{named: 'Anthropic Claude Opus 4.8', outputBurndown: 15, latencyOptimized: false},
    })
    expect(new Set(rows.map(({code}) => code)).size).toBe(rows.length)
    expect(metrics).toBe(0)
  })

  test('without the defaults are those that are applied; without these, refused by name', async () => {
    const defaults = stage.sandbox.faults.add({
      operation: 'ListAWSDefaultServiceQuotas',
      effect: {kind: 'access-denied'},
    })
    const {rows} = await lookBy(quotasReader(stage.door))
    const applied = stage.sandbox.faults.add({operation: 'ListServiceQuotas', effect: {kind: 'access-denied'}})
    const refused = lookBy(quotasReader(stage.door))

    expect(rows.length).toBeGreaterThan(0)
    await expect(refused).rejects.toMatchObject({code: 'ACCESS_DENIED', action: 'servicequotas:ListServiceQuotas'})
    for (const id of [defaults, applied]) stage.sandbox.faults.remove(id)
  })
})

describe('prices', () => {
  test('are of what the traffic shows, at once from what this machine has, and later from the Price List', async () => {
    const seen = seenModels()
    const traffic = notingModels(await openTrafficReader(stage.door), seen)
    const reader = pricesReader(stage.door, seen)
    const waiting = lookBy(reader)
    const {rows: called} = await traffic.look({
      ...{place: EAST, nowMs: stage.sandbox.clock.now(), signal: AbortSignal.timeout(20_000), intervalMs: 30_000},
    })
    const first = await waiting
    const second = await lookBy(reader, EAST, 60_000)
    const third = await lookBy(reader, EAST, 120_000)

    expect(new Set(first.rows.map(({modelId}) => modelId))).toEqual(new Set(called.map(({modelId}) => modelId)))
    expect(count(first.asked, ...OF_PRICES)).toBe(0)
    expect(count(second.asked, ...OF_PRICES)).toBeGreaterThan(0)
    expect(count(third.asked, ...OF_PRICES)).toBe(0)
    // Found once in a book, not at every look.
    for (const [index, row] of third.rows.entries()) expect(row).toBe(second.rows[index])
    expect(second.rows.find(({modelId}) => modelId === 'us.anthropic.claude-sonnet-4-6')).toMatchObject({
      ...{tier: null, currency: 'USD', input: '3.3', output: '16.5', cacheRead: '0.33', cacheWrite: '4.125', why: null},
    })
    expect(second.rows.find(({modelId}) => modelId.includes(':provisioned-model/'))).toMatchObject({
      ...{input: null, output: null, why: 'provisioned throughput is billed by the hour, not by tokens'},
    })
  })

  test('of tiers are told apart', async () => {
    const seen = seenModels()
    await notingModels(await openTrafficReader(stage.door), seen).look({
      ...{place: WEST, nowMs: stage.sandbox.clock.now(), signal: AbortSignal.timeout(20_000), intervalMs: 30_000},
    })
    const {rows} = await lookBy(pricesReader(stage.door, seen), WEST)
    const tiers = rows.filter(({modelId}) => modelId === 'openai.gpt-oss-120b-1:0')

    expect(tiers.map(({tier}) => tier).toSorted()).toEqual(['flex', 'priority', null].toSorted())
    expect(new Set(tiers.map(({input}) => input)).size).toBe(3)
  })
})

describe('costs', () => {
  test('are those of the Region, and with one Region what belongs to the account', async () => {
    const reader = costsReader(stage.door)
    const east = await lookBy(reader, EAST)
    const west = await lookBy(reader, WEST)
    const sonnet = east.rows.find(({name}) => name === 'us.anthropic.claude-sonnet-4-6')

    expect(sonnet).toMatchObject({source: 'metrics', region: EAST, route: 'geo', tier: 'standard', currency: 'USD'})
    expect(Number(sonnet?.monthToDate)).toBeGreaterThanOrEqual(Number(sonnet?.today))
    expect(Number(sonnet?.forecast)).toBeGreaterThan(Number(sonnet?.monthToDate))
    expect(east.rows.filter(({source}) => source === 'budget')).toMatchObject([
      {name: 'bedrock-monthly', monthToDate: '6200.00', limit: '12000.00', forecast: '9100.00', currency: 'USD'},
    ])
    expect(west.rows.every(({source}) => source === 'metrics')).toBe(true)
    expect(east.metrics).toBeGreaterThan(0)
    expect(count(east.asked, 'GetCostAndUsage', 'GetDimensionValues', 'GetCostForecast')).toBe(0)
  })

  test('of the bill are asked only where wanted, and once an hour', async () => {
    const reader = costsReader({...stage.door, bill: true})
    const first = await lookBy(reader)
    const again = await lookBy(reader, EAST, 900_000)
    const asks = (asked: readonly string[]) => count(asked, 'GetCostAndUsage', 'GetDimensionValues', 'GetCostForecast')
    const billed = first.rows.filter(({source}) => source === 'bill')

    expect([asks(first.asked), asks(again.asked)]).toEqual([3, 0])
    expect(billed.length).toBeGreaterThan(0)
    expect(billed.every(({requests}) => requests === 3)).toBe(true)
    expect(again.rows.filter(({source}) => source === 'bill')).toEqual(billed)
  })

  test('go on where budgets may not be seen, and say what is missing', async () => {
    const id = stage.sandbox.faults.add({service: 'budgets', effect: {kind: 'access-denied'}})
    const {rows} = await lookBy(costsReader(stage.door))
    stage.sandbox.faults.remove(id)

    expect(rows.find(({source}) => source === 'budget')?.note).toMatch(/could not be read: .*budgets:ViewBudget/)
    expect(rows.some(({source}) => source === 'metrics')).toBe(true)
  })
})

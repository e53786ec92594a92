import {describe, expect, test} from 'vitest'
import {listCapacity} from '../../../src/lib/capacity/list/list-capacity.js'
import {type CapacityPorts, type RegionCapacity, readCapacity} from '../../../src/lib/capacity/list/read-capacity.js'
import type {CallMetric, CallSeries} from '../../../src/lib/capacity/traffic/ports.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {decimal} from '../../../src/lib/core/decimal.js'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import type {ImportedModel} from '../../../src/lib/imports/ports.js'
import {deployed, provisioned} from '../../support/capacity-case.js'
import {bookOf} from '../../support/cost-case.js'

const catalog = await openCatalog()
const NOW = Date.parse('2026-11-21T12:00:00Z')
const HOUR = 3600
const DAY_MS = 86_400_000

const book = bookOf([
  {
    ...{modelId: 'meta.llama3-1-8b-instruct-v1:0', tier: 'provisioned', meter: 'model-unit-hour'},
    ...{variant: 'no-commitment', amount: {unit: 24}},
  },
])

const imported: ImportedModel = {
  ...{arn: 'arn:aws:bedrock:us-west-2:111122223333:imported-model/1mp0rt123456', id: '1mp0rt123456'},
  ...{region: 'us-west-2', name: 'house', createdAt: '2026-01-01T00:00:00Z', architecture: null},
  ...{instructSupported: null, jobArn: null, jobName: null, s3Uri: null, kmsKeyArn: null},
  ...{unitsPerCopy: 2, unitsVersion: 'v1.0'},
}

const series = (modelId: string, metric: CallMetric, points: readonly (readonly [number, number])[]): CallSeries => ({
  modelId,
  metric,
  points: new Map(points.map(([secondsAgo, value]) => [NOW / 1000 - secondsAgo, value])),
})

function rowsOf(change: Partial<RegionCapacity>, facts: Partial<Parameters<typeof listCapacity>[1]> = {}) {
  const region: RegionCapacity = {
    ...{region: 'us-west-2', provisioned: [], deployments: [], imported: [], hours: [], minutes: []},
    ...change,
  }
  return listCapacity([region], {
    ...{catalog, book, unitTokens: undefined, idleAfterMs: 7 * DAY_MS, nowMs: NOW},
    copyHourly: () => ({hourly: decimal('6.8616'), currency: 'USD'}),
    ...facts,
  })
}

const {arn} = provisioned()

describe('provisioned throughput', () => {
  test('costs its units by the hour, whatever it serves', () => {
    expect(rowsOf({provisioned: [provisioned({modelUnits: 2})]})).toMatchObject([
      {
        hourly: {amount: 48, currency: 'USD'},
        units: 2,
        commitment: 'none',
        baseModelId: 'meta.llama3-1-8b-instruct-v1:0',
      },
    ])
  })

  test('without a price says so', () => {
    const [row] = rowsOf({provisioned: [provisioned({commitment: 'OneMonth'})]})

    expect(row).toMatchObject({hourly: null, billing: expect.stringContaining('no price is known')})
  })

  test('beyond its term says that sources differ', () => {
    const over = provisioned({commitmentEndsAt: '2026-11-20T00:00:00Z'})

    expect(rowsOf({provisioned: [over]})[0]?.billing).toContain('the term is over')
  })

  test('is used to a share where a unit’s tokens are known: the mean and the busiest minutes', () => {
    const busy = Array.from({length: 144}, (_, index) => [60 * (index + 1), 30_000] as const)
    const minutes = [series(arn, 'input', busy), series(arn, 'output', busy)]
    const hours = [series(arn, 'invocations', [[HOUR, 100]])]

    expect(rowsOf({provisioned: [provisioned()], hours, minutes}, {unitTokens: 60_000})).toMatchObject([
      {load: {mean: 6000, busiest: 60_000}, utilisation: {mean: 0.1, busiest: 1}},
    ])
    expect(rowsOf({provisioned: [provisioned()], hours, minutes})[0]?.utilisation).toBeNull()
  })

  test('that is called and has no metric of tokens has a load that is not known, never none', () => {
    const hours = [series(arn, 'invocations', [[HOUR, 100]])]

    expect(rowsOf({provisioned: [provisioned()], hours}, {unitTokens: 1})).toMatchObject([
      {calls: 100, load: null, utilisation: null},
    ])
  })

  test('is found in metrics by its ARN or by its id', () => {
    const hours = [series('aaaaaaaaaaa1', 'invocations', [[HOUR, 3]]), series('other', 'invocations', [[HOUR, 9]])]

    expect(rowsOf({provisioned: [provisioned()], hours})[0]?.calls).toBe(3)
  })

  test('on its way to another model says to which', () => {
    const [row] = rowsOf({provisioned: [provisioned({state: 'Updating', desiredModelArn: 'arn:new'})]})

    expect(row).toMatchObject({state: 'Updating', desiredModelArn: 'arn:new'})
  })
})

describe('idle', () => {
  test.each<[string, readonly (readonly [number, number])[], boolean, string | null]>([
    ['was called an hour ago', [[HOUR, 1]], false, null],
    ['was called eight days ago', [[8 * 24 * HOUR, 1]], true, 'nobody has called it for 7 days'],
    ['was never called', [], true, 'nobody has called it for 7 days'],
  ])('what %s', (_, points, idle, idleWhy) => {
    const hours = [series(arn, 'invocations', points)]

    expect(rowsOf({provisioned: [provisioned()], hours})).toMatchObject([{idle, idleWhy}])
  })

  test('is not what is new', () => {
    const fresh = provisioned({createdAt: '2026-11-20T00:00:00Z'})

    expect(rowsOf({provisioned: [fresh]})).toMatchObject([{idle: false, idleWhy: 'it is new'}])
  })

  test('is not known where metrics were not read', () => {
    expect(rowsOf({provisioned: [provisioned()], hours: undefined, minutes: undefined})).toMatchObject([
      {idle: null, calls: null, throttles: null, load: null},
    ])
  })

  test('are copies that are loaded though nobody calls them', () => {
    const minutes = [
      series(imported.arn, 'copies', [
        [120, 2],
        [60, 1],
      ]),
    ]

    expect(rowsOf({imported: [imported], minutes})).toMatchObject([
      {kind: 'imported', state: 'Loaded', copies: 1, hourly: {amount: 6.8616}, idle: true},
    ])
  })
})

test('an imported model without a copy costs nothing by the hour, and one not looked at an unknown sum', () => {
  expect(rowsOf({imported: [imported]})).toMatchObject([{state: 'Unloaded', copies: 0, hourly: {amount: 0}}])
  expect(rowsOf({imported: [imported], minutes: undefined})).toMatchObject([{copies: null, hourly: null}])
})

test('a deployment is billed by the token', () => {
  const update = {modelArn: 'arn:new', state: 'Updating'}

  expect(rowsOf({deployments: [deployed({update})]})).toMatchObject([
    {kind: 'deployment', hourly: null, billing: expect.stringContaining('by the token'), desiredModelArn: 'arn:new'},
  ])
})

describe('reading', () => {
  const denied = () => Promise.reject(new BedrockctlError('ACCESS_DENIED', 'denied', {fault: 'access'}))
  const ports = (
    change: Partial<CapacityPorts['capacity']> = {},
    metrics = () => Promise.resolve([]),
  ): CapacityPorts => ({
    capacity: {provisioned: async () => [provisioned()], deployments: async () => [], ...change},
    imports: {models: async () => [imported], model: async () => imported},
    metrics: {readCalls: metrics},
  })
  const frame = {
    importRegions: ['us-west-2'],
    deploymentRegions: ['us-west-2'],
    nowMs: NOW,
    lookBackMs: 30 * DAY_MS,
    signal: undefined,
  }

  test('asks for imported models only where models are imported', async () => {
    const {read} = await readCapacity(['us-west-2', 'eu-west-1'], ports(), frame)

    expect(read.map((region) => region.imported.length)).toEqual([1, 0])
  })

  test('names what it could not read, and tells the rest', async () => {
    const {read, unread} = await readCapacity(['us-west-2'], ports({deployments: denied}, denied), frame)

    expect(read).toMatchObject([{provisioned: [{name: 'night'}], hours: undefined, minutes: undefined}])
    expect(unread.map(({action}) => action)).toEqual([
      'bedrock:ListCustomModelDeployments',
      'cloudwatch:GetMetricData',
      'cloudwatch:GetMetricData',
    ])
  })

  test('fails where no list of any Region can be read', async () => {
    await expect(
      readCapacity(['us-west-2'], ports({deployments: denied, provisioned: denied}), frame),
    ).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
    })
  })
})

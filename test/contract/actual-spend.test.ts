import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import type {BillFilter} from '../../src/lib/cost/actual/ports.js'
import {addDays, isoDay, startOfMonth} from '../../src/lib/cost/actual/window.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

const ACCOUNT = '111122223333'
const SONNET = 'Claude Sonnet 4.6 (Amazon Bedrock Edition)'
const PROFILE = `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/a1b2c3d4e5f6`

let sandbox: Sandbox
let session: AwsSession

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: 'demo', checkOutput: true})
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
})
afterEach(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

const today = isoDay(Date.now())
/** Three days that are on the bill for good. */
const range = {from: addDays(today, -6), to: addDays(today, -3)}
const filter = (services: readonly string[], over: Partial<BillFilter> = {}): BillFilter => ({
  services,
  account: ACCOUNT,
  regions: [],
  usageOnly: true,
  ...over,
})

describe('the bill', () => {
  test('every service with Bedrock in its name is found, those of Marketplace too', async () => {
    const services = await (await session.bill('aws')).bedrockServices(range, ACCOUNT)

    expect(services).toEqual(['Amazon Bedrock', 'Amazon Bedrock AgentCore', SONNET])
  })

  test('groups come with their keys, a tag with its value alone', async () => {
    const bill = await session.bill('aws')
    const query = {range, granularity: 'DAILY', filter: filter([SONNET])} as const
    const rows = await bill.rows({
      ...query,
      groupBy: [
        {kind: 'dimension', key: 'SERVICE'},
        {kind: 'dimension', key: 'REGION'},
      ],
    })
    const tagged = await bill.rows({...query, granularity: 'MONTHLY', groupBy: [{kind: 'tag', key: 'team'}]})

    expect(rows.map(({from, keys}) => [from, keys])).toEqual(
      [6, 5, 4].map((back) => [addDays(today, -back), [SONNET, 'us-east-1']]),
    )
    expect([...new Set(tagged.map(({keys: [value]}) => value))].sort()).toEqual(['', 'checkout'])
    expect(Number(rows[0]?.amount)).toBeGreaterThan(0)
    expect(rows[0]?.currency).toBe('USD')
  })

  test('a filter by Region leaves out the others, and no groups give the total', async () => {
    const bill = await session.bill('aws')
    const query = {range, granularity: 'MONTHLY', groupBy: []} as const
    const all = await bill.rows({...query, filter: filter([SONNET])})
    const none = await bill.rows({...query, filter: filter([SONNET], {regions: ['eu-west-1']})})

    expect(all.every(({amount}) => Number(amount) > 0)).toBe(true)
    expect(none.every(({amount}) => Number(amount) === 0)).toBe(true)
  })

  test('the forecast has bounds, tags are told by key, and every request counts', async () => {
    const bill = await session.bill('aws')
    const rest = {from: today, to: startOfMonth(today, 1)}
    const forecast = await bill.forecast(rest, filter([SONNET], {usageOnly: false}), 80)

    expect(await bill.activeTags()).toEqual(['team', 'cost-center'])
    expect(Number(forecast?.low)).toBeLessThanOrEqual(Number(forecast?.amount))
    expect(Number(forecast?.high)).toBeGreaterThanOrEqual(Number(forecast?.amount))
    expect(bill.requests()).toBe(2)
  })
})

test('an account with too little history has no forecast, which is no failure', async () => {
  const young = await startSandbox({scenario: 'fresh-account'})
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = young.env()
  const other = openAwsSession({endpointUrl: young.url, credentials: {accessKeyId, secretAccessKey}})
  try {
    const rest = {from: today, to: startOfMonth(today, 1)}

    expect(await (await other.bill('aws')).forecast(rest, filter(['Amazon Bedrock']), 80)).toBeNull()
  } finally {
    other.close()
    await young.close()
  }
})

describe('the tokens that CloudWatch counted', () => {
  test('are told by what was called, day by day', async () => {
    const series = await (await session.tokenUsage()).readTokens('us-east-1', range)
    const ofProfile = series.filter(({modelId}) => modelId === PROFILE)

    expect(ofProfile.map(({kind}) => kind).sort()).toEqual(['cacheRead', 'cacheWrite', 'input', 'output'])
    expect(ofProfile.every(({tier, endpoint}) => tier === null && endpoint === 'runtime')).toBe(true)
    expect([...(ofProfile[0]?.days.keys() ?? [])].sort()).toEqual([6, 5, 4].map((back) => addDays(today, -back)))
  })

  test('are those that the bill has', async () => {
    const [series, rows] = await Promise.all([
      session.tokenUsage().then((source) => source.readTokens('us-east-1', range)),
      session.bill('aws').then((bill) =>
        bill.rows({
          range,
          granularity: 'MONTHLY',
          filter: filter([SONNET]),
          groupBy: [{kind: 'dimension', key: 'USAGE_TYPE'}],
        }),
      ),
    ])
    const counted = series
      .filter(({kind, modelId}) => kind === 'output' && (modelId === PROFILE || modelId.includes('sonnet')))
      .flatMap(({days}) => [...days.values()])
    const billed = rows.filter(({keys: [usageType = '']}) => /output/i.test(usageType))
    const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

    expect(sum(billed.map(({quantity}) => Number(quantity))) * 1e6).toBeCloseTo(sum(counted), 0)
  })
})

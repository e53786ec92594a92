import {PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {describe, expect, test} from 'vitest'
import {openAwsSession} from '../../../src/lib/aws/session.js'
import {capacityPlanSchema} from '../../../src/lib/capacity/plan/capacity-plan.schema.js'
import {startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {runCli} from '../../support/run-cli.js'
import {clientSettings} from '../../support/sandbox-clients.js'

const NOVA = 'amazon.nova-lite-v1:0'
const HERE = ['--region', 'us-east-1', '--json'] as const

test('metrics of an account are planned for with its quotas', async () => {
  const {exitCode, stdout} = await runCli([
    ...['capacity', 'plan', '--sandbox', '--model', NOVA, '--from-metrics', '--since', '1d'],
    ...['--tokens-per-minute-per-unit', '20k', '--unit-hourly', '5', ...HERE],
  ])
  const plan = capacityPlanSchema.parse(JSON.parse(stdout))

  expect(exitCode).toBe(0)
  expect(plan.traffic).toMatchObject({source: 'metrics', minutes: 1440, calledAs: {[NOVA]: plan.traffic.requests}})
  expect(plan.traffic.requests).toBeGreaterThan(0)
  expect(plan.traffic.perRequest.input).toBeGreaterThan(0)
  expect(plan.limits.tokensPerMinute).toMatchObject({source: expect.stringMatching(/^Service Quotas L-/)})
  expect(plan.sweep.length).toBeGreaterThan(1)
})

test('a quota that is given leaves the other to the account', async () => {
  const {stdout} = await runCli([
    ...['capacity', 'plan', '--sandbox', '--model', NOVA, '--from-metrics', '--since', '1d'],
    ...['--quota-tpm', '5k', ...HERE],
  ])
  const {limits} = capacityPlanSchema.parse(JSON.parse(stdout))

  expect(limits.tokensPerMinute).toMatchObject({value: 5000, source: '--quota-tpm'})
  expect(limits.requestsPerMinute).toMatchObject({source: expect.stringMatching(/^Service Quotas L-/)})
})

test.each([
  ['64d', 'METRICS_GONE', '64 days ago'],
  ['2099-01-01', 'SINCE_INVALID', 'not in the past'],
])('metrics of %s are refused: %s', async (since, code, said) => {
  const words = ['capacity', 'plan', '--sandbox', '--model', NOVA, '--from-metrics', '--since', since]
  const {exitCode, stdout} = await runCli([...words, ...HERE])

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, code])
  expect(JSON.parse(stdout).error.message).toContain(said)
})

test('logs under a prefix of S3 are planned for, bodies and what is no log left alone', async () => {
  const sandbox = await startSandbox({})
  try {
    const {accessKeyId, secretAccessKey} = sandbox.world.login
    const s3 = new S3Client({...clientSettings(sandbox, 'us-east-1'), forcePathStyle: true})
    const folder = 'logs/AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/20/10'
    const line = (id: number) =>
      JSON.stringify({
        ...{schemaType: 'ModelInvocationLog', timestamp: '2026-11-20T10:00:05Z', requestId: `r${id}`, modelId: NOVA},
        ...{region: 'us-east-1', input: {inputTokenCount: 100}, output: {outputTokenCount: 10}},
      })
    const put = (Key: string, Body: string) =>
      s3.send(new PutObjectCommand({Bucket: 'demo-batch-111122223333', Key, Body}))
    await put(`${folder}/one.json`, [line(1), line(2)].join('\n'))
    await put(`${folder}/two.json`, [line(2), line(3)].join('\n'))
    await put(`${folder}/data/r1_input.json`, 'a body')
    await put('logs/AWSLogs/amazon-bedrock-logs-permission-check', 'x')
    const env = {AWS_ENDPOINT_URL: sandbox.url, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey}
    const words = [
      'capacity',
      'plan',
      '--model',
      NOVA,
      '--from-logs',
      's3://demo-batch-111122223333/logs/',
      '--quota-tpm',
      '1m',
    ]
    const {exitCode, stdout} = await runCli([...words, ...HERE], {env})
    const {traffic} = capacityPlanSchema.parse(JSON.parse(stdout))

    expect(exitCode).toBe(0)
    expect(traffic).toMatchObject({source: 'logs', minutes: 1, requests: 3, perRequest: {input: 100, output: 10}})
  } finally {
    await sandbox.close()
  }
})

describe('the metrics of CloudWatch', () => {
  const session = async () => {
    const sandbox = await startSandbox({})
    const {accessKeyId, secretAccessKey} = sandbox.world.login
    const opened = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
    return {sandbox, source: await opened.callMetrics(), close: () => [opened.close(), sandbox.close()]}
  }

  test('are those of what is asked for, by the minute and by the hour alike', async () => {
    const {close, source} = await session()
    const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000
    const query = {metrics: ['invocations', 'input'] as const, isWanted: (id: string) => id === NOVA}
    const read = (periodSeconds: number) =>
      source.readCalls('us-east-1', {...query, from: hour - 7_200_000, to: hour, periodSeconds})
    const [minutes, hours] = [await read(60), await read(3600)]
    await Promise.all(close())
    const sum = (all: typeof minutes, metric: string) =>
      all
        .filter((one) => one.metric === metric)
        .flatMap(({points}) => [...points.values()])
        .reduce((a, b) => a + b, 0)

    expect(new Set(minutes.map(({modelId}) => modelId))).toEqual(new Set([NOVA]))
    expect(minutes.map(({metric}) => metric).toSorted()).toEqual(['input', 'invocations'])
    expect(sum(minutes, 'input')).toBeGreaterThan(0)
    expect(sum(minutes, 'input')).toBeCloseTo(sum(hours, 'input'), 3)
    expect(hours[0]?.points.size).toBeLessThanOrEqual(2)
  })

  test('of what nobody called are none', async () => {
    const {close, source} = await session()
    const query = {
      metrics: ['invocations'] as const,
      isWanted: () => false,
      from: 0,
      to: Date.now(),
      periodSeconds: 3600,
    }
    const none = await source.readCalls('us-east-1', query)
    await Promise.all(close())

    expect(none).toEqual([])
  })
})

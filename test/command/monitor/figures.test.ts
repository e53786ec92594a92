import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {type MonitorSample, monitorSampleSchema} from '../../../src/lib/monitor/board/plain/sample.schema.js'
import {type Sandbox, startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {runCli} from '../../support/run-cli.js'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({scenario: 'demo'})
})
afterEach(() => sandbox.faults.clear())
afterAll(() => sandbox.close())

async function once(...words: readonly string[]): Promise<{readonly exitCode: number; readonly sample: MonitorSample}> {
  const flags = ['monitor', '--once', '--json', '--region', 'us-east-1', ...words]
  const {exitCode, stdout} = await runCli(flags, {env: {...sandbox.env(), AWS_MAX_ATTEMPTS: '1'}})
  return {exitCode, sample: monitorSampleSchema.parse(JSON.parse(stdout))}
}

test('every request that was made is told', async () => {
  const before = sandbox.journal.length

  const {sample} = await once('--view', 'overview')

  const made = sandbox.journal.slice(before)
  expect(sample.ownCalls.calls).toBe(made.length)
  expect(sample.ownCalls.metrics).toBeGreaterThan(0)
})

test('where every call is denied the board exits 4, whatever this machine knows by itself', async () => {
  sandbox.faults.add({effect: {kind: 'access-denied'}})
  const before = sandbox.journal.length

  const {exitCode, sample} = await once()

  expect(exitCode).toBe(4)
  expect(sample.feeds.find(({topic}) => topic === 'prices')?.status).toBe('live')
  // What failed counts too. A look ends with its first refusal: others of it may be answered after the sample.
  expect(sample.ownCalls.calls).toBeGreaterThan(8)
  expect(sample.ownCalls.calls).toBeLessThanOrEqual(sandbox.journal.length - before)
})

test.each([
  ['may be read', {kind: 'access-denied'}, 4, 'not allowed: cloudwatch:ListMetrics'],
  ['answers', {kind: 'drop'}, 5, 'cloudwatch:ListMetrics in us-east-1'],
] as const)('where nothing %s the pulse tells no figure, but why', async (_, effect, status, why) => {
  sandbox.faults.add({effect})
  const env = {...sandbox.env(), AWS_MAX_ATTEMPTS: '1'}

  const {exitCode, stdout} = await runCli(['monitor', '--once', '--region', 'us-east-1'], {env})

  expect(exitCode).toBe(status)
  for (const label of ['requests/s', 'cost now']) expect(stdout).toMatch(new RegExp(`${label} +${why}`))
  expect(stdout).not.toMatch(/\$0|none within|reading/)
})

import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const ask = async (...words: readonly string[]) => {
  const {stdout, ...rest} = await runCli(['cost', 'actual', ...words, '--json'])
  return {...rest, answer: JSON.parse(stdout)}
}
const row = (answer: {rows: {key: string}[]}, key: string) => answer.rows.find((one) => one.key === key)

describe('cost actual', () => {
  test('tokens and bill tell one story: what differs is the delay of the bill, and batch', async () => {
    const {answer, exitCode, stderr} = await ask('--sandbox')

    expect(exitCode).toBe(0)
    expect(stderr).toBe('')
    expect(compileSchema('cost-actual.json').validate(answer)).toEqual([])
    expect(answer).toMatchObject({simulated: true, regions: ['us-east-1'], requests: {count: 6, usd: 0.06}})
    expect(row(answer, SONNET)).toMatchObject({
      metrics: [{currency: 'USD', amount: expect.closeTo(5000, -3)}],
      billed: [{currency: 'USD', amount: expect.closeTo(5000, -3)}],
    })
    const told = new Map(answer.reconciliation.map((one: {modelId: string}) => [one.modelId, one]))
    expect(told.get('amazon.nova-lite-v1:0')).toMatchObject({reasons: [{kind: 'delay'}, {kind: 'batch'}]})
    expect(told.get(SONNET)).toMatchObject({reasons: [{kind: 'delay'}]})
    expect([...told.values()].every((one) => (one as {unexplained: number}).unexplained === 0)).toBe(true)
    expect(answer.undecoded).toEqual([])
  })

  test('what is not tokens is told by what it is', async () => {
    const {answer} = await ask('--sandbox', '--source', 'bill')

    expect(answer.rows.map(({key}: {key: string}) => key)).toEqual(
      expect.arrayContaining(['(Guardrails)', '(provisioned throughput)', '(Custom Model Import)', '(AgentCore)']),
    )
    expect(answer).toMatchObject({metrics: null, reconciliation: [], regions: []})
  })

  test('Regions are those of the bill, or those named', async () => {
    const found = await ask('--sandbox=misconfigured', '--since', '5d')
    const named = await ask('--sandbox=misconfigured', '--since', '5d', '--region', 'eu-west-1', '--by', 'region')

    expect(found.answer.regions.toSorted()).toEqual(['eu-central-1', 'eu-west-1', 'us-east-1'])
    expect(named.answer.rows.map(({key}: {key: string}) => key)).toEqual(['eu-west-1'])
  })

  test('without Cost Explorer no request is charged', async () => {
    const {answer, stderr} = await ask('--sandbox', '--source', 'metrics', '--by', 'profile')

    expect(stderr).not.toContain('Cost Explorer')
    expect(answer).toMatchObject({billed: null, requests: {count: 0, usd: 0}})
    expect(answer.rows[0]).toMatchObject({name: 'checkout-assistant', billed: null})
  })

  test('who lacks a tag, and what share that is', async () => {
    const {answer} = await ask('--sandbox', '--by', 'tag', '--tag', 'team')

    expect(answer.rows.map(({key}: {key: string}) => key)).toEqual(expect.arrayContaining(['checkout', '(without)']))
    expect(answer.untagged).toMatchObject({
      tag: 'team',
      active: true,
      share: expect.closeTo(0.06, 1),
      systemIds: expect.arrayContaining(['amazon.nova-lite-v1:0', 'us.anthropic.claude-sonnet-4-6']),
    })
  })

  test('a budget that is spent, or will be, closes the gate', async () => {
    const over = await ask('--sandbox', '--budget', '1/month')
    const under = await ask('--sandbox', '--budget', '1,000,000')

    expect([over.exitCode, under.exitCode]).toEqual([3, 0])
    expect(over.answer.gate).toMatchObject({
      passed: false,
      failures: [expect.stringContaining('billed'), expect.any(String)],
    })
  })

  test('principals are not made up', async () => {
    const {exitCode, answer} = await ask('--sandbox', '--by', 'principal')

    expect(exitCode).toBe(2)
    expect(answer.error).toMatchObject({code: 'PRINCIPAL_NOT_TOLD', fault: 'usage'})
  })

  test('offline there is nothing to tell', async () => {
    const {exitCode, answer} = await ask('--offline')

    expect(exitCode).toBe(2)
    expect(answer.error).toMatchObject({code: 'NEEDS_ACCOUNT'})
  })

  test('what could not be read is named, and the rest is told', async () => {
    const {answer, exitCode} = await ask('--sandbox=denied')

    expect(exitCode).toBe(6)
    expect(answer.unread).toMatchObject([{action: 'ce:GetCostForecast', code: 'ACCESS_DENIED'}])
    expect(answer.forecasts).toMatchObject([{source: 'cost-explorer', month: null}, {source: 'metrics'}])
  })

  test('tiers, mantle, Global routes and cache times are told apart as far as each side can', async () => {
    const scenario = JSON.parse(await readFile('data/sandbox/scenarios/demo.json', 'utf8'))
    const [account] = scenario.accounts
    delete scenario.traffic
    const gpt = {model: 'openai.gpt-oss-120b-1:0', perHour: 300, inputTokens: 2000, outputTokens: 300}
    const global = {...gpt, model: `global.${SONNET}`, cacheWriteTokens: 500, cacheWriteTtl: '1h'}
    const gone = {...gpt, model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0', until: '-20d'}
    account.regions['us-east-1'].usage = [gpt, {...gpt, tier: 'flex'}, {...gpt, mantle: true}, global, gone]
    account.cost.spend = [
      {service: 'Amazon Bedrock', usageType: 'USE1-Mystery-Meter', region: 'us-east-1', usdPerDay: 1},
      {service: 'Amazon Bedrock', usageType: 'USE1-x', region: 'us-east-1', usdPerDay: -1, recordType: 'Credit'},
    ]
    const folder = await mkdtemp(join(tmpdir(), 'bedrockctl-actual-'))
    const file = join(folder, 'rich.json')
    await writeFile(file, JSON.stringify(scenario))

    const {answer} = await ask(`--sandbox=${file}`, '--by', 'tier')
    await rm(folder, {recursive: true})

    expect(answer.rows.map(({key}: {key: string}) => key)).toEqual([
      'standard',
      '(Guardrails)',
      'flex',
      '(not decoded)',
    ])
    expect(answer.undecoded).toMatchObject([{usageType: 'USE1-Mystery-Meter'}])
    expect(answer.adjustments).toMatchObject([{recordType: 'Credit', currency: 'USD'}])
    expect(answer.reconciliation).toMatchObject([
      {modelId: gone.model.slice(3), reasons: [{kind: 'not-listed'}], unexplained: 0},
      {modelId: SONNET, reasons: [{kind: 'delay'}, {kind: 'meter'}], unexplained: 0},
      {modelId: gpt.model, reasons: [{kind: 'delay'}], unexplained: 0},
    ])
  })

  test('an account that never used Bedrock has no spend, and no zero for it', async () => {
    const {stdout, exitCode} = await runCli(['cost', 'actual', '--sandbox=fresh-account'])

    expect(exitCode).toBe(0)
    expect(stdout).toContain('Nothing in the bill and the metrics of these days.')
  })

  test.each([60, 80, 140])('fits a terminal of %i columns', async (columns) => {
    const {stdout} = await runCli(['cost', 'actual', '--sandbox', '--tag', 'team'], {
      tty: {columns},
      env: {NO_COLOR: '1'},
    })

    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([])
  })
})

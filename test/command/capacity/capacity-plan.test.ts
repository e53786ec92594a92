import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {gzipSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const LLAMA = 'meta.llama3-1-70b-instruct-v1:0'
const PLAN = ['capacity', 'plan', '--model', LLAMA, '--region', 'us-west-2', '--offline']
const HOUR = ['--rate', '10/min:30m,60/min:20m,150/min:10m', '--input-tokens', '1000', '--output-tokens', '200']
const UNIT = ['--tokens-per-minute-per-unit', '60k']
const QUOTA = ['--quota-tpm', '60k']

async function planOf(...words: readonly string[]) {
  const run = await runCli([...PLAN, ...words, '--json'])
  return {...run, plan: run.stdout === '' ? undefined : JSON.parse(run.stdout)}
}

describe('a rate', () => {
  test('is planned for with the prices of the book', async () => {
    const {exitCode, plan} = await planOf(...HOUR, ...UNIT, ...QUOTA)

    expect(exitCode).toBe(0)
    expect(plan).toMatchObject({
      model: {modelId: LLAMA, region: 'us-west-2', route: 'in-region'},
      traffic: {source: 'rate', requests: 3000, busiest: 150},
      limits: {tokensPerMinute: {value: 60_000, source: '--quota-tpm'}, outputFactor: {value: 1}},
      unit: {tokensPerMinute: 60_000, sweptAt: 'no-commitment'},
    })
    expect(plan.unit.offers.map(({id, hourly}: {id: string; hourly: {amount: number}}) => [id, hourly.amount])).toEqual(
      [
        ['no-commitment', 24],
        ['1-month', 21.18],
        ['6-month', 13.08],
      ],
    )
    // 1,200 tokens a request: 50 a minute on demand, and as many a unit.
    expect(plan.sweep.map(({throttled}: {throttled: number}) => throttled)).toEqual([1200, 500, 0, 0])
    expect(plan.best).toBe('on-demand-raised')
  })

  test('is told to people with the answer first, in the width of the terminal', async () => {
    const {exitCode, stdout} = await runCli([...PLAN, ...HOUR, ...UNIT, ...QUOTA], {tty: {columns: 80}})

    expect(exitCode).toBe(0)
    expect(stdout).toContain('Raise the quota to 180,000 tokens a minute')
    expect(stdout).toContain('Cost of Llama 3.1 70B')
    expect(stdout).toContain('Requests that are throttled')
    for (const term of ['Units alone ', 'Units alone, 1 month ', 'Units alone, 6 months ']) {
      expect(stripVTControlCharacters(stdout)).toContain(term)
    }
    expect(
      Math.max(
        ...stripVTControlCharacters(stdout)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80)
  })

  test('is a table of units as CSV, and a page as HTML', async () => {
    const csv = await runCli([...PLAN, ...HOUR, ...UNIT, ...QUOTA, '-o', 'csv'])
    const html = await runCli([...PLAN, ...HOUR, ...UNIT, ...QUOTA, '-o', 'html'])

    expect(csv.stdout.split('\n')).toHaveLength(6)
    expect(csv.stdout).toMatch(/^units,baseline,on-demand,throttled,/)
    expect(html.stdout).toContain('<svg')
    expect(html.stdout).toContain('Ways to serve the traffic')
  })

  test('takes a price of one’s own', async () => {
    const {plan} = await planOf(...HOUR, ...UNIT, ...QUOTA, '--unit-hourly', '0.05')

    expect(plan.unit.offers).toMatchObject([{hourly: {amount: 0.05}, source: '--unit-hourly'}])
    expect(plan.best).toBe('all-provisioned-no-commitment')
  })

  test('takes the prices of a workload file before those of the book', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'capacity-prices-')), 'prices.yaml')
    const own = `{model: ${LLAMA}, tier: provisioned, meter: model-unit-hour, variant: no-commitment, unit: 0.05}`
    const workload = `{name: w, kind: inference, model: ${LLAMA}, requests: 1, inputTokens: 1, outputTokens: 1}`
    await writeFile(file, `version: 1\nregion: us-west-2\nprices: [${own}]\nworkloads: [${workload}]\n`)
    const {plan} = await planOf(...HOUR, ...UNIT, ...QUOTA, '--prices', file)

    expect(plan.unit.offers[0]).toMatchObject({id: 'no-commitment', hourly: {amount: 0.05}, source: file})
  })

  test('without what a unit serves has the throttles of today', async () => {
    const {exitCode, plan} = await planOf(...HOUR, ...QUOTA)

    expect(exitCode).toBe(0)
    expect(plan.sweep).toMatchObject([{units: 0, throttled: 1200}])
    expect(plan.findings.join(' ')).toContain('--tokens-per-minute-per-unit')
  })

  test('without a quota has no throttles that are known', async () => {
    const {plan} = await planOf(...HOUR)

    expect(plan.options).toMatchObject([{id: 'on-demand', throttled: null}])
    expect(plan.findings.join(' ')).toContain('--quota-tpm')
  })

  test('of a model with reserved tokens compares them', async () => {
    const words = ['--model', 'global.anthropic.claude-sonnet-4-6', '--region', 'us-east-1', '--quota-tpm', '1m']
    const {stdout} = await runCli(['capacity', 'plan', ...words, ...HOUR, '--offline', '--json'])
    const {options} = JSON.parse(stdout)

    expect(options.find(({id}: {id: string}) => id === 'reserved-1-month')).toMatchObject({
      reserved: {input: 100_000, output: 10_000},
      cost: {capacity: 27},
    })
  })
})

describe('words that cannot be used', () => {
  test('are told all at once', async () => {
    const run = await runCli([
      ...PLAN,
      ...['--rate', '5/min,abc,6/min:xx', '--since', '3d', '--latency', 'long', '--cover', '7', '--retry-minutes', 'x'],
    ])

    expect(run.exitCode).toBe(2)
    for (const word of [
      '"abc"',
      '"xx"',
      '--since',
      '--latency',
      '--cover',
      '--retry-minutes',
      '--input-tokens',
      '--output-tokens',
    ]) {
      expect(run.stderr).toContain(word)
    }
  })

  test.each([
    [[], 'one of --from-logs'],
    [['--from-metrics', '--rate', '1/min'], 'several given'],
    [['--from-metrics'], 'offline'],
    [['--from-logs', 's3://logs/'], 'offline'],
    [['--from-logs', '/nowhere/at.all'], 'no file'],
  ])('%j', async (words, said) => {
    const {exitCode, stderr} = await runCli([...PLAN, ...words])

    expect([exitCode, stderr.includes(said)]).toEqual([2, true])
  })

  test('a model that nobody knows', async () => {
    const {exitCode, stderr} = await runCli([
      'capacity',
      'plan',
      '--model',
      'lama',
      '--region',
      'us-west-2',
      ...HOUR,
      '--offline',
    ])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('lama')
  })
})

describe('logs', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'capacity-plan-'))
    const record = (second: number, modelId = LLAMA) =>
      JSON.stringify({
        ...{schemaType: 'ModelInvocationLog', timestamp: new Date(1_795_000_000_000 + second * 1000).toISOString()},
        ...{region: 'us-west-2', requestId: `r-${second}-${modelId}`, modelId},
        input: {inputTokenCount: 900, inputBodyJson: {prompt: 'the secret prompt', max_gen_len: 500}},
        output: {outputTokenCount: 100, outputBodyJson: {generation: 'the secret answer'}},
      })
    const lines = Array.from({length: 300}, (_, second) => record(second))
    await writeFile(join(folder, 'one.json.gz'), gzipSync([...lines, record(1, 'amazon.nova-lite-v1:0')].join('\n')))
    await writeFile(join(folder, 'two.json'), lines.slice(0, 50).join('\n'))
  })
  afterAll(() => rm(folder, {recursive: true, force: true}))

  test('of a folder are planned for, each call once', async () => {
    const {exitCode, plan, stdout} = await planOf('--from-logs', folder, ...UNIT, ...QUOTA)

    expect(exitCode).toBe(0)
    expect(plan.traffic).toMatchObject({
      ...{source: 'logs', requests: 300, calledAs: {[LLAMA]: 300}},
      perRequest: {input: 900, output: 100, maxTokens: 500},
    })
    expect(plan.traffic.notes.join()).toContain('50 twice in the log')
    expect(stdout).not.toContain('secret')
  })

  test('without a call of the model are no traffic', async () => {
    const {exitCode, stderr} = await runCli([
      'capacity',
      'plan',
      '--model',
      'amazon.nova-pro-v1:0',
      '--region',
      'us-west-2',
      '--offline',
      '--from-logs',
      folder,
    ])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('No call of amazon.nova-pro-v1:0')
    expect(stderr).toContain(`Called: ${LLAMA} (350), amazon.nova-lite-v1:0 (1)`)
  })

  test('that are no lines of records say what a log is', async () => {
    const file = join(folder, 'pretty.txt')
    await writeFile(file, JSON.stringify({schemaType: 'ModelInvocationLog'}, null, 2))
    const {exitCode, stderr} = await runCli([...PLAN, '--from-logs', file])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('3 lines that are no record')
    expect(stderr).toContain('one record a line')
  })
})

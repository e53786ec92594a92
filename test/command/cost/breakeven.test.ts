import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {BreakEvenResult} from '../../../src/lib/cost/breakeven/breakeven.schema.js'
import {widthOf} from '../../../src/lib/output/wrap.js'
import {runCli} from '../../support/run-cli.js'

const NOVA = ['--model', 'amazon.nova-2-lite-v1:0', '--region', 'us-east-1', '--requests', '5k/hour']
const LOAD = [...NOVA, '--input-tokens', '1k', '--output-tokens', '200']
const GPUS = ['--gpu-hourly', '2.50', '--tokens-per-second', '4000']
const UNITS = ['--tokens-per-minute-per-unit', '2M']

const FILE = `version: 1
region: us-east-1
workloads:
  - {name: chat, kind: inference, model: amazon.nova-2-lite-v1:0, requests: 5k/hour, inputTokens: 1k, outputTokens: 200}
  - {name: mail, kind: inference, model: amazon.nova-2-lite-v1:0, requests: 1M, inputTokens: 1k, outputTokens: 200}
  - {name: own, kind: self-hosted, gpuHourly: 2, tokensPerSecond: 900, requests: 1M, inputTokens: 1k, outputTokens: 200}
`

let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-breakeven-'))
  file = join(folder, 'workloads.yaml')
  await writeFile(file, FILE)
})
afterAll(() => rm(folder, {recursive: true}))

const asked = (...argv: readonly string[]) => runCli(['cost', 'breakeven', ...argv, '--offline'])

async function answered(...argv: readonly string[]): Promise<BreakEvenResult> {
  const {stdout} = await asked(...argv, '--json')
  return JSON.parse(stdout)
}

describe('cost breakeven', () => {
  test('says first which option is the cheapest where, then draws the lines and numbers the crossings', async () => {
    const {exitCode, stdout} = await asked(...LOAD, ...GPUS, ...UNITS)

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Nova 2 Lite\n.*\n\nCheapest where a person waits\n {2}20 to 3,125 requests\/hour +On-demand\n/,
    )
    expect(stdout).toContain('E  Self-hosted (another model)')
    expect(stdout).toMatch(/ 1 +3,125 +2\.74 B +\$1,825\.00 {2}On-demand +Self-hosted/)
    expect(stdout).toContain('Batch costs less than On-demand at every volume.')
  })

  test('no line is wider than the terminal', async () => {
    for (const columns of [44, 80, 140]) {
      const {stdout} = await runCli(['cost', 'breakeven', ...LOAD, ...GPUS, '--offline'], {tty: {columns}})

      const widest = Math.max(...stdout.split('\n').map(widthOf))
      expect(widest).toBeLessThanOrEqual(columns)
    }
  })

  test('the options of ranges stand under each other, however long they are', async () => {
    const {stdout} = await runCli(['cost', 'breakeven', ...LOAD, ...GPUS, '--offline'], {tty: {columns: 80}})

    const [, block = ''] = stdout.split('Cheapest where answers may take a day')
    const rows = block.split('\n\n')[0]?.split('\n').slice(1) ?? []
    expect(rows.length).toBeGreaterThan(3)
    expect(new Set(rows.map((row) => row.search(/(?<= {2})(Batch|Self-hosted|in turn|turn)/))).size).toBe(1)
  })

  test('what a unit serves is asked for, not guessed: until then its line is a floor', async () => {
    const {stdout} = await asked(...LOAD)

    expect(stdout).toContain('Provisioned, 1 month (at least)')
    expect(stdout).toContain('give --tokens-per-minute-per-unit')
    expect(stdout).toMatch(/On-demand +Provisioned, 1 month\?/)
    expect(stdout).toContain('? only the least cost of it is known')
  })

  test('volumes are told in tokens a month where that is asked for', async () => {
    const {stdout} = await asked(...LOAD, ...GPUS, '--by', 'tokens')

    expect(stdout).toMatch(/17\.5 M to 2\.74 B tokens\/month +On-demand/)
    expect(stdout).toContain('tokens per month (logarithmic)')
  })

  test('the range is the one that is given', async () => {
    const {crossings, range} = await answered(...LOAD, ...GPUS, '--from', '1k/hour', '--to', '7000/hour')

    expect([range.from.requestsPerHour, range.to.requestsPerHour]).toEqual([1000, 7000])
    const own = crossings.filter(({number}) => number !== null).map(({requestsPerHour}) => Math.round(requestsPerHour))
    expect(own).toEqual([3125, 5682, 6000, 6000, 6250])
  })

  test('svg and html are whole documents', async () => {
    const [svg, html] = await Promise.all(['svg', 'html'].map(async (format) => asked(...LOAD, ...GPUS, '-o', format)))

    expect(svg?.stdout).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
    expect(svg?.stdout).toContain(
      '1: Self-hosted costs less than On-demand above 3,125 requests/hour, $1,825.00 a month',
    )
    expect(html?.stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
    expect(html?.stdout).toContain('<caption>Where the cheaper of two options changes</caption>')
    expect(html?.stdout).toContain('<caption>Prices</caption>')
  })

  test('the records of CSV and NDJSON are the crossings', async () => {
    const {stdout} = await asked(...LOAD, ...GPUS, '-o', 'csv')

    const [head = '', first = ''] = stdout.split('\n')
    expect(head.trim()).toMatch(/^number,requests-per-hour,requests-per-month,tokens-per-month,month,currency,kind,/)
    expect(first).toMatch(/^1,3125,2281250,2737500000,1825,USD,meet,on-demand,self-hosted,true,true/)
  })
})

describe('a workload file', () => {
  test('the named workload is looked at', async () => {
    const {workload} = await answered(file, '--workload', 'mail')

    expect(workload).toMatchObject({name: 'mail', load: {requestsPerMonth: 1_000_000}})
  })

  test('without a name where there are several, and for another kind, it says which can be named', async () => {
    const [several, kind, unknown] = await Promise.all(
      [[], ['--workload', 'own'], ['--workload', 'nix']].map((words) => asked(file, ...words)),
    )

    expect(several).toMatchObject({exitCode: 2, stderr: expect.stringContaining('one of chat, mail')})
    expect(kind?.stderr).toContain('own is of kind self-hosted')
    expect(unknown?.stderr).toContain('no workload is called “nix”')
  })
})

test('what is wrong with the workload and with the capacity is told together', async () => {
  const load = [
    '--model',
    'nix',
    '--region',
    'us-east-1',
    '--requests',
    '-3',
    '--input-tokens',
    'x',
    '--output-tokens',
    '5',
  ]
  const {exitCode, stderr} = await asked(...load, '--peak-factor', 'y')

  expect(exitCode).toBe(2)
  for (const words of ['--peak-factor y: not such as 3', '--requests -3', '--input-tokens x']) {
    expect(stderr).toContain(words)
  }
})

test('what is wrong with the capacity is told all at once', async () => {
  const {exitCode, stderr} = await asked(
    ...[...LOAD, '--utilisation', '150%', '--units-per-copy', '1.5', '--peak-factor', '0.5'],
    ...['--requests-per-hour-per-copy', 'x', '--from', '10/hour', '--to', '5/hour', '--gpus-per-copy', '2'],
  )

  expect(exitCode).toBe(2)
  for (const words of [
    '--utilisation needs --tokens-per-second',
    '--utilisation 150%: not such as 60% or 0.6',
    '--units-per-copy 1.5: not such as 2',
    '--peak-factor: the busiest minute is no less than the mean one',
    '--requests-per-hour-per-copy x: not such as 1200',
    '--gpus-per-copy needs --gpu-hourly',
    '--to must be more than --from',
  ]) {
    expect(stderr).toContain(words)
  }
})

import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {BenchAdvice} from '../../src/lib/bench/advise/bench-advise.schema.js'
import type {RunSummary} from '../../src/lib/bench/metrics/summary.schema.js'
import {summaryOf} from '../support/bench-summary.js'
import {runCli} from '../support/run-cli.js'

// The server of the run answers 200/s, of which 155/s are good, with 512 input and 128 output tokens each, on a GPU at $3.20.

let folder = ''
let count = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-advise-'))
})
afterAll(() => rm(folder, {recursive: true}))

async function runFile(changes: Partial<RunSummary> = {}): Promise<string> {
  const path = join(folder, `${count++}.json`)
  await writeFile(path, JSON.stringify(summaryOf(changes)))
  return path
}

const NOVA = ['--model', 'amazon.nova-lite-v1:0', '--region', 'us-east-1', '--offline']

async function advice(run: string, ...flags: readonly string[]): Promise<BenchAdvice> {
  const {exitCode, stderr, stdout} = await runCli(['bench', 'advise', '--run', run, '--json', ...flags])
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr})
  return JSON.parse(stdout)
}

test('costs are those of the measured goodput, and the objectives cost the difference', async () => {
  const told = await advice(await runFile(), ...NOVA, '--requests', '1M/month', '--utilisation', '100%')

  const month = 3.2 * 730
  expect(told.onPremises).toMatchObject({target: 'llama-8b', gpus: 1, gpuHourlyUsd: 3.2})
  expect(told.onPremises.atSlo).toMatchObject({gpus: 1, monthUsd: month, label: '64 users'})
  expect(told.onPremises.atSlo?.tokensPerSecondPerGpu).toBeCloseTo(155 * 640, 6)
  expect(told.onPremises.withoutSlo.tokensPerSecondPerGpu).toBeCloseTo(200 * 640, 6)
  expect(told.sloCosts?.share).toBeCloseTo(1 - 155 / 200, 9)
  // $0.06 and $0.24 a million tokens.
  const perRequest = (512 * 0.06 + 128 * 0.24) / 1e6
  expect(told.bedrock).toMatchObject({model: 'amazon.nova-lite-v1:0', region: 'us-east-1', attainment: null})
  expect(told.bedrock?.perRequestUsd).toBeCloseTo(perRequest, 9)
  expect(told.breakEven?.atSlo?.requestsPerMonth).toBeCloseTo(month / perRequest, 0)
  expect(told.breakEven?.atSlo?.utilisation).toBeCloseTo(month / perRequest / (155 * 730 * 3600), 9)
  expect(told.advice.choice).toBe('bedrock')
})

test('where the volume is beyond the crossing, GPUs cost less, and the crossing is that of cost breakeven', async () => {
  const run = await runFile()
  const told = await advice(run, ...NOVA, '--requests', '200M/month')

  expect(told.advice.choice).toBe('on-premises')
  const [crossing] = told.breakEven?.atSlo?.crossings ?? []
  expect(crossing?.cheaperAbove).toBe('on-premises')
  const {stdout} = await runCli([
    ...['cost', 'breakeven', ...NOVA, '--requests', '200M/month', '--input-tokens', '512', '--output-tokens', '128'],
    ...['--gpu-hourly', '3.20', '--tokens-per-second', String(155 * 640), '--utilisation', '50%', '--json'],
  ])
  const found = JSON.parse(stdout).crossings.find(
    ({cheaperAbove, cheaperBelow}: {cheaperAbove: string; cheaperBelow: string}) =>
      cheaperAbove === 'self-hosted' && cheaperBelow === 'on-demand',
  )
  expect(crossing?.requestsPerMonth).toBeCloseTo(found.requestsPerMonth, 3)
  expect(told.sensitivity.map(({what}) => what)).toContain('throughput at the low end of its interval')
})

test('the model of the Bedrock target beside it is taken where none is named, with the share that met the objectives', async () => {
  const told = await advice(await runFile(), '--offline')

  expect(told.bedrock).toMatchObject({model: 'amazon.nova-lite-v1:0', region: 'eu-central-1', attainment: 1554 / 2005})
  expect(told.workload).toMatchObject({volumeFrom: 'fleet', mixFrom: 'run', inputTokens: 512, outputTokens: 128})
})

test('text tells the answer first, and what was left out last', async () => {
  const {stdout} = await runCli(['bench', 'advise', '--run', await runFile(), ...NOVA])

  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^(On-premises|Bedrock) costs|^The two are within/)
  expect(stdout).toContain('The objectives cost 22.5 % of the throughput')
  expect(stdout).toContain('GPUs cost less above')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the interval of good requests is that of all requests')
  expect(stdout).toMatch(/Not included: .*what --gpu-hourly leaves out/)
  const {reasons} = summaryOf().verdict
  expect(stdout.match(/^Caution: /gmu) ?? []).toHaveLength(new Set(reasons.map(({code}) => code)).size)
})

test.each([
  ['another mix', {}, ['--input-tokens', '4000'], 'throughput was measured for another mix; --other-mix takes it'],
  [
    'no price of a GPU',
    {targets: summaryOf().targets.map((target) => ({...target, gpuHourly: null}))},
    [],
    '--gpu-hourly is missing',
  ],
  [
    'a run that says it cannot be used',
    {verdict: {kind: 'not-usable', reasons: []}},
    [],
    'says itself that its numbers cannot be used',
  ],
  ['no server of its own', {targets: summaryOf().targets.slice(0, 1)}, [], 'Name it with --own NAME'],
  ['a strange target', {}, ['--own', 'nobody'], 'there are nova-lite, llama-8b'],
] as const)('%s is refused', async (_, changes, flags, why) => {
  const {exitCode, stderr} = await runCli([
    ...['bench', 'advise', '--run', await runFile(changes as Partial<RunSummary>), ...NOVA, ...flags],
  ])

  expect(exitCode).toBe(2)
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(why)
})

test('a model without a price leaves the question open, and says why', async () => {
  const told = await advice(
    await runFile(),
    '--model',
    'amazon.nova-lite-v1:0',
    '--region',
    'us-east-1',
    '--tier',
    'latency-optimized',
    '--offline',
  )

  expect(told.bedrock).toBeNull()
  expect(told.bedrockAbsent).toContain('no price is known')
  expect(told.advice.choice).toBe('unknown')
})

const SIZED = ['--requests', '200M/month', ...NOVA]

test.each([
  [
    'compare',
    (told: {choices: readonly {kind: string; notes: readonly string[]; month: {amount: number}}[]}) =>
      told.choices.find(({kind}) => kind === 'self-hosted'),
  ],
  [
    'breakeven',
    (told: {options: readonly {id: string; notes: readonly string[]; atLoad: {amount: number}}[]}) =>
      told.options.find(({id}) => id === 'self-hosted'),
  ],
] as const)('cost %s takes throughput, lengths and price of a GPU from a run, and says which', async (verb, pick) => {
  const run = await runFile()
  const {exitCode, stderr, stdout} = await runCli(['cost', verb, '--bench', run, ...SIZED, '--json'])
  const copies = await runCli([
    ...['cost', verb, '--bench', run, ...NOVA, '--requests', '300M/month', '--bench-gpus', '3', '--json'],
  ])

  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr})
  const found = (
    pick as (
      told: unknown,
    ) => {notes: readonly string[]; month?: {amount: number}; atLoad?: {amount: number}} | undefined
  )(JSON.parse(stdout))
  expect((found?.month ?? found?.atLoad)?.amount).toBeCloseTo(3.2 * 730, 6)
  // 4.4 GPUs would do, if three of them were not one copy: six, at 3.2 × 730 each.
  expect(/"amount": 14016\b/u.test(copies.stdout)).toBe(true)
  expect(found?.notes[0]).toBe(
    '99200 tokens/s a GPU were measured: run 20261121-190312-kqzw, llama-8b at 64 users within ttft ≤ 500 ms, tpot ≤ 40 ms, 512 input and 128 output tokens a request',
  )
})

test.each(['compare', 'breakeven'])(
  'cost %s refuses a run for a workload of other lengths, unless that is wanted',
  async (verb) => {
    const run = await runFile()
    const argv = ['cost', verb, '--bench', run, ...SIZED, '--input-tokens', '4000', '--output-tokens', '128', '--json']

    const refused = await runCli(argv)
    const taken = await runCli([...argv, '--other-mix'])

    expect(refused.exitCode).toBe(2)
    expect(refused.stdout).toContain(
      'the run had 512 input and 128 output tokens a request, the workload has 4000 input',
    )
    expect(taken.exitCode).toBe(0)
  },
)

test.each([
  [['--bench', 'RUN', '--tokens-per-second', '9'], '--tokens-per-second and --bench say the same thing'],
  [['--other-mix'], '--other-mix is for --bench'],
  [['--own', 'x'], '--own is for --bench'],
])('cost compare %j is refused', async (flags, why) => {
  const run = await runFile()
  const words = flags.map((word) => (word === 'RUN' ? run : word))

  const {exitCode, stderr} = await runCli([
    ...['cost', 'compare', ...SIZED, '--input-tokens', '9', '--output-tokens', '9'],
    ...words,
  ])

  expect(exitCode).toBe(2)
  expect(stderr).toContain(why)
})

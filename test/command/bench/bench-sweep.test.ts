import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {RunSummary} from '../../../src/lib/bench/metrics/summary.schema.js'
import type {BenchDryRun} from '../../../src/lib/bench/run/dry-run.schema.js'
import type {BenchSweep} from '../../../src/lib/bench/search/bench-sweep.schema.js'
import {sweepPoints} from '../../../src/lib/bench/search/pareto.js'
import {cellOf, distributionOf, summaryOf} from '../../support/bench-summary.js'
import {runCli} from '../../support/run-cli.js'
import {startTruthServer, type TruthServer} from '../../support/truth-server/start-truth-server.js'

let truth: TruthServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-sweep-'))
  truth = await startTruthServer({ttftMs: 5, itlMs: 1, tokens: 4, strict: true})
})
afterAll(async () => {
  await truth[Symbol.asyncDispose]()
  await rm(folder, {recursive: true})
})

const SHORT = ['--data', 'synthetic:in=32,out=4', '--no-calibrate', '--warm-up', '0', '--requests', '20', '--offline']

const sweep = (...flags: readonly string[]) =>
  runCli(['bench', 'sweep', '--target', `openai:${truth.address}#truth`, ...SHORT, ...flags], {
    env: {BEDROCKCTL_STATE_DIR: folder},
  })

test('a sweep measures every level, keeps the run, and names the points that none beats', async () => {
  const {exitCode, stderr, stdout} = await sweep('--concurrency', '1,4', '--json')

  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr})
  const told = JSON.parse(stdout) as BenchSweep
  expect(told.points.map(({label, level}) => [label, level])).toEqual([
    ['1 user', 1],
    ['4 users', 4],
  ])
  expect(told.points.some(({front}) => front)).toBe(true)
  expect(told.points[0]?.latencyMs).toBeGreaterThan(5)
  expect(told.reasons.filter((text) => text.includes('answers are few'))).toEqual([expect.stringContaining('1 more')])
  const {stdout: shown} = await runCli(['bench', 'show', told.run, '--json'], {env: {BEDROCKCTL_STATE_DIR: folder}})
  expect(JSON.parse(shown).cells).toHaveLength(2)
})

test.each([
  [[], ['1 user', '2 users', '4 users', '8 users', '16 users', '32 users', '64 users']],
  [['--rate', '3'], ['3/s Poisson']],
])('without levels there are seven, with %j those', async (flags, labels) => {
  const {stdout} = await sweep(...flags, '--dry-run', '--json')

  expect((JSON.parse(stdout) as BenchDryRun).cells.map(({label}) => label)).toEqual(labels)
})

test('a run with a GPU beside it has its energy a token, and ends the tool', async () => {
  const line = '0, 90, 40000, 500.00, 1755, 2619, 61, 80000, 0x0000000000000000'
  const script = `#!/bin/sh
case "$*" in *-lms*) while :; do echo '${line}'; sleep 0.05; done ;; *) echo '${line}, NVIDIA H200, 570.86, 700.00, Disabled' ;; esac`
  await writeFile(join(folder, 'nvidia-smi'), script, {mode: 0o755})
  const argv = ['--concurrency', '2', '--duration', '1s', '--gpu-host', 'local', '--data', 'synthetic:in=32,out=4']
  const {exitCode, stderr, stdout} = await runCli(
    ['bench', 'run', '--target', `openai:${truth.address}#truth`, ...argv, '--no-calibrate', '--offline', '--json'],
    {env: {BEDROCKCTL_STATE_DIR: folder, PATH: `${folder}:/usr/bin:/bin`}},
  )

  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr})
  const {cells, telemetry} = JSON.parse(stdout) as RunSummary
  const [gpu, server] = telemetry
  const {fromMs = 0, toMs = 0} = cells[0]?.window ?? {}
  const tokens = ((cells[0]?.throughput.outputTokensPerSecond ?? 0) * (toMs - fromMs)) / 1000
  expect(gpu).toMatchObject({source: 'nvidia-smi', name: 'NVIDIA H200', absent: null, throttledShare: 0})
  expect(gpu?.joules).toBeCloseTo((500 * (toMs - fromMs)) / 1000, 0)
  expect(gpu?.joulesPerOutputToken).toBeCloseTo((gpu?.joules ?? 0) / tokens, 9)
  expect(server).toMatchObject({name: 'vLLM', absent: null})
})

test.each(['-oProxyCommand=id', 'gpu; id'])('a GPU host %j is refused before anything is sent', async (host) => {
  const {exitCode, stderr} = await sweep('--concurrency', '1', `--gpu-host=${host}`)

  expect(exitCode).toBe(2)
  expect(stderr).toContain('--gpu-host')
})

describe('the front', () => {
  const {targets} = summaryOf()
  const base = cellOf()
  let cell = 0
  const point = (target: number, label: string, ms: number, tokens: number, usd: number | null) => ({
    ...base,
    cell: cell++,
    target,
    label,
    e2e: distributionOf([ms, ms, ms]),
    throughput: {...base.throughput, outputTokensPerSecond: tokens},
    price: usd === null || !base.price ? null : {...base.price, perMillionOutput: usd},
  })

  test('holds what is quicker, more or cheaper than every other', () => {
    const cells = [
      point(0, 'quick', 100, 50, 3),
      point(0, 'much', 900, 500, 3),
      point(0, 'cheap', 900, 50, 1),
      point(0, 'beaten', 901, 50, 1),
    ]

    const points = sweepPoints({cells, targets}, 'e2e.p50')

    expect(points.map(({beatenBy, front, label}) => [label, front, beatenBy])).toEqual([
      ['quick', true, null],
      ['much', true, null],
      ['cheap', true, null],
      ['beaten', false, 'nova-lite at cheap'],
    ])
  })

  test('sets no point with a price against one without, and takes repeats of a level together', () => {
    const cells = [
      point(0, 'a', 100, 50, 1),
      point(0, 'a', 300, 150, 3),
      point(1, 'b', 400, 60, null),
      point(1, 'c', 500, 60, null),
    ]

    const points = sweepPoints({cells, targets}, 'e2e.p50')

    expect(points[0]).toMatchObject({latencyMs: 200, outputTokensPerSecond: 100, usdPerMillionOutput: 2})
    expect(points[0]?.cells).toHaveLength(2)
    expect(points.map(({front, label}) => [label, front])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ])
  })
})

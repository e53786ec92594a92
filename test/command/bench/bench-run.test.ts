import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {RunSummary} from '../../../src/lib/bench/metrics/summary.schema.js'
import type {BenchDryRun} from '../../../src/lib/bench/run/dry-run.schema.js'
import {type Sandbox, startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {runCli} from '../../support/run-cli.js'
import {startTruthServer, type TruthServer} from '../../support/truth-server/start-truth-server.js'

const NOVA = 'bedrock:amazon.nova-lite-v1:0@us-east-1'
const SHORT = ['--data', 'synthetic:in=32,out=4', '--no-calibrate', '--warm-up', '0']

let sandbox: Sandbox
let truth: TruthServer
let secure: TruthServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-run-'))
  const quick = {ttftMs: 5, itlMs: 1, tokens: 4, strict: true}
  ;[sandbox, truth, secure] = await Promise.all([
    startSandbox({}),
    startTruthServer(quick),
    startTruthServer({...quick, tls: 'valid'}),
  ])
})
afterAll(async () => {
  await Promise.all([sandbox.close(), truth[Symbol.asyncDispose](), secure[Symbol.asyncDispose]()])
  await rm(folder, {recursive: true})
})

const bench = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli(['bench', 'run', ...argv], {env: {BEDROCKCTL_STATE_DIR: folder, ...env}})

async function summary(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const {exitCode, stderr, stdout} = await bench([...argv, ...SHORT, '--json'], env)
  return {exitCode, stderr, run: JSON.parse(stdout) as RunSummary}
}

describe('a dry run', () => {
  test('plans, prices and sends nothing', async () => {
    const targets = ['--target', NOVA, '--target', `openai:${truth.address}#truth`]
    const {exitCode, stdout} = await bench(
      [...targets, '--rate', '5,10', '--requests', '20', '--dry-run', '--json'],
      sandbox.env(),
    )
    const plan = JSON.parse(stdout) as BenchDryRun

    expect(exitCode).toBe(0)
    expect(plan.cells.map(({block, label, target}) => [label, target, block])).toEqual([
      ['5/s Poisson', 0, 0],
      ['5/s Poisson', 1, 0],
      ['5/s Poisson', 1, 1],
      ['5/s Poisson', 0, 1],
      ['10/s Poisson', 0, 0],
      ['10/s Poisson', 1, 0],
      ['10/s Poisson', 1, 1],
      ['10/s Poisson', 0, 1],
    ])
    expect(plan.estimate).toMatchObject({requests: 80, inputTokens: 20_480, outputTokens: 10_240})
    expect(plan.estimate.usd).toBeCloseTo(40 * (256 * 0.06 + 128 * 0.24) * 1e-6, 9)
    expect((await truth.truth()).requests).toBe(0)
  })

  test('of a search says that its price depends on the answers', async () => {
    const search = ['--search', 'max-rate', '--slo', 'ttft:500', '--rate', '1', '--duration', '10s']
    const {stdout} = await bench(['--target', NOVA, ...search, '--dry-run', '--json'], sandbox.env())
    const {estimate, notes} = JSON.parse(stdout) as BenchDryRun

    expect(estimate).toMatchObject({requests: null, usd: null})
    expect(notes).toEqual([expect.stringMatching(/^The search begins .*: --max-usd bounds what they cost\.$/)])
  })

  test('of a plan file is that of its flags, which beat it', async () => {
    const {exitCode, stdout} = await bench(
      ['--plan', 'examples/bench/bench.yaml', '--rate', '1', '--dry-run', '--json'],
      sandbox.env(),
    )

    expect(exitCode).toBe(0)
    expect((JSON.parse(stdout) as BenchDryRun).cells.map(({label}) => label)).toEqual(Array(4).fill('1/s Poisson'))
  })
})

describe('a plan that cannot be run is refused', () => {
  const ONE = ['--target', NOVA]

  test.each<[readonly string[], RegExp]>([
    [[], /--target: at least one thing must answer/],
    [
      ['--target', 'nova', '--rate', 'x', '--slo', 'ttf:1'],
      /--target nova: at 1[\s\S]*--rate: x is no rate[\s\S]*--slo: “ttf” is no objective/,
    ],
    [[...ONE, '--rate', '5', '--concurrency', '2'], /a run has one kind of load/],
    [[...ONE, '--think', '2s'], /--think: it is for users/],
    [[...ONE, '--shard', '4/4'], /shards count from 0, so the last one is 3\/4/],
    [[...ONE, '--assert', 'ttf.p99<5'], /nothing is called ttf/],
    [[...ONE, '--baseline', 'nightly'], /There are no runs|No run is called/],
    [[...ONE, '--search', 'max-rate'], /--search needs --slo/],
    [[...ONE, '--data', '/nowhere/x.jsonl'], /\/nowhere\/x\.jsonl cannot be read/],
    [[...ONE, '--ca-file', 'package.json'], /holds no certificate in PEM/],
    [[...ONE, '--api-key-env', 'NO_SUCH_KEY'], /has no NO_SUCH_KEY/],
    [[...ONE, '--rate', '100000', '--requests', '5', '--yes'], /more than the quotas of the account allow/],
  ])('%j', async (argv, said) => {
    const {exitCode, stderr} = await bench(argv, sandbox.env())

    expect(stderr).toMatch(said)
    expect(exitCode).toBe(2)
  })

  test('that spends money, where nobody can be asked', async () => {
    const nobody = {AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_MAX_ATTEMPTS: '1'}
    await truth.forget()
    const {exitCode, stderr} = await bench(['--target', NOVA, '--requests', '1000'], {
      ...nobody,
      AWS_ENDPOINT_URL: truth.address,
    })

    expect(stderr).toMatch(/nobody to ask[\s\S]*About 1,000 requests in 1 cells? to nova-lite; about \$0\.05/)
    expect(exitCode).toBe(2)
  })

  test('by line, where it is a file', async () => {
    const file = join(folder, 'bad.yaml')
    await writeFile(file, 'version: 1\ntargets: [openai:nowhere]\nratee: 5\nrate: fast\n')
    const first = await bench(['--plan', file])
    await writeFile(file, 'version: 1\ntargets:\n  - openai:nowhere\nrate: fast\n')
    const second = await bench(['--plan', file])

    expect(first.stderr).toMatch(/line 3: ratee: unknown key\. Did you mean rate/)
    expect(second.stderr).toMatch(/line 3: targets\.0: at 8[\s\S]*line 4: rate: fast is no rate/)
    expect([first.exitCode, second.exitCode]).toEqual([2, 2])
  })
})

describe('a target that cannot be measured ends the run before its load', () => {
  test.each<[string, object, string, number, RegExp]>([
    ['a wrong key', {key: 'secret'}, '#truth', 4, /denies access[\s\S]*--api-key-env/],
    ['a wrong model', {}, '#trut', 2, /refuses the request[\s\S]*Did you mean truth/],
    [
      'an answer that does not stream',
      {fault: {kind: 'whole-json', share: 1}},
      '#truth',
      2,
      /does not stream as it should[\s\S]*parse_error/,
    ],
    ['an HTML page', {fault: {kind: 'html', share: 1}}, '#truth', 2, /HTML/],
    ['a busy server', {fault: {kind: 'unavailable', share: 1}}, '#truth', 5, /cannot answer now/],
    ['a throttled one', {fault: {kind: 'throttled', share: 1}}, '#truth', 5, /throttles even a single request/],
  ])('%s', async (_, options, model, code, said) => {
    await truth.change(options)
    const {exitCode, stderr} = await bench(['--target', `openai:${truth.address}${model}`, '--requests', '5', ...SHORT])
    await truth.change({key: '', fault: {kind: 'none', share: 0}})

    expect(stderr).toMatch(said)
    expect(exitCode).toBe(code)
  })

  test('a model that Bedrock does not have there, with what there is', async () => {
    const argv = ['--target', 'bedrock:anthropic.claude-sonnet-4-6@us-east-1', '--requests', '2', ...SHORT]
    const {exitCode, stderr} = await bench(argv, sandbox.env())

    const llama = ['--target', 'bedrock:meta.llama3-1-8b-instruct-v1:0@us-east-1']
    const both = await bench([...llama, ...argv], sandbox.env())

    expect(stderr).toMatch(/refuses the request[\s\S]*it is called as .*us\.anthropic\.claude-sonnet-4-6/)
    expect(exitCode).toBe(2)
    expect(both.stderr).toMatch(
      /llama\S+ refuses .*called as us\.meta\.llama\S+\n.*sonnet-4-6 refuses .*called as .*sonnet/,
    )
    expect(both.stderr.match(/Correct the model or the address/g)).toHaveLength(1)
  })

  test('nothing there, and a certificate that nobody trusts', async () => {
    const nothing = await bench(['--target', 'openai:http://127.0.0.1:1', '--requests', '5', ...SHORT])
    const untrusted = await bench(['--target', `openai:${secure.address}`, '--requests', '5', ...SHORT])

    expect([nothing.exitCode, nothing.stderr]).toEqual([
      5,
      expect.stringMatching(/Nothing answers at http:\/\/127\.0\.0\.1:1\//),
    ])
    expect([untrusted.exitCode, untrusted.stderr]).toEqual([5, expect.stringMatching(/is not trusted[\s\S]*--ca-file/)])
  })
})

describe('a run', () => {
  test('measures Bedrock and a server in turns, and is kept', async () => {
    const targets = ['--target', NOVA, '--target', `openai:${truth.address}`]
    const {exitCode, run} = await summary([...targets, '--concurrency', '2', '--requests', '20'], sandbox.env())
    const shown = await runCli(['bench', 'show', run.id, '--json'], {env: {BEDROCKCTL_STATE_DIR: folder}})

    expect(exitCode).toBe(0)
    expect(run.simulated).toBe(true)
    expect(run.targets.map(({name, server}) => [name, server.software])).toEqual([
      ['nova-lite', null],
      ['truth', 'vllm'],
    ])
    expect(run.cells.map(({counts: {ok}, target}) => [target, ok])).toEqual([
      [0, 10],
      [1, 10],
      [1, 10],
      [0, 10],
    ])
    expect(run.cells[0]?.price?.usd).toBeGreaterThan(0)
    expect(JSON.parse(shown.stdout)).toEqual(run)
  })

  test('goes through the SDK where that is asked for, to the same samples', async () => {
    const argv = ['--target', NOVA, '--concurrency', '2', '--requests', '8', '--transport', 'sdk']
    const {exitCode, run} = await summary(argv, sandbox.env())
    const refused = await bench(['--target', `openai:${truth.address}`, '--transport', 'sdk'])

    expect([exitCode, refused.exitCode]).toEqual([0, 2])
    expect(run.targets[0]?.transport).toBe('sdk')
    expect(run.cells[0]).toMatchObject({counts: {ok: 8, bad: 0}, tokens: {estimatedRows: 0}, ttft: {n: 8}})
  })

  test('trusts the authority that it is given', async () => {
    const ca = join(folder, 'ca.pem')
    await writeFile(ca, secure.caPem)
    const {exitCode, run} = await summary(['--target', `openai:${secure.address}`, '--requests', '4', '--ca-file', ca])

    expect([exitCode, run.cells[0]?.counts.ok]).toEqual([0, 4])
  })

  test('fails its gate with 3, in JUnit too', async () => {
    const file = join(folder, 'bench.xml')
    const gate = ['--assert', 'ttft.p50<1us', '--assert', 'errors<=1%', '--junit', file]
    const {exitCode, run} = await summary(['--target', `openai:${truth.address}`, '--requests', '4', ...gate])

    expect(exitCode).toBe(3)
    expect(run.asserts.map(({met}) => met)).toEqual([false, true])
    expect(await readFile(file, 'utf8')).toContain('ttft.p50&lt;1us')
  })

  test('is held to other gates when it is shown, and wrong ones are refused before anything is kept', async () => {
    const env = {BEDROCKCTL_STATE_DIR: folder}
    const told = {completed: 5, duration: 1, model_id: 'm', mean_ttft_ms: 100, median_ttft_ms: 99}
    const file = join(folder, 'vllm.json')
    await writeFile(file, JSON.stringify(told))
    const kept = async () => JSON.parse((await runCli(['bench', 'list', '--json'], {env})).stdout).rows.length
    const before = await kept()

    const wrong = await runCli(['bench', 'import', file, '--assert', 'ttft.p98<5'], {env})
    const none = await runCli(['bench', 'import', file, '--baseline', 'nothing-of-that-name'], {env})

    expect([wrong.exitCode, none.exitCode, await kept()]).toEqual([2, 2, before])
    const imported = await runCli(['bench', 'import', file, '--name', 'told', '--assert', 'ttft.p50<5'], {env})
    const again = await runCli(['bench', 'show', 'told'], {env})
    const held = await runCli(['bench', 'show', 'told', '--assert', 'm:ttft.p50<100', '--baseline', 'told'], {env})
    expect([imported.exitCode, again.exitCode, held.exitCode]).toEqual([3, 0, 0])
    expect(held.stdout).toContain('PASS     m:ttft.p50<100: 99 ms')
  })

  test('stops sending at --max-usd and is partial', async () => {
    const argv = ['--target', NOVA, '--concurrency', '4', '--duration', '20s', '--max-usd', '0.000001']
    const {exitCode, run} = await summary(argv, sandbox.env())

    expect(exitCode).toBe(6)
    expect(run).toMatchObject({ended: 'partial', endedWhy: expect.stringMatching(/--max-usd/)})
    expect(run.cells[0]?.wholeMs).toBeLessThan(10_000)
  })

  test('drains at the first Ctrl-C, keeps what it measured, and exits with 130', async () => {
    await truth.forget()
    const running = summary(['--target', `openai:${truth.address}`, '--concurrency', '2', '--duration', '60s'])
    await expect.poll(async () => (await truth.truth()).requests, {timeout: 10_000}).toBeGreaterThan(100)
    process.emit('SIGINT')
    const {exitCode, run} = await running

    expect(exitCode).toBe(130)
    expect(run).toMatchObject({ended: 'partial', endedWhy: 'interrupted'})
    expect(run.cells[0]?.counts.ok).toBeGreaterThan(0)
  })

  test('finds the highest level that holds', async () => {
    const search = ['--search', 'max-concurrency', '--search-most', '4', '--slo', 'e2e:2s', '--requests', '60']
    const {exitCode, run} = await summary(['--target', `openai:${truth.address}`, ...search])

    expect(exitCode).toBe(0)
    expect(run.search?.targets[0]).toMatchObject({best: 4, unit: 'users'})
    expect(run.cells.length).toBeGreaterThan(3)
  })
})

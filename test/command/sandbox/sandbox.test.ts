import {createServer} from 'node:net'
import {stripVTControlCharacters} from 'node:util'
import {afterAll, beforeAll, expect, test, vi} from 'vitest'
import {type Sandbox, startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({scenario: 'clean'})
})
afterAll(() => sandbox.close())

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return typeof address === 'object' && address ? address.port : 0
}

/** Runs `sandbox start` until it was used and told to stop. */
async function startAndUse(argv: readonly string[], use: (url: string) => Promise<void>, tty?: {columns: number}) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const running = runCli(['sandbox', 'start', '--port', String(port), ...argv], tty ? {tty} : {})
  await vi.waitFor(async () => expect((await fetch(`${url}/_sandbox/state`)).status).toBe(200), {timeout: 10_000})
  await use(url)
  process.emit('SIGINT')
  return {url, ...(await running)}
}

test('the scenarios are listed with what they are', async () => {
  const {exitCode, stdout} = await runCli(['sandbox', 'scenarios', '--json'])
  const document = JSON.parse(stdout)

  expect(exitCode).toBe(0)
  expect(document.scenarios[0]).toMatchObject({name: 'demo', accounts: [{id: '111122223333'}, {id: '444455556666'}]})
  expect(document.scenarios.find(({name}: {name: string}) => name === 'denied').denials).toBeGreaterThan(3)
  expect(compileSchema('sandbox-scenarios.json').validate(document)).toEqual([])
})

test('the table of scenarios fits a narrow terminal', async () => {
  const result = await runCli(['sandbox', 'scenarios'], {tty: {columns: 60}})
  const stdout = stripVTControlCharacters(result.stdout)

  expect(stdout).toContain('fresh-account')
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
})

test('env prints lines that a shell can evaluate, and nothing else', async () => {
  const {exitCode, stdout, stderr} = await runCli(['sandbox', 'env', '--url', sandbox.url, '--region', 'eu-central-1'])

  expect([exitCode, stderr]).toEqual([0, ''])
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .filter((line) => !/^(# |unset [A-Z_0-9]+$|export [A-Z_0-9]+='[^']*'$)/.test(line)),
  ).toEqual([])
  expect(stdout).toContain(`export AWS_ENDPOINT_URL='${sandbox.url}'`)
  expect(stdout).toContain("export AWS_REGION='eu-central-1'")
})

test('with an API key the endpoint names the Region', async () => {
  const {stdout} = await runCli(['sandbox', 'env', '--url', sandbox.url, '--bearer', '--region', 'eu-west-1', '--json'])
  const document = JSON.parse(stdout)

  expect(document.environment).toMatchObject({
    AWS_BEARER_TOKEN_BEDROCK: 'ABSKsandbox111122223333',
    AWS_ENDPOINT_URL_BEDROCK: `${sandbox.url}/_region/eu-west-1`,
  })
  expect(document.unset).not.toContain('AWS_BEARER_TOKEN_BEDROCK')
  expect(compileSchema('sandbox-env.json').validate(document)).toEqual([])
})

test('env where no sandbox runs exits 5 and says how to start one', async () => {
  const {exitCode, stderr} = await runCli(['sandbox', 'env', '--url', `http://127.0.0.1:${await freePort()}`])

  expect(exitCode).toBe(5)
  expect(stderr).toContain('No sandbox answers')
  expect(stderr).toContain('bedrockctl sandbox start')
})

test('start prints the variables, serves until it is told to stop, and then exits 0', async () => {
  const {url, exitCode, stdout} = await startAndUse(['--json', '--scenario', 'fresh-account'], async (at) => {
    const state = await fetch(`${at}/_sandbox/state`)
    expect(await state.json()).toMatchObject({scenario: 'fresh-account'})
  })

  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({url, simulated: true, environment: {AWS_ENDPOINT_URL: url}})
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('on a terminal --plain makes each request a line on stderr', async () => {
  const use = async (url: string) => {
    await fetch(`${url}/foundation-models`)
  }

  const {stderr} = await startAndUse(['--plain'], use, {columns: 100})

  const [first, second] = stripVTControlCharacters(stderr).split('\n')
  expect(first).toMatch(/^Scenario demo runs at http:\/\/127\.0\.0\.1:\d+\. Ctrl-C stops it\.$/)
  expect(second).toMatch(
    /^\d\d:\d\d:\d\d {2}403 {2}bedrock ListFoundationModels .* ms {2}MissingAuthenticationTokenException$/,
  )
})

test('off a terminal it is silent but for its answer', async () => {
  const {stderr} = await startAndUse([], async (url) => {
    await fetch(`${url}/foundation-models`)
  })

  expect(stderr).toBe('')
})

test.each([
  [[], true],
  [['--no-quotas'], false],
])('start %j holds calls of models to their quotas: %s', async (argv, enforced) => {
  let told: unknown
  await startAndUse(['--json', ...argv], async (url) => {
    told = await (await fetch(`${url}/_sandbox/quotas`)).json()
  })

  expect(told).toMatchObject({enforced})
})

test.each([
  [['--scenario', 'dem'], 'UNKNOWN_SCENARIO'],
  [['--throttle', 'fast'], 'INVALID_THROTTLE'],
  [['--latency', 'soon'], 'INVALID_DURATION'],
  [['--region', 'all'], 'ONE_REGION'],
])('start %j exits 2 with %s', async (argv, code) => {
  const {exitCode, stdout} = await runCli(['sandbox', 'start', '--port', '0', '--json', ...argv])

  expect(exitCode).toBe(2)
  expect(JSON.parse(stdout).error.code).toBe(code)
})

test('a port that is taken is named, with a way out', async () => {
  const {exitCode, stderr} = await runCli(['sandbox', 'start', '--port', new URL(sandbox.url).port])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('bedrockctl sandbox start --port 0')
})

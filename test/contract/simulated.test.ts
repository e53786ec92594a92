import {afterAll, beforeAll, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {runCli} from '../support/run-cli.js'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({})
})

afterAll(() => sandbox.close())

test('what a sandbox answers is labelled as simulated, whichever way the endpoint was set', async () => {
  const argv = ['models', 'list', '--region', 'us-east-1', '--json']
  const byVariables = await runCli(argv, {env: sandbox.env()})
  const byFlag = await runCli([...argv, '--endpoint-url', sandbox.url], {
    env: {...sandbox.env(), AWS_ENDPOINT_URL: undefined},
  })

  expect(JSON.parse(byVariables.stdout)).toMatchObject({simulated: true})
  expect(JSON.parse(byFlag.stdout)).toMatchObject({simulated: true})
})

test.each([
  ['table', /^simulated /],
  ['markdown', /^> .*[Ss]imulated/],
  ['csv', /simulated\r?\n/],
  ['ndjson', /"simulated":true/],
])('%s says so too', async (format, label) => {
  const {stdout} = await runCli(['models', 'list', '--region', 'us-east-1', '-o', format], {env: sandbox.env()})

  expect(stdout).toMatch(label)
})

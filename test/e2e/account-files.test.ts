import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {spawnCli} from '../support/run-cli.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-account-'))
  for (const scenario of ['demo', 'misconfigured']) {
    const {exitCode, stderr} = await spawnCli([
      'account',
      'snapshot',
      '--reads',
      'bedrock:guardrails',
      `--sandbox=${scenario}`,
      '--out',
      file(scenario),
    ])
    expect(exitCode, stderr).toBe(0)
  }
})
afterAll(() => rm(folder, {recursive: true}))

function file(scenario: string): string {
  return join(folder, `${scenario}.json`)
}

test('a saved snapshot is told again without a call', async () => {
  const {exitCode, stdout} = await spawnCli(['account', 'snapshot', '--from', file('demo'), '--json'])

  expect(exitCode).toBe(0)
  expect(compileSchema('account-snapshot.json').validate(JSON.parse(stdout))).toEqual([])
})

test('what differs between two saved snapshots fits its schema, and gates', async () => {
  const files = [file('demo'), file('misconfigured')]
  const {exitCode, stdout, stderr} = await spawnCli(['account', 'diff', ...files, '--fail-on-change', '--json'])

  expect(exitCode, stderr).toBe(3)
  expect(compileSchema('account-diff.json').validate(JSON.parse(stdout))).toEqual([])
})

test('a snapshot beside itself shows no change', async () => {
  const {exitCode} = await spawnCli(['account', 'diff', file('demo'), file('demo'), '--fail-on-change'])

  expect(exitCode).toBe(0)
})

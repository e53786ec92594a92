import {execFileSync} from 'node:child_process'
import {expect, test} from 'vitest'
import {commandIds} from '../support/command-classes.js'
import {runCli} from '../support/run-cli.js'

test.each(['bash', 'zsh', 'fish'])('the script of %s knows every command, Regions and model ids', async (shell) => {
  const {exitCode, stdout, stderr} = await runCli(['completion', shell])

  expect([exitCode, stderr]).toEqual([0, ''])
  for (const id of commandIds()) expect(stdout).toContain(id.split(':').join(' '))
  expect(stdout).toContain('eu-central-1')
  expect(stdout).toContain('anthropic.claude-sonnet-4-6')
})

test('bash reads its script without complaint', async () => {
  const {stdout} = await runCli(['completion', 'bash'])

  expect(execFileSync('bash', ['--norc', '-n'], {input: stdout, encoding: 'utf8'})).toBe('')
})

test('on a terminal stderr says how to load it, and stdout stays the script', async () => {
  const {stdout, stderr} = await runCli(['completion', 'bash'], {tty: {columns: 80}})

  expect(stderr).toContain('source <(bedrockctl completion bash)')
  expect(stdout).toMatch(/^# bash completion/)
})

test('an unknown shell is a usage error that names the known ones', async () => {
  const {exitCode, stdout, stderr} = await runCli(['completion', 'zhs'])

  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('Did you mean zsh?')
})

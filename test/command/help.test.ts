import {stripVTControlCharacters} from 'node:util'
import {expect, test} from 'vitest'
import {commandIds, loadCommand} from '../support/command-classes.js'
import {runCli} from '../support/run-cli.js'

const IDS = commandIds()

test.each([[[]], [['--help']], [['-h']], [['help']]])('%j is the root help, on stdout, exit 0', async (argv) => {
  const {exitCode, stdout, stderr} = await runCli(argv)

  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^bedrockctl \d/)
})

test('help of a command is the same by each of its three names', async () => {
  const [long, short, word] = [
    await runCli(['models', 'list', '--help']),
    await runCli(['models', 'list', '-h']),
    await runCli(['help', 'models', 'list']),
  ]

  expect(long.stdout).toContain('bedrockctl models list [flags]')
  expect([short, word]).toEqual([long, long])
})

test('a topic alone shows its commands', async () => {
  const {exitCode, stdout} = await runCli(['models'])

  expect(exitCode).toBe(0)
  expect(stdout).toContain('bedrockctl models COMMAND [flags]')
})

test('help of what does not exist is a usage error with the nearest that does', async () => {
  const {exitCode, stdout, stderr} = await runCli(['models', 'lits', '--help'])

  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('Did you mean models list?')
})

test('help is coloured on a terminal, plain in a pipe and with --no-color', async () => {
  const [piped, shown, plain] = [
    await runCli(['models', 'list', '--help']),
    await runCli(['models', 'list', '--help'], {tty: {columns: 80}}),
    await runCli(['models', 'list', '--help', '--no-color'], {tty: {columns: 80}}),
  ]

  expect(shown.stdout).not.toBe(piped.stdout)
  expect(stripVTControlCharacters(shown.stdout)).toBe(piped.stdout)
  expect(plain.stdout).toBe(piped.stdout)
})

test.each(IDS)('help of %s names its summary, permissions and exit codes', async (id) => {
  const command = await loadCommand(id)

  const {exitCode, stdout} = await runCli([...id.split(':'), '--help'])

  expect(exitCode).toBe(0)
  expect(stdout.replace(/\s+/g, ' ')).toContain(command.summary)
  expect(stdout).toContain('EXIT CODES')
  for (const permission of command.permissions ?? []) expect(stdout).toContain(permission)
})

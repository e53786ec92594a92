import {describe, expect, test} from 'vitest'
import {Probe} from '../support/probe-command.js'
import {type RunOptions, runCli} from '../support/run-cli.js'

function probe(argv: readonly string[], options: RunOptions = {}) {
  return runCli(['probe', ...argv], {...options, commands: {probe: Probe}})
}

describe('the answer', () => {
  test('goes to stdout alone, and exits 0', async () => {
    expect(await probe(['a,b'])).toEqual({exitCode: 0, stdout: 'Name\na\nb\n', stderr: ''})
  })

  test('--json is -o json', async () => {
    const [short, long] = [await probe(['a', '--json']), await probe(['a', '-o', 'json'])]

    expect(short).toEqual(long)
    expect(JSON.parse(short.stdout)).toMatchObject({schemaVersion: 1, names: [{name: 'a'}]})
  })

  test('no rows of NDJSON write nothing, not an empty line', async () => {
    expect((await probe(['-o', 'ndjson'])).stdout).toBe('')
  })

  test('a failed gate exits 3 and something unread exits 6, with the answer printed', async () => {
    const [gate, unread] = [await probe(['a', '--gate']), await probe(['a', '--unread'])]

    expect([gate.exitCode, unread.exitCode]).toEqual([3, 6])
    expect([gate.stdout, unread.stdout]).toEqual(['Name\na\n', 'Name\na\n'])
    expect(unread.stderr).toMatch(/eu-west-3 .*denied/)
  })

  test('a query of a simulated answer keeps stdout bare and says so on stderr', async () => {
    expect(await probe(['a', '--simulated', '--query', 'names[0].name'])).toEqual({
      exitCode: 0,
      stdout: 'a\n',
      stderr: 'simulated  answered by the embedded sandbox, not by AWS\n',
    })
  })

  test('colour needs a terminal and goes with --no-color', async () => {
    const tty = {columns: 80}

    expect((await probe(['a'], {tty})).stdout).toBe('\u001B[1mName\u001B[22m\na\n')
    expect((await probe(['a', '--no-color'], {tty})).stdout).toBe('Name\na\n')
  })

  test('a terminal that reports no columns counts as 80', async () => {
    expect((await probe(['a'], {tty: {columns: 0}, env: {NO_COLOR: '1'}})).stdout).toBe('Name\na\n')
  })
})

describe('a failure', () => {
  test('is text on stderr, with stdout empty', async () => {
    expect(await probe(['--fail', 'usage'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error  The probe failed.\n       Try again.\n',
    })
  })

  test('is one document on stdout for JSON, with stderr empty', async () => {
    const {exitCode, stdout, stderr} = await probe(['--fail', 'usage', '--json'])

    expect([exitCode, stderr]).toEqual([2, ''])
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'PROBE',
        message: 'The probe failed.',
        fault: 'usage',
        exitCode: 2,
        hint: 'Try again.',
        actions: [],
      },
    })
  })

  test('is one line for NDJSON', async () => {
    const {stdout} = await probe(['--fail', 'usage', '-o', 'ndjson'])

    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'PROBE'}})
  })

  test('that is a bug exits 1, names the next step and shows no stack', async () => {
    const {exitCode, stderr} = await probe(['--fail', 'bug'])

    expect(exitCode).toBe(1)
    expect(stderr).toContain('cannot read of undefined')
    expect(stderr).toContain('--debug')
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('shows its stack with --debug', async () => {
    expect((await probe(['--fail', 'bug', '--debug'])).stderr).toMatch(/TypeError.*\n\s+at /)
  })

  test('shows no stack when BEDROCKCTL_DEBUG is off', async () => {
    expect((await probe(['--fail', 'bug'], {env: {BEDROCKCTL_DEBUG: 'false'}})).stderr).not.toMatch(/\n\s+at /)
  })

  test('has no colour with --no-color', async () => {
    expect((await probe(['--fail', 'usage', '--no-color'], {tty: {columns: 80}})).stderr).toBe(
      'error  The probe failed.\n       Try again.\n',
    )
  })

  test('of closing does not spoil an answer that is printed', async () => {
    expect(await probe(['a', '--fail', 'close'])).toMatchObject({exitCode: 0, stdout: 'Name\na\n', stderr: ''})
  })

  test('by interruption exits 130', async () => {
    expect(await probe(['--fail', 'abort'])).toMatchObject({
      exitCode: 130,
      stdout: '',
      stderr: 'stopped  Interrupted before there was an answer.\n',
    })
  })

  test('leaves no signal handler behind', async () => {
    const before = process.listenerCount('SIGINT')

    await probe(['--fail', 'abort'])

    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})

describe('flags that exclude each other', () => {
  test('are a usage error when both are typed', async () => {
    const {exitCode, stdout} = await probe(['a', '--json', '-o', 'csv'])

    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'CONFLICTING_FLAGS'}})
  })

  test('typed beats set in the environment', async () => {
    const {exitCode, stdout} = await probe(['a', '--json'], {env: {BEDROCKCTL_OUTPUT: 'csv'}})

    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({schemaVersion: 1})
  })

  test('a typed --offline beats a sandbox of the environment', async () => {
    expect((await probe(['a', '--offline'], {env: {BEDROCKCTL_SANDBOX: 'demo'}})).exitCode).toBe(0)
    expect((await probe(['a', '--offline', '--sandbox'])).exitCode).toBe(2)
  })
})

test('a bare --sandbox never takes the next word for its scenario', async () => {
  expect((await probe(['--sandbox', 'a'])).stdout).toBe('Name\na\n')
})

describe('what is not known', () => {
  test.each([
    [['prob'], 'There is no command "prob".', 'Did you mean probe?'],
    [['modles', 'list', 'anthropic.claude'], 'There is no command "modles list".', 'Did you mean models list?'],
    [['models', 'lst', 'anthropic.claude'], 'There is no command "models lst".', 'Did you mean models list?'],
    [['models', 'list', 'claude', '--offline'], 'models list takes no argument claude.', 'Add --help'],
    [['probe', '--simulatd'], 'There is no flag --simulatd.', 'Did you mean --simulated?'],
    [['probe', '--fail', 'usag'], '--fail takes no "usag".', 'Did you mean usage?'],
  ])('%j exits 2 with the nearest that is', async (argv, message, suggestion) => {
    const {exitCode, stdout, stderr} = await runCli(argv, {commands: {probe: Probe}})

    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(suggestion)
  })
})

test.each(['', '  '])('an argument %j is refused: what it asks for is not what is meant', async (argument) => {
  const {exitCode, stderr} = await probe([argument])

  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('An argument is empty.')])
})

describe('a question', () => {
  test('that nobody can answer is a usage error', async () => {
    expect(await probe(['--ask'])).toMatchObject({exitCode: 2, stdout: ''})
  })

  test('answered yes goes on, on stderr', async () => {
    const {exitCode, stdout, stderr} = await probe(['a', '--ask', '--no-color'], {tty: {columns: 80}, stdin: 'y\n'})

    expect([exitCode, stdout]).toEqual([0, 'Name\na\n'])
    expect(stderr).toContain('Go on? [y/N]')
  })

  test.each(['n\n', '\n', ''])('answered %j does nothing', async (stdin) => {
    expect(await probe(['a', '--ask'], {tty: {columns: 80}, stdin})).toMatchObject({exitCode: 2, stdout: ''})
  })

  test('is skipped by --yes', async () => {
    expect(await probe(['a', '--ask', '--yes'])).toMatchObject({exitCode: 0, stdout: 'Name\na\n'})
  })
})

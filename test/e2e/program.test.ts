import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {spawnCli} from '../support/run-cli.js'

// The built program as a process: exit code, stdout and stderr together. Needs `npm run build`.

const {version} = JSON.parse(readFileSync('package.json', 'utf8'))

test.each([['--version'], ['-v'], ['--version', '--no-color']])('%s tells the version', async (...argv) => {
  const {exitCode, stdout, stderr} = await spawnCli(argv)

  expect(stdout).toMatch(new RegExp(`^bedrockctl/${version} ${process.platform}-${process.arch} node-v\\d+`))
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
})

test('the help goes to stdout and names the topics', async () => {
  const {exitCode, stdout, stderr} = await spawnCli(['--help'])

  expect(stdout).toContain('models')
  expect(stdout).toContain('sandbox')
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
})

test.each([
  {argv: ['models', 'lst'], says: 'models list'},
  {argv: ['models', 'list', '--ofline'], says: '--offline'},
  {argv: ['models', 'show', 'anthropic.claude-sonet-4-6', '--offline'], says: 'anthropic.claude-sonnet-4-6'},
  {argv: ['models', 'list', '--offline', '--region', 'eu-centrl-1'], says: 'eu-central-1'},
  {argv: ['models', 'list', '--sandbox=misconfigurd'], says: 'misconfigured'},
  {argv: ['sandbox', 'start', '--port', '0', '--scenario', './mine.json'], says: 'cannot be read'},
])('$argv is a usage error that names what was meant', async ({argv, says}) => {
  const {exitCode, stdout, stderr} = await spawnCli(argv)

  expect(stderr).toMatch(/^error {2}/)
  expect(stderr).toContain(says)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
})

test.each([
  {argv: ['models', 'lst', '--json'], exit: 2},
  {argv: ['models', 'list', '--offline', '--json', '--ofline'], exit: 2},
  {argv: ['models', 'show', 'nobody.nothing-v1', '--offline', '-o', 'json'], exit: 2},
  {argv: ['models', 'list', '--json', '--region', 'eu-central-1'], exit: 4},
])('$argv fails as one JSON document on stdout, with exit $exit', async ({argv, exit}) => {
  const {exitCode, stdout} = await spawnCli(argv)
  const document = JSON.parse(stdout)

  expect(compileSchema('error.json').validate(document)).toEqual([])
  expect(document.error.exitCode).toBe(exit)
  expect(exitCode).toBe(exit)
})

test('without credentials the error says how to go on without an account', async () => {
  const {exitCode, stdout, stderr} = await spawnCli(['models', 'list', '--region', 'eu-central-1'])

  expect(stderr).toMatch(/credentials/i)
  expect(stderr).toContain('--offline')
  expect(stderr).toContain('--sandbox')
  expect({exitCode, stdout}).toEqual({exitCode: 4, stdout: ''})
})

test('an endpoint nobody listens on is a service error, safe to try again', async () => {
  const {exitCode, stdout, stderr} = await spawnCli(['models', 'list', '--endpoint-url', 'http://127.0.0.1:9'], {
    env: {AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_REGION: 'eu-central-1', AWS_MAX_ATTEMPTS: '1'},
  })

  expect(stderr).toContain('127.0.0.1:9')
  expect({exitCode, stdout}).toEqual({exitCode: 5, stdout: ''})
})

test('a reader that goes away ends the program quietly', async () => {
  const child = spawn(process.execPath, ['bin/run.js', 'models', 'list', '--offline', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const exitCode = await new Promise((done) => child.once('close', done))

  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
})

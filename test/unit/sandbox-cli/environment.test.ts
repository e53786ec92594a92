import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {environmentView} from '../../../src/lib/sandbox-cli/render-environment.js'
import {describeEnvironment, oneRegion} from '../../../src/lib/sandbox-cli/sandbox-environment.js'
import {PIPE} from '../../support/terminals.js'

const SANDBOX = 'http://127.0.0.1:4599'
const result = describeEnvironment(SANDBOX, {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIA',
  AWS_SESSION_TOKEN: '',
})
const lines = async (shell: 'bash' | 'fish' | 'powershell') =>
  (await environmentView(shell).text?.(result, PIPE))?.split('\n')

test('an empty variable, a profile, an API key and other endpoints are unset, as they would win', () => {
  expect(result.environment).toEqual({AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIA'})
  expect(result.unset).toEqual(
    expect.arrayContaining([
      'AWS_SESSION_TOKEN',
      'AWS_PROFILE',
      'AWS_BEARER_TOKEN_BEDROCK',
      'AWS_ENDPOINT_URL_BEDROCK',
      'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    ]),
  )
})

test('what is set is not unset', () => {
  const {unset} = describeEnvironment(SANDBOX, {AWS_BEARER_TOKEN_BEDROCK: 'ABSK', AWS_ENDPOINT_URL_BEDROCK: SANDBOX})

  expect(unset).not.toContain('AWS_BEARER_TOKEN_BEDROCK')
  expect(unset).not.toContain('AWS_ENDPOINT_URL_BEDROCK')
})

test('each shell gets its own syntax, the label as a comment', async () => {
  const label = `# simulated: AWS clients of this shell talk to the sandbox at ${SANDBOX}`

  expect(await lines('bash')).toEqual(
    expect.arrayContaining([label, 'unset AWS_PROFILE', "export AWS_REGION='eu-central-1'"]),
  )
  expect(await lines('fish')).toEqual(
    expect.arrayContaining([label, 'set -e AWS_PROFILE;', "set -gx AWS_REGION 'eu-central-1';"]),
  )
  expect(await lines('powershell')).toEqual(
    expect.arrayContaining([
      label,
      'Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue',
      "$env:AWS_REGION = 'eu-central-1'",
    ]),
  )
})

describe('in a real shell', () => {
  test('any value arrives as it is, and a profile is gone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({minLength: 1, unit: 'grapheme-ascii'}), async (value) => {
        const text = await environmentView('bash').text?.(describeEnvironment(SANDBOX, {VALUE: value}), PIPE)
        const script = `${text}\nprintf '%s|%s' "$VALUE" "\${AWS_PROFILE-gone}"`
        const env = {PATH: process.env['PATH'] ?? '', AWS_PROFILE: 'real'}
        expect(execFileSync('sh', ['-c', script], {env, encoding: 'utf8'})).toBe(`${value}|gone`)
      }),
      {numRuns: 25},
    )
  })
})

test('a machine gets one variable a row, unset ones without a value', () => {
  const {rows, columns} = environmentView('bash')
  const table = rows(result).map((row) => columns(result).map((column) => column.value(row)))

  expect(table).toContainEqual(['AWS_REGION', 'eu-central-1'])
  expect(table).toContainEqual(['AWS_PROFILE', null])
})

test('a shell has one Region', () => {
  expect([oneRegion([]), oneRegion(['eu-west-1'])]).toEqual([undefined, 'eu-west-1'])
  for (const regions of [['all'], ['eu-west-1', 'us-east-1']]) {
    expect(() => oneRegion(regions)).toThrow('A shell has one Region at a time.')
  }
})

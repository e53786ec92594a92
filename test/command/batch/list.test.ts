import {expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const

test('jobs of the account are listed with what is known of them', async () => {
  const {exitCode, stdout} = await runCli(['batch', 'list', ...SANDBOX, '--json'])
  const {rows, simulated} = JSON.parse(stdout) as {
    readonly simulated: boolean
    readonly rows: readonly {readonly kind: string; readonly ageSeconds: number; readonly arn: string}[]
  }

  expect({exitCode, simulated}).toEqual({exitCode: 0, simulated: true})
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every(({ageSeconds, arn, kind}) => kind === 'job' && ageSeconds >= 0 && arn.startsWith('arn:'))).toBe(
    true,
  )
})

test('all Regions are read; those that are denied are named, and the others shown', async () => {
  const {exitCode, stdout} = await runCli(['batch', 'list', '--sandbox', '--region', 'all', '--json'])
  const {regions, unread} = JSON.parse(stdout) as {
    readonly regions: readonly string[]
    readonly unread: readonly {readonly region: string}[]
  }

  expect(regions.length).toBeGreaterThan(10)
  expect(exitCode).toBe(unread.length > 0 ? 6 : 0)
})

test('a group that nobody knows is refused', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'list', 'nowhere', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('No batch group is called nowhere')
})

test.each([
  ['--since', 'soon'],
  ['--columns', 'mood'],
  ['--sort', 'mood'],
])('%s %s is refused', async (flag, value) => {
  const {exitCode} = await runCli(['batch', 'list', ...SANDBOX, flag, value])

  expect(exitCode).toBe(2)
})

import {expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const

test('a job whose plan is not on this machine is refused', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'retry', 'night-classification', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('is no group whose plan is on this machine')
})

test('a class that there is not is refused', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'retry', 'pile', '--include', 'everything', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('--include')
})

import {expect, test} from 'vitest'
import {batchStopSchema} from '../../../src/lib/batch/stop/batch-stop.schema.js'
import {runCli} from '../../support/run-cli.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const

test('what has ended already is no reason to ask', async () => {
  const {exitCode, stdout} = await runCli(['batch', 'stop', 'night-classification', ...SANDBOX, '--json'])

  expect(exitCode).toBe(0)
  expect(batchStopSchema.parse(JSON.parse(stdout))).toMatchObject({
    dryRun: false,
    items: [{outcome: 'already-ended'}],
    next: ['bedrockctl batch collect night-classification'],
  })
})

test('what nobody knows is refused before anything is stopped', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'stop', 'night-classification', 'nowhere', ...SANDBOX, '--yes'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('nowhere')
})

import {expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const
const COMPLETED = 'night-classification'
const PARTIAL = 'night-classification-2'

test('jobs that have completed end it with 0, others with 3', async () => {
  const completed = await runCli(['batch', 'watch', COMPLETED, ...SANDBOX])
  const partial = await runCli(['batch', 'watch', PARTIAL, ...SANDBOX])

  expect([completed.exitCode, partial.exitCode]).toEqual([0, 3])
  expect(partial.stdout).toContain('PartiallyCompleted')
})

test('a machine gets one object a line, the end last', async () => {
  const {stdout} = await runCli(['batch', 'watch', COMPLETED, ...SANDBOX, '-o', 'ndjson'])
  const kinds = stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as {readonly kind: string}).kind)

  expect(kinds).toEqual(['state', 'progress', 'end'])
})

test('one document is asked for and one is given', async () => {
  const {stdout} = await runCli(['batch', 'watch', COMPLETED, ...SANDBOX, '--json'])

  expect(JSON.parse(stdout)).toMatchObject({end: 'ended', looks: 1, gate: {passed: true}, summary: {name: COMPLETED}})
})

test.each(['0s', 'soon', '500d'])('an interval of %s is refused', async (interval) => {
  const {exitCode, stderr} = await runCli(['batch', 'watch', COMPLETED, ...SANDBOX, '--interval', interval])

  expect(exitCode).toBe(2)
  expect(stderr).toContain(`--interval ${interval} is no time to wait.`)
})

import {expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const

test('a job is shown by its name, its id and its ARN alike', async () => {
  const listed = await runCli(['batch', 'list', ...SANDBOX, '--json'])
  const {rows} = JSON.parse(listed.stdout) as {
    readonly rows: readonly {readonly name: string; readonly id: string; readonly arn: string}[]
  }
  const [job] = rows

  for (const target of [job?.name, job?.id, job?.arn]) {
    const {exitCode, stdout} = await runCli(['batch', 'show', target ?? '', ...SANDBOX, '--json'])
    const {summary} = JSON.parse(stdout) as {readonly summary: {readonly arn: string}}

    expect({exitCode, arn: summary.arn}).toEqual({exitCode: 0, arn: job?.arn})
  }
})

test('what nobody knows is refused with where it was looked for', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'show', 'nowhere', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('No batch group or job is called nowhere in us-east-1')
})

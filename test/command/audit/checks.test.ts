import {describe, expect, test} from 'vitest'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

const checks = (...argv: readonly string[]) => runCli(['audit', 'checks', ...argv])

describe('audit checks', () => {
  test('the JSON answer fits its schema and holds every check with what it must be allowed', async () => {
    const {stdout, exitCode} = await checks('--json')
    const answer = JSON.parse(stdout)

    expect(exitCode).toBe(0)
    expect(compileSchema('audit-checks.json').validate(answer)).toEqual([])
    expect(answer.checks).toHaveLength(74)
    expect(answer.checks.filter(({actions}: {actions: string[]}) => actions.length === 0)).toEqual([])
  })

  test('one check is shown whole', async () => {
    const {stdout} = await checks('--check', 'EP-05')

    expect(stdout).toMatch(/^fails when/m)
    expect(stdout).toMatch(/^unknown when/m)
    expect(stdout).toContain('ec2:DescribeVpcEndpoints')
  })

  test('a family in another case and a list of ids are understood', async () => {
    const {stdout} = await checks('--check', 'ep-05,EP-04', '--query', 'checks[].id', '--json')

    expect(JSON.parse(stdout)).toEqual(['EP-04', 'EP-05'])
  })

  test.each([
    [['--check', 'EP-99'], 'EP-99'],
    [['--family', 'NET'], 'NET'],
  ])('%j is refused', async (argv, word) => {
    const {stderr, exitCode} = await checks(...argv)

    expect(exitCode).toBe(2)
    expect(stderr).toContain(word)
  })

  test.each([60, 80, 120])('list and page fit a terminal of %i columns', async (columns) => {
    for (const argv of [[], ['--check', 'EP-05']]) {
      const {stdout} = await runCli(['audit', 'checks', ...argv], {tty: {columns}, env: {NO_COLOR: '1'}})

      const long = stdout.split('\n').filter((line) => line.length > columns && !line.includes('https://'))
      expect(long).toEqual([])
    }
  })
})

import {describe, expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {runCli} from '../support/run-cli.js'

const readiness = (...argv: readonly string[]) => runCli(['readiness', ...argv])

describe('readiness', () => {
  test('an account in order is ready, and the gate passes', async () => {
    const {stdout, exitCode} = await readiness('--sandbox=clean', '--fail-if-not-ready', '--json')
    const answer = JSON.parse(stdout)

    expect(exitCode).toBe(0)
    expect(compileSchema('readiness.json').validate(answer)).toEqual([])
    expect(answer).toMatchObject({simulated: true, answer: 'READY'})
  })

  test('one that is not ready is told with exit 0, and stops the gate with 3', async () => {
    const told = await readiness('--sandbox=misconfigured')
    const gated = await readiness('--sandbox=misconfigured', '--fail-if-not-ready')

    expect([told.exitCode, gated.exitCode]).toEqual([0, 3])
    expect(told.stdout).toContain('NOT READY')
  })

  test('where little could be read it is partial, and the gate closes', async () => {
    const told = await readiness('--sandbox=denied')
    const gated = await readiness('--sandbox=denied', '--fail-if-not-ready')

    expect([told.exitCode, gated.exitCode]).toEqual([6, 3])
  })

  test.each([60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    const argv = ['readiness', '--sandbox=misconfigured']
    const {stdout} = await runCli(argv, {tty: {columns}, env: {NO_COLOR: '1'}})

    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([])
  })
})

import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {runCli} from '../support/run-cli.js'

const PROJECT = 'data/sandbox/projects/misconfigured.yaml'

let folder: string
/** An account that is far from ready, read once. */
let saved: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-readiness-'))
  const file = join(folder, 'misconfigured.json')
  const regions = ['--region', 'eu-central-1,us-east-1,eu-west-1']
  await runCli(['account', 'snapshot', '--sandbox=misconfigured', '--for', 'audit', ...regions, '--out', file])
  saved = ['--from', file, '--project', PROJECT]
}, 30_000)
afterAll(() => rm(folder, {recursive: true}))

describe('readiness', () => {
  test('an account in order is ready, and the gate passes', async () => {
    const {stdout, exitCode} = await runCli(['readiness', '--sandbox=clean', '--fail-if-not-ready', '--json'])
    const answer = JSON.parse(stdout)

    expect(exitCode).toBe(0)
    expect(compileSchema('readiness.json').validate(answer)).toEqual([])
    expect(answer).toMatchObject({simulated: true, answer: 'READY'})
  })

  test('one that is not ready is told with exit 0, and stops the gate with 3', async () => {
    const told = await runCli(['readiness', ...saved])
    const gated = await runCli(['readiness', ...saved, '--fail-if-not-ready'])

    expect([told.exitCode, gated.exitCode]).toEqual([0, 3])
    expect(told.stdout).toContain('NOT READY')
  })

  test('where little could be read it is partial, and the gate closes', async () => {
    const told = await runCli(['readiness', '--sandbox=denied'])
    const gated = await runCli(['readiness', '--sandbox=denied', '--fail-if-not-ready'])

    expect([told.exitCode, gated.exitCode]).toEqual([6, 3])
  })

  test.each([60, 80, 120])('fits a terminal of %i columns', async (columns) => {
    const {stdout} = await runCli(['readiness', ...saved], {tty: {columns}, env: {NO_COLOR: '1'}})

    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([])
  })
})

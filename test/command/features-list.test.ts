import {describe, expect, test} from 'vitest'
import {compileSchema} from '../support/json-schema.js'
import {runCli} from '../support/run-cli.js'

const SONNET = 'anthropic.claude-sonnet-4-6'

describe('features list', () => {
  test.each([
    [[]],
    [['guardrails', '--region', 'eu-central-1', '--fail-if-missing']],
    [['guardrails', '--same-as', SONNET, '--offline']],
    [['guardrails', '--same-as', SONNET, '--sandbox', '--region', 'us-east-1,eu-west-2']],
  ])('the JSON answer fits its schema: %j', async (argv) => {
    const {stdout, exitCode} = await runCli(['features', 'list', ...argv, '--json'])

    expect(exitCode).toBe(0)
    expect(compileSchema('features-list.json').validate(JSON.parse(stdout))).toEqual([])
  })

  test('a matrix of few Regions, with the age of the facts under it', async () => {
    const {stdout} = await runCli(['features', 'list', '--region', 'us-east-1,ap-southeast-6'])

    expect(stdout).toMatch(/^FEATURE +us-east-1 +ap-southeast-6/)
    expect(stdout).toMatch(/^custom-model-import +yes +unknown/m)
    expect(stdout).toMatch(/\d+ of 2026-01-25/)
  })

  test('one feature is told as lists of Regions', async () => {
    const {stdout} = await runCli(['features', 'list', 'custom-model-import'])

    expect(stdout).toMatch(/^ {2}offered 4 +eu-central-1 us-east-1 us-east-2 us-west-2$/m)
    expect(stdout).toMatch(/^ {2}unknown \d+ +.*ap-southeast-6/m)
  })

  test('where a model and a feature meet, best first, is read live', async () => {
    const argv = ['features', 'list', 'guardrails', '--same-as', SONNET, '--sandbox', '--region', 'us-east-1,eu-west-2']
    const {stdout} = await runCli([...argv, '--json'])

    const {sameAs, simulated} = JSON.parse(stdout)
    expect(simulated).toBe(true)
    expect(sameAs.regions.map(({region, route}: {region: string; route: {id: string}}) => [region, route.id])).toEqual([
      ['eu-west-2', SONNET],
      ['us-east-1', `us.${SONNET}`],
    ])
  })

  test.each([
    [['custom-model-import', '--region', 'eu-west-3', '--fail-if-missing'], 3],
    [['guardrails', '--region', 'eu-west-3', '--fail-if-missing'], 0],
    [['fine-tuning', '--same-as', SONNET, '--offline', '--fail-if-missing'], 3],
  ])('%j exits %i', async (argv, code) => {
    expect((await runCli(['features', 'list', ...argv])).exitCode).toBe(code)
  })

  test('a slip in a feature’s name is told with what is near', async () => {
    const {stderr, exitCode} = await runCli(['features', 'list', 'guardrials'])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('Did you mean guardrails')
  })
})

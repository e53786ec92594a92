import {expect, test} from 'vitest'
import {importsDeleteSchema} from '../../../src/lib/imports/delete/imports-delete.schema.js'
import {importsListSchema} from '../../../src/lib/imports/list/imports-list.schema.js'
import {importsShowSchema} from '../../../src/lib/imports/show/imports-show.schema.js'
import {runCli} from '../../support/run-cli.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const
const MODEL_ARN = 'arn:aws:bedrock:us-east-1:111122223333:imported-model/1mp0rt123456'

test('imports are listed with the models they made, and those that failed', async () => {
  const {exitCode, stdout} = await runCli(['imports', 'list', ...SANDBOX, '--json'])
  const {rows} = importsListSchema.parse(JSON.parse(stdout))

  expect(exitCode).toBe(0)
  expect(rows).toMatchObject([
    {name: 'house-llama', state: 'Completed', architecture: 'llama', converse: true, modelArn: MODEL_ARN},
    {name: 'house-llama', state: 'Failed', architecture: null, modelArn: null},
  ])
})

test('a list can be narrowed to a state, and says so when nothing is left', async () => {
  const failed = await runCli(['imports', 'list', ...SANDBOX, '--state', 'failed', '-o', 'csv'])
  const none = await runCli(['imports', 'list', ...SANDBOX, '--state', 'InProgress'])

  expect(failed.stdout.trim().split('\n')).toHaveLength(2)
  expect(none.stdout).toContain('No imports match.')
})

test('all Regions are those that import models', async () => {
  const {stdout} = await runCli(['imports', 'list', '--sandbox', '--region', 'all', '--json'])

  expect(importsListSchema.parse(JSON.parse(stdout)).regions.toSorted()).toEqual([
    'eu-central-1',
    'us-east-1',
    'us-east-2',
    'us-west-2',
  ])
})

test.each(['house-llama', '1mp0rt123456', MODEL_ARN])('%s is shown with its units and what they cost', async (name) => {
  const {exitCode, stdout} = await runCli(['imports', 'show', name, ...SANDBOX, '--json'])
  const {cost, import: row, next, ...rest} = importsShowSchema.parse(JSON.parse(stdout))

  expect(exitCode).toBe(0)
  expect(rest).toMatchObject({unitsPerCopy: 2, unitsVersion: 'v1.0', failure: null})
  expect(row).toMatchObject({name: 'house-llama', state: 'Completed', modelArn: MODEL_ARN})
  // 2 units × 5 minutes × $0.05718, and 2 × $1.95 (Price List, 2026).
  expect(cost).toMatchObject({perWindow: 0.5718, perHour: 6.8616, storagePerMonth: 3.9})
  expect(next).toEqual(['bedrockctl imports invoke house-llama --prompt "Say hello." --region us-east-1'])
})

test('an import that failed is shown with why, and what to do', async () => {
  const {exitCode, stdout} = await runCli(['imports', 'show', 'import-house-llama-first-try', ...SANDBOX])

  expect(exitCode).toBe(0)
  expect(stdout).toContain('config.json')
  expect(stdout).toContain('bedrockctl imports check s3://sandbox-models-111122223333/house-llama-broken/')
})

test('what nobody knows is refused, and where to look is said', async () => {
  const {exitCode, stderr} = await runCli(['imports', 'show', 'nothing', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is no import nothing in us-east-1.')
})

test('an ARN of another Region than --region names is a contradiction', async () => {
  const {exitCode, stderr} = await runCli(['imports', 'show', MODEL_ARN, '--sandbox', '--region', 'eu-central-1'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('is in us-east-1, and --region names eu-central-1')
})

test('a model is deleted once its name is given, and not by --yes alone', async () => {
  const look = await runCli(['imports', 'delete', 'house-llama', ...SANDBOX, '--dry-run', '--json'])
  const unnamed = await runCli(['imports', 'delete', 'house-llama', ...SANDBOX, '--yes'])
  const wrong = await runCli(['imports', 'delete', 'house-llama', ...SANDBOX, '--confirm', 'house'])
  const deleted = await runCli(['imports', 'delete', '1mp0rt123456', ...SANDBOX, '--confirm', 'house-llama', '--json'])

  expect(importsDeleteSchema.parse(JSON.parse(look.stdout))).toMatchObject({
    outcome: 'would-delete',
    model: {name: 'house-llama', arn: MODEL_ARN},
    cost: {storagePerMonth: 3.9},
  })
  expect([unnamed.exitCode, wrong.exitCode]).toEqual([2, 2])
  expect(unnamed.stderr).toContain('--confirm house-llama')
  expect(importsDeleteSchema.parse(JSON.parse(deleted.stdout))).toMatchObject({outcome: 'deleted'})
})

test('an import that made no model has nothing to delete', async () => {
  const {exitCode, stderr} = await runCli(['imports', 'delete', 'import-house-llama-first-try', ...SANDBOX])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('has made no model')
})

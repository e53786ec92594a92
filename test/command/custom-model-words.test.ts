import {expect, test} from 'vitest'
import {offerWords} from '../../src/lib/capacity/create/render-create.js'
import {customizationStage} from '../support/customization-stage.js'
import {runCli} from '../support/run-cli.js'
import {BUCKET} from '../support/tuning-scenario.js'

const EXAMPLES = 'examples/custom-models'
const NOVA = ['--base-model', 'amazon.nova-2-lite-v1:0', '--type', 'fine-tuning']

test('one epoch is told as one', async () => {
  const check = ['customizations', 'check', `${EXAMPLES}/tickets.jsonl`, ...NOVA, '--region', 'us-east-1', '--offline']
  const one = await runCli([...check, '--epochs', '1'])
  const three = await runCli([...check, '--epochs', '3'])

  expect(one.stdout).toContain('× 1 epoch (')
  expect(three.stdout).toContain('× 3 epochs (')
})

test('units of a model that is smaller than those of published units are not told as between them', async () => {
  const {stdout} = await runCli(['imports', 'check', `${EXAMPLES}/tiny-llama`, '--region', 'us-east-1', '--offline'])
  const [prices = ''] = /prices: [^\n]*(\n {8}[^\n]*)*/.exec(stdout) ?? []
  const days = prices.match(/\d{4}-\d\d-\d\d/g) ?? []

  expect(stdout).not.toContain('between the two models')
  expect(days.length).toBeGreaterThan(0)
  expect(days).toEqual([...new Set(days)])
})

test('a name that is taken is mended by a sentence', async () => {
  const {stdout} = await runCli(
    [
      'imports',
      'check',
      `${EXAMPLES}/tiny-llama`,
      '--name',
      'house-llama',
      '--region',
      'us-east-1',
      '--sandbox',
    ].concat(['--role', 'BedrockImport', '--json']),
  )

  expect(JSON.parse(stdout).findings).toMatchObject([{check: 'IMP-32', fix: 'Use another --name.'}])
})

test('where nothing is idle that is said, not that there is no capacity', async () => {
  const {exitCode, stdout} = await runCli(['capacity', 'list', '--idle', '--region', 'us-east-1', '--sandbox'])

  expect(exitCode).toBe(0)
  expect(stdout).toContain('has been idle for 7d')
  expect(stdout).not.toContain('No capacity')
})

test('capacity without a price that is known is told as such', () => {
  const words = offerWords({commitment: 'none', committed: null, endsOn: null, hourly: null})

  expect(words).toBe('no price is known; billed until it is deleted, called or not; it can be deleted at any time')
})

test('the file of a job that was made before is told as there, not as to be uploaded', async () => {
  const {run} = await customizationStage({secondsALook: 20})
  const data = ['--data', 'examples/customizations/tone.jsonl', '--staging', `s3://${BUCKET}/staging`]
  const create = ['customizations', 'create', '--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning'].concat([
    ...data,
    '--results',
    `s3://${BUCKET}/out`,
    '--role',
    'BedrockTuning',
    '--yes',
  ])

  const first = await run(create)
  const again = await run(create)

  expect(first.stdout).toMatch(/^data {8}\S+, uploaded to s3:/m)
  expect(first.stdout).toMatch(/^made {8}arn:/m)
  expect(again.stdout).toMatch(/^data {8}\S+, there already as s3:/m)
})

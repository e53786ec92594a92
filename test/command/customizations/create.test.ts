import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeAll, describe, expect, test} from 'vitest'
import {
  type CustomizationStage,
  type CustomizationStageOptions,
  customizationStage,
} from '../../support/customization-stage.js'
import {BUCKET, converseLines} from '../../support/tuning-scenario.js'

const WORDS = [
  ...['customizations', 'create', '--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning'],
  ...['--results', `s3://${BUCKET}/out`, '--role', 'BedrockTuning'],
]
const FROM_S3 = [...WORDS, '--data', `s3://${BUCKET}/in/train.jsonl`]

interface Told {
  readonly jobName: string
  readonly outcome: string
  readonly gate: {readonly passed: boolean; readonly failures: readonly string[]}
  readonly [member: string]: unknown
}

/** A stage whose role is known to IAM as it is to Bedrock. */
async function stageFor(options: CustomizationStageOptions = {}) {
  const stage = await customizationStage({secondsALook: 20, ...options})
  const told = async (argv: readonly string[]) => {
    const {exitCode, stderr, stdout} = await stage.run([...argv, '--json'])
    return {exitCode, stderr, told: JSON.parse(stdout) as Told}
  }
  return {...stage, told}
}

function jobsOf({sandbox}: CustomizationStage): number {
  return sandbox.journal.filter(({operation}) => operation === 'CreateModelCustomizationJob').length
}

test('a dry run shows hyperparameters with ranges and defaults, rows, price and checks, and makes nothing', async () => {
  const stage = await stageFor()

  const {told} = await stage.told([...FROM_S3, '--hyperparameter', 'epochCount=3', '--dry-run'])

  expect(told).toMatchObject({
    outcome: 'dry-run',
    baseModel: 'amazon.nova-lite-v1:0:300k',
    gate: {passed: true, failures: []},
    dataset: {checked: true, errors: 0, tokens: expect.any(Number)},
    hyperparameters: [
      {name: 'epochCount', value: '3', from: 'given', range: '1 to 5', problem: null},
      {name: 'learningRate', value: '0.00001', from: 'default', range: '0.000001 to 0.0001'},
      {name: 'learningRateWarmupSteps', value: '10', from: 'default', range: '0 to 100'},
    ],
    preflight: expect.arrayContaining([
      expect.objectContaining({id: 'role-trust', verdict: 'ok'}),
      expect.objectContaining({id: 'role-read', verdict: 'ok'}),
      expect.objectContaining({id: 'model-name', verdict: 'ok'}),
    ]),
  })
  expect(jobsOf(stage)).toBe(0)
})

test('a number written otherwise makes the same job', async () => {
  const stage = await stageFor()

  const first = await stage.told([...FROM_S3, '--hyperparameter', 'learningRate=1e-5', '--yes'])
  const second = await stage.told([...FROM_S3, '--hyperparameter', 'learningRate=0.00001', '--yes'])

  expect([first.told.outcome, second.told.outcome]).toEqual(['created', 'already-made'])
  expect(second.told.jobName).toBe(first.told.jobName)
  expect(jobsOf(stage)).toBe(1)
})

test('a hyperparameter given twice, and an ARN of another Region than --region, are refused', async () => {
  const stage = await stageFor()
  const arn = 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0'
  const named = FROM_S3.map((word) => (word === 'amazon.nova-lite-v1:0' ? arn : word))

  const twice = await stage.run([...FROM_S3, '--hyperparameter', 'epochCount=2', '--hyperparameter', 'epochCount=3'])
  const elsewhere = await stage.run([...named, '--region', 'us-east-1', '--dry-run'])
  const there = await stage.told([...named, '--dry-run'])

  expect([twice.exitCode, twice.stderr]).toEqual([2, expect.stringContaining('gives epochCount twice')])
  expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([2, expect.stringContaining('The base is in us-west-2')])
  expect(there.told).toMatchObject({region: 'us-west-2', gate: {passed: false}})
})

test('the same words make one job, and are told so the second time', async () => {
  const stage = await stageFor()

  const first = await stage.told([...FROM_S3, '--yes'])
  const second = await stage.told([...FROM_S3, '--yes', '--wait'])

  expect([first.exitCode, first.told.outcome]).toEqual([0, 'created'])
  expect([second.exitCode, second.told.outcome]).toEqual([0, 'already-made'])
  expect(second.told.jobName).toBe(first.told.jobName)
  expect(first.told.jobName).toMatch(/^nova-lite-v1-[0-9a-f]{8}$/)
  expect(second.told['job']).toMatchObject({state: 'Completed'})
  expect(jobsOf(stage)).toBe(1)
})

test('another job of the same name is refused with what differs', async () => {
  const stage = await stageFor()
  await stage.told([...FROM_S3, '--name', 'tone', '--yes'])

  const {exitCode, stderr} = await stage.run([
    ...FROM_S3,
    '--name',
    'tone',
    '--hyperparameter',
    'epochCount=4',
    '--yes',
  ])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is a customization job tone already, made otherwise.')
  expect(stderr).toContain('Not the same: hyperparameters.')
})

test.each([
  ['epochCount=9', 'epochCount must be a whole number, 1 to 5, not 9.'],
  ['epochCount=1.5', 'epochCount must be a whole number, 1 to 5, not 1.5.'],
  ['learningRate=1', 'learningRate must be 0.000001 to 0.0001, not 1.'],
  ['epochcount=2', 'Did you mean epochCount?'],
])('%s is refused before anything is sent', async (pair, said) => {
  const stage = await stageFor()

  const {exitCode, told} = await stage.told([...FROM_S3, '--hyperparameter', pair, '--skip-checks', '--yes'])

  expect([exitCode, told.outcome]).toEqual([3, 'refused'])
  expect(told.gate.failures.join('\n')).toContain(said)
  expect(jobsOf(stage)).toBe(0)
})

test('rows that would fail are refused, and --skip-checks says what it skips', async () => {
  const stage = await stageFor({records: 3})

  const checked = await stage.told([...FROM_S3, '--yes'])
  const skipped = await stage.told([...FROM_S3, '--skip-checks', '--dry-run'])

  expect([checked.exitCode, checked.told.outcome]).toEqual([3, 'refused'])
  expect(checked.told.gate.failures.join('\n')).toMatch(/data: .*rows/)
  expect(skipped.told['skipped']).toEqual(['rows of the data', 'role, buckets, keys and network', 'names and quotas'])
  expect(jobsOf(stage)).toBe(0)
})

test('a role that may not write is refused with what mends it', async () => {
  const stage = await stageFor()
  const argv = FROM_S3.map((word) => (word === 'BedrockTuning' ? 'ReadOnly' : word))

  const {exitCode, told} = await stage.told([...argv, '--yes'])

  expect(exitCode).toBe(3)
  expect(told['preflight']).toContainEqual(expect.objectContaining({id: 'role-write', verdict: 'fail'}))
  expect(JSON.stringify(told['preflight'])).toContain('bedrockctl iam generate --workload customization')
})

test('nothing is made without a yes', async () => {
  const stage = await stageFor()

  const {exitCode, stderr} = await stage.run(FROM_S3)

  expect(exitCode).toBe(2)
  expect(stderr).toContain('Make the job nova-lite-v1-')
  expect(jobsOf(stage)).toBe(0)
})

test('--wait ends with 3 when the job fails, and tells what to do', async () => {
  const message = 'Encountered an unexpected error when processing the request, please try again'
  const stage = await stageFor({region: {customization: {outcomes: [{phase: 'training', message}]}}})

  const {exitCode, told} = await stage.told([...FROM_S3, '--yes', '--wait'])

  expect(exitCode).toBe(3)
  expect(told).toMatchObject({outcome: 'created', job: {state: 'Failed'}, failure: {message, kind: 'service'}})
})

describe('a file of this machine', () => {
  let file: string
  beforeAll(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'tuning-data-')), 'my train.jsonl')
    await writeFile(file, converseLines(50))
  })

  test('is uploaded once, under a name of its bytes', async () => {
    const stage = await stageFor()
    const argv = [...WORDS, '--data', file, '--staging', `s3://${BUCKET}/in`]

    const dry = await stage.told([...argv, '--dry-run'])
    const first = await stage.told([...argv, '--yes'])
    const second = await stage.told([...argv, '--hyperparameter', 'epochCount=1', '--yes'])

    expect(dry.told['data']).toMatchObject([{upload: 'would-upload', source: file}])
    expect(first.told['data']).toMatchObject([
      {upload: 'uploaded', uri: expect.stringMatching(new RegExp(`^s3://${BUCKET}/in/[0-9a-f]{16}-my-train.jsonl$`))},
    ])
    expect(second.told['data']).toMatchObject([{upload: 'already-there'}])
    expect(jobsOf(stage)).toBe(2)
  })

  test('needs a place to be uploaded to', async () => {
    const stage = await stageFor()

    const {exitCode, stderr} = await stage.run([...WORDS, '--data', file, '--dry-run'])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('--staging s3://BUCKET/PREFIX')
  })
})

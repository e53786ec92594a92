import {
  BedrockClient,
  CreateModelCustomizationJobCommand,
  type CreateModelCustomizationJobCommandInput,
} from '@aws-sdk/client-bedrock'
import {expect, test} from 'vitest'
import {type CustomizationStageOptions, customizationStage} from '../../support/customization-stage.js'
import {clientSettings} from '../../support/sandbox-clients.js'
import {BUCKET, ROLE} from '../../support/tuning-scenario.js'

const REQUEST: CreateModelCustomizationJobCommandInput = {
  jobName: 'tone-1',
  customModelName: 'tone',
  roleArn: ROLE,
  baseModelIdentifier: 'amazon.nova-lite-v1:0:300k',
  trainingDataConfig: {s3Uri: `s3://${BUCKET}/in/train.jsonl`},
  validationDataConfig: {validators: [{s3Uri: `s3://${BUCKET}/in/validation.jsonl`}]},
  outputDataConfig: {s3Uri: `s3://${BUCKET}/out`},
  hyperParameters: {epochCount: '2', learningRate: '0.00001', learningRateWarmupSteps: '0'},
}

/** A job made by somebody's SDK, and the command line. */
async function stageWithJob(options: CustomizationStageOptions = {}) {
  const stage = await customizationStage(options)
  const client = new BedrockClient(clientSettings(stage.sandbox, 'us-east-1'))
  const {jobArn: arn = ''} = await client.send(new CreateModelCustomizationJobCommand(REQUEST))
  return {stage, arn, run: (argv: readonly string[]) => stage.run(['customizations', ...argv])}
}

test('a job is watched by phase with its metrics to its end, one object a line', async () => {
  const {arn, run} = await stageWithJob({secondsALook: 5})

  const {exitCode, stdout} = await run(['watch', arn, '-o', 'ndjson', '--interval', '1s'])

  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(exitCode).toBe(0)
  expect(lines[0]).toMatchObject({kind: 'state', from: null, to: 'InProgress', name: 'tone-1', simulated: true})
  expect(lines.filter(({kind}) => kind === 'phase').map(({phase, to}) => `${String(phase)} ${String(to)}`)).toContain(
    'training Completed',
  )
  expect(lines.filter(({kind}) => kind === 'metrics').at(-1)).toMatchObject({
    values: expect.arrayContaining([
      {name: 'training_loss', of: 'training', step: expect.any(Number), value: expect.any(Number)},
      expect.objectContaining({name: 'validation_loss', of: 'validation'}),
    ]),
  })
  expect(lines.at(-1)).toMatchObject({kind: 'end', end: 'ended', passed: true, job: {state: 'Completed'}})
})

test('a job that failed ends with 3, its text and what mends it', async () => {
  const message = 'Unable to parse Amazon S3 file: train.jsonl. Data files must conform to JSONL format.'
  const {run, stage} = await stageWithJob({region: {customization: {outcomes: [{phase: 'validation', message}]}}})
  await stage.pass(60)

  const {exitCode, stdout} = await run(['watch', 'tone-1'])
  const shown = await run(['show', 'tone-1', '--json'])

  expect(exitCode).toBe(3)
  expect(stdout).toContain(message)
  expect(stdout).toContain('bedrockctl customizations check DATA')
  expect(JSON.parse(shown.stdout)).toMatchObject({failure: {message, kind: 'data'}, job: {state: 'Failed'}})
})

test('a wait that is over ends with 7, and the job goes on', async () => {
  const {run, stage} = await stageWithJob({region: {customization: {queueSeconds: 3600}}})
  await stage.pass(30)

  const {exitCode, stdout} = await run(['watch', 'tone-1', '--timeout', '0s'])

  expect(exitCode).toBe(7)
  expect(stdout).toContain('queued for training capacity')
  expect(stdout).toContain('The wait is over; the job goes on.')
})

test('metrics are a chart, lines of CSV and one page without network', async () => {
  const {run, stage} = await stageWithJob()
  await stage.pass(120)

  const [text, csv, page] = [
    await run(['metrics', 'tone-1']),
    await run(['metrics', 'tone-1', '-o', 'csv']),
    await run(['metrics', 'tone-1', '-o', 'html']),
  ]

  expect(text.stdout).toContain('loss of tone-1 by step')
  expect(text.stdout).toContain('validation_loss')
  expect(csv.stdout.split('\n')[0]).toBe('step,epoch,of,metric,value,simulated')
  expect(csv.stdout.split('\n').length).toBeGreaterThan(100)
  expect(page.stdout).toMatch(/^<!doctype html>/)
  expect(page.stdout).not.toMatch(/(?:src|href)="https?:|<script/)
})

test('before a job has written any, metrics say so and nothing failed', async () => {
  const {run} = await stageWithJob()

  const {exitCode, stdout} = await run(['metrics', 'tone-1'])

  expect(exitCode).toBe(0)
  expect(stdout).toContain('It has written no metrics yet.')
})

test('list and show tell what a job is at, whatever names it', async () => {
  const {arn, run, stage} = await stageWithJob()
  await stage.pass(120)

  const listed = await run(['list', '--json'])
  const [byName, byId] = [
    await run(['show', 'tone-1', '--json']),
    await run(['show', arn.slice(arn.lastIndexOf('/') + 1), '--json']),
  ]

  expect(JSON.parse(listed.stdout)).toMatchObject({jobs: [{name: 'tone-1', state: 'Completed', modelName: 'tone'}]})
  expect(JSON.parse(byName.stdout)).toMatchObject({
    job: {arn, phases: [{name: 'validation', state: 'Completed'}, {}, {name: 'training', seconds: 10}]},
    model: {name: 'tone', state: 'Active'},
    servedBy: [],
    metrics: expect.arrayContaining([expect.objectContaining({name: 'training_loss'})]),
  })
  expect(JSON.parse(byId.stdout)).toMatchObject({job: {arn}})
})

test('a job that is stopped says what it means, and stopping it twice does no harm', async () => {
  const {run, stage} = await stageWithJob({region: {customization: {trainingSeconds: 3600}}})
  await stage.pass(60)

  const asked = await run(['stop', 'tone-1'])
  const first = await run(['stop', 'tone-1', '--yes', '--json'])
  await stage.pass(60)
  const second = await run(['stop', 'tone-1', '--yes', '--json'])

  expect(asked.exitCode).toBe(2)
  expect(asked.stderr).toContain('Tokens that were trained are charged')
  expect(JSON.parse(first.stdout)).toMatchObject({jobs: [{name: 'tone-1', outcome: 'stopping'}]})
  expect(JSON.parse(second.stdout)).toMatchObject({jobs: [{state: 'Stopped', outcome: 'already-ended'}]})
})

test('a job that is not there is a mistake with a way on', async () => {
  const {run} = await stageWithJob()

  const {exitCode, stderr} = await run(['watch', 'nobody'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is no customization job nobody in us-east-1.')
})

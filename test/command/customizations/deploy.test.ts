import {expect, test} from 'vitest'
import {type CustomizationStageOptions, customizationStage} from '../../support/customization-stage.js'
import {BUCKET} from '../../support/tuning-scenario.js'

const CREATE = [
  ...[
    'create',
    '--base-model',
    'amazon.nova-lite-v1:0',
    '--type',
    'fine-tuning',
    '--name',
    'tone',
    '--yes',
    '--skip-checks',
  ],
  ...['--data', `s3://${BUCKET}/in/train.jsonl`, '--validation', `s3://${BUCKET}/in/validation.jsonl`],
  ...['--results', `s3://${BUCKET}/out`, '--role', 'BedrockTuning', '--hyperparameter', 'epochCount=2'],
]

async function stageFor(options: CustomizationStageOptions = {}) {
  const stage = await customizationStage({secondsALook: 30, ...options})
  const ask = async (topic: string, argv: readonly string[]) => {
    const {exitCode, stderr, stdout} = await stage.run([topic, ...argv, '--json'])
    return {exitCode, stderr, told: JSON.parse(stdout) as Record<string, unknown>}
  }
  const calls = (operation: string) => stage.sandbox.journal.filter((entry) => entry.operation === operation).length
  /** Has it made, and lets the hour pass that it takes. */
  const tune = async (words: readonly string[] = CREATE) => {
    await ask('customizations', words)
    await stage.pass(3600)
  }
  return {...stage, ask, calls, tune}
}

test('deploying twice deploys once, and what is served is asked and not deleted', async () => {
  const {ask, calls, tune} = await stageFor()
  await tune()

  const first = await ask('customizations', ['deploy', 'tone', '--yes', '--wait', '--interval', '1s'])
  const second = await ask('customizations', ['deploy', 'tone', '--yes'])
  const answered = await ask('customizations', ['invoke', 'tone', '--prompt', 'Where is my order?'])
  const kept = await ask('customizations', ['delete', 'tone', '--confirm', 'tone'])

  expect([first.told['outcome'], second.told['outcome']]).toEqual(['in-service', 'exists'])
  expect(second.told['arn']).toBe(first.told['arn'])
  expect(answered.told).toMatchObject({answer: expect.any(String), target: {kind: 'deployment', name: 'tone'}})
  expect([kept.exitCode, kept.told['outcome']]).toEqual([3, 'refused'])
  expect(calls('CreateCustomModelDeployment')).toBe(1)
  expect(calls('DeleteCustomModel')).toBe(0)
}, 60_000)

test('what was deployed and deleted is deployed again, though the words are the same', async () => {
  const {ask, pass, tune} = await stageFor()
  await tune()
  const deploy = ['deploy', 'tone', '--yes']
  const first = await ask('customizations', deploy)
  await pass(600)
  await ask('capacity', ['delete', 'tone', '--confirm', 'tone'])
  const second = await ask('customizations', deploy)

  expect([first.told['outcome'], second.told['outcome']]).toEqual(['created', 'created'])
  expect(second.told['arn']).not.toBe(first.told['arn'])
}, 60_000)

test('deploy says which way it takes, why and at what price, and a dry run makes nothing', async () => {
  const {ask, calls, tune} = await stageFor()
  await tune()

  const onDemand = await ask('customizations', ['deploy', 'tone', '--dry-run'])
  const units = await ask('customizations', ['deploy', 'tone', '--provisioned', '--dry-run'])

  expect(onDemand.told).toMatchObject({
    way: 'on-demand',
    why: expect.stringContaining('tokens are paid, no hours'),
    outcome: 'would-create',
    price: [{per: '1M tokens'}, {per: '1M tokens'}],
  })
  expect(units.told).toMatchObject({way: 'provisioned-throughput', provisioned: {units: 1, commitment: 'none'}})
  expect(calls('CreateCustomModelDeployment') + calls('CreateProvisionedModelThroughput')).toBe(0)
})

test('a model that nothing serves is not invoked, and what deploys it is named', async () => {
  const {run, tune} = await stageFor()
  await tune()

  const {exitCode, stderr} = await run(['customizations', 'invoke', 'tone', '--prompt', 'Hello'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('Nothing serves tone')
  expect(stderr).toContain('bedrockctl customizations deploy tone')
})

test('a deployment of another model keeps its name', async () => {
  const {ask, run, tune} = await stageFor()
  await tune()
  await tune(CREATE.map((word) => (word === 'tone' ? 'tone2' : word)))
  await ask('customizations', ['deploy', 'tone', '--name', 'live', '--yes'])

  const {exitCode, stderr} = await run(['customizations', 'deploy', 'tone2', '--name', 'live', '--yes'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is a deployment live already, of another model.')
})

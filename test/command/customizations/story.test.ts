import {expect, test} from 'vitest'
import {type CustomizationStageOptions, customizationStage} from '../../support/customization-stage.js'
import {BUCKET} from '../../support/tuning-scenario.js'

const CREATE = [
  ...['create', '--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning', '--name', 'tone', '--yes'],
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
  return {...stage, ask, calls}
}

test('customise, watch, deploy, invoke and delete: each twice, and once done', async () => {
  const {ask, calls} = await stageFor()

  for (const [job, deployment, deletion, model] of [
    ['created', 'in-service', 'deleted', 'deleted'],
    ['already-made', undefined, undefined, 'gone'],
  ]) {
    const created = await ask('customizations', CREATE)
    const watched = await ask('customizations', ['watch', 'tone', '--interval', '1s'])
    expect([created.told['outcome'], watched.exitCode]).toEqual([job, 0])
    if (deployment === undefined) {
      expect([created.exitCode, created.told['modelGone']]).toEqual([3, true])
      const gone = await ask('customizations', ['delete', 'tone', '--confirm', 'tone'])
      expect([gone.exitCode, gone.told['outcome']]).toEqual([0, model])
      continue
    }
    for (const outcome of [deployment, 'in-service']) {
      const deployed = await ask('customizations', ['deploy', 'tone', '--yes', '--wait', '--interval', '1s'])
      expect([deployed.exitCode, deployed.told['way'], deployed.told['outcome']]).toEqual([0, 'on-demand', outcome])
    }
    const answered = await ask('customizations', ['invoke', 'tone', '--prompt', 'Where is my order?'])
    expect([answered.exitCode, typeof answered.told['answer']]).toEqual([0, 'string'])
    const kept = await ask('customizations', ['delete', 'tone', '--confirm', 'tone'])
    expect([kept.exitCode, kept.told['outcome']]).toEqual([3, 'refused'])
    const undeployed = await ask('capacity', ['delete', 'tone', '--confirm', 'tone'])
    expect(undeployed.exitCode).toBe(0)
    const removed = await ask('customizations', ['delete', 'tone', '--confirm', 'tone'])
    expect([removed.exitCode, removed.told['outcome']]).toEqual([0, deletion])
  }

  expect(calls('CreateModelCustomizationJob')).toBe(1)
  expect(calls('CreateCustomModelDeployment')).toBe(1)
})

test('deploy says which way it takes, why and at what price, and a dry run makes nothing', async () => {
  const {ask, calls} = await stageFor()
  await ask('customizations', [...CREATE, '--wait'])

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
  const {run} = await stageFor()
  await run(['customizations', ...CREATE, '--wait'])

  const {exitCode, stderr} = await run(['customizations', 'invoke', 'tone', '--prompt', 'Hello'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('Nothing serves tone')
  expect(stderr).toContain('bedrockctl customizations deploy tone')
})

test('a deployment of another model keeps its name', async () => {
  const {ask, run} = await stageFor()
  await ask('customizations', [...CREATE, '--wait'])
  await ask('customizations', [...CREATE.map((word) => (word === 'tone' ? 'tone2' : word)), '--wait'])
  await ask('customizations', ['deploy', 'tone', '--name', 'live', '--yes'])

  const {exitCode, stderr} = await run(['customizations', 'deploy', 'tone2', '--name', 'live', '--yes'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is a deployment live already, of another model.')
})

import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  BedrockClient,
  GetCustomModelDeploymentCommand,
  ListCustomModelDeploymentsCommand,
  ListCustomModelsCommand,
  ListModelCustomizationJobsCommand,
} from '@aws-sdk/client-bedrock'
import {expect, test} from 'vitest'
import {schemaFile} from '../../scripts/generate/schemas.js'
import {customizationStage} from '../support/customization-stage.js'
import {compileSchema} from '../support/json-schema.js'
import {bareEnvironment} from '../support/process-stage.js'
import {spawnCli} from '../support/run-cli.js'
import {clientSettings} from '../support/sandbox-clients.js'
import {BUCKET} from '../support/tuning-scenario.js'

// A model from a data set to its first answer, and away again, by the built program; somebody's SDK sees the same.

const TIMEOUT = 180_000

test(
  'a model is tuned, watched with its losses, deployed, asked and deleted; the same twice does nothing twice',
  async () => {
    const stage = await customizationStage({secondsALook: 6})
    const env = bareEnvironment(await mkdtemp(join(tmpdir(), 'customizations-run-')), stage.sandbox.env())
    const cli = async (topic: string, command: string, ...words: readonly string[]) => {
      const {exitCode, stderr, stdout} = await spawnCli([topic, command, ...words, '--json'], {env})
      const answer: unknown = JSON.parse(stdout)
      expect(compileSchema(schemaFile(`${topic}:${command}`)).validate(answer), stderr + stdout).toEqual([])
      return {code: exitCode, answer, text: stderr + stdout}
    }
    const tune = (command: string, ...words: readonly string[]) => cli('customizations', command, ...words)
    const create = () =>
      tune(
        ...(['create', '--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning', '--name', 'tone'] as const),
        ...['--data', `s3://${BUCKET}/in/train.jsonl`, '--validation', `s3://${BUCKET}/in/validation.jsonl`],
        ...['--results', `s3://${BUCKET}/out`, '--role', 'BedrockTuning', '--hyperparameter', 'epochCount=2', '--yes'],
      )
    const sdk = new BedrockClient(clientSettings(stage.sandbox, 'us-east-1'))

    for (const outcome of ['created', 'already-made']) {
      const made = await create()
      expect(made, made.text).toMatchObject({code: 0, answer: {outcome, jobName: 'tone'}})
    }
    const watched = await tune('watch', 'tone', '--interval', '1s')
    expect(watched, watched.text).toMatchObject({
      code: 0,
      answer: {end: 'ended', metrics: expect.arrayContaining([expect.objectContaining({name: 'validation_loss'})])},
    })
    const page = await spawnCli(['customizations', 'metrics', 'tone', '-o', 'html'], {env})
    expect(page.stdout).toMatch(/^<!doctype html>[\s\S]*<svg/)

    for (const outcome of ['in-service', 'in-service']) {
      const deployed = await tune('deploy', 'tone', '--wait', '--interval', '1s', '--yes')
      expect(deployed, deployed.text).toMatchObject({code: 0, answer: {way: 'on-demand', outcome, state: 'Active'}})
    }
    const asked = await tune('invoke', 'tone', '--prompt', 'Where is my order?')
    expect(asked, asked.text).toMatchObject({code: 0, answer: {target: {kind: 'deployment', name: 'tone'}}})

    const {modelCustomizationJobSummaries: jobs} = await sdk.send(new ListModelCustomizationJobsCommand({}))
    const {modelSummaries: models} = await sdk.send(new ListCustomModelsCommand({}))
    const {modelDeploymentSummaries: deployments} = await sdk.send(new ListCustomModelDeploymentsCommand({}))
    expect(jobs).toMatchObject([{jobName: 'tone', status: 'Completed', customModelName: 'tone'}])
    expect(deployments).toMatchObject([{modelArn: models?.[0]?.modelArn, status: 'Active'}])
    const arn = deployments?.[0]?.customModelDeploymentArn
    const one = await sdk.send(new GetCustomModelDeploymentCommand({customModelDeploymentIdentifier: arn}))
    expect(one.modelDeploymentName).toBe('tone')

    const kept = await tune('delete', 'tone', '--confirm', 'tone')
    expect(kept, kept.text).toMatchObject({code: 3, answer: {outcome: 'refused'}})
    const undeployed = await cli('capacity', 'delete', 'tone', '--confirm', 'tone')
    expect(undeployed, undeployed.text).toMatchObject({code: 0})
    for (const outcome of ['deleted', 'gone']) {
      const deleted = await tune('delete', 'tone', '--confirm', 'tone')
      expect(deleted, deleted.text).toMatchObject({code: 0, answer: {outcome}})
    }
    const again = await create()
    expect(again, again.text).toMatchObject({code: 3, answer: {outcome: 'already-made', modelGone: true}})
  },
  TIMEOUT,
)

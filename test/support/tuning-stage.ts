import {
  BedrockClient,
  CreateModelCustomizationJobCommand,
  type CreateModelCustomizationJobCommandInput,
  GetModelCustomizationJobCommand,
  type GetModelCustomizationJobCommandOutput,
} from '@aws-sdk/client-bedrock'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'
import {clientSettings, openSandbox} from './sandbox-clients.js'
import {BUCKET, ROLE, tuningScenario} from './tuning-scenario.js'

export const NOVA = 'amazon.nova-lite-v1:0:300k'

export interface TuningStage {
  readonly sandbox: Sandbox
  readonly bedrock: BedrockClient
  create(over?: Partial<CreateModelCustomizationJobCommandInput>): Promise<string>
  get(jobIdentifier: string): Promise<GetModelCustomizationJobCommandOutput>
  put(key: string, text: string | Buffer): Promise<unknown>
  /** Rows of a file of metrics as texts, its header first; none when there is no file. */
  metrics(jobArn: string, path: string): Promise<readonly string[]>
  pass(seconds: number): Promise<void>
}

/** A sandbox of the tuning scenario, and the calls that tests of customization make. */
export async function tuningStage(
  over: Parameters<typeof tuningScenario>[0] = {},
  account: Parameters<typeof tuningScenario>[1] = {},
  region = 'us-east-1',
): Promise<TuningStage> {
  const sandbox = await openSandbox(await tuningScenario(over, account))
  const bedrock = new BedrockClient(clientSettings(sandbox, region))
  const bucket = region === 'us-east-1' ? BUCKET : `${BUCKET}-west`
  return {
    sandbox,
    bedrock,
    async create(over = {}) {
      const input: CreateModelCustomizationJobCommandInput = {
        jobName: 'tone-1',
        customModelName: 'tone',
        roleArn: ROLE,
        baseModelIdentifier: NOVA,
        trainingDataConfig: {s3Uri: `s3://${bucket}/in/train.jsonl`},
        outputDataConfig: {s3Uri: `s3://${bucket}/out`},
        ...over,
      }
      const {jobArn = ''} = await bedrock.send(new CreateModelCustomizationJobCommand(input))
      return jobArn
    },
    get: (jobIdentifier) => bedrock.send(new GetModelCustomizationJobCommand({jobIdentifier})),
    put: (key, text) => sandbox.world.objects.put(bucket, key, text),
    async metrics(jobArn, path) {
      const id = jobArn.slice(jobArn.lastIndexOf('/') + 1)
      const object = sandbox.world.objects.get(bucket, `out/model-customization-job-${id}/${path}`)
      const chunks: Buffer[] = []
      for await (const chunk of object?.content.read() ?? []) chunks.push(chunk)
      return chunks.length === 0 ? [] : Buffer.concat(chunks).toString().trimEnd().split('\n')
    },
    pass: (seconds) => sandbox.clock.advance(seconds * 1000),
  }
}

export const TRAINING = 'training_artifacts/step_wise_training_metrics.csv'
export const VALIDATION = 'validation_artifacts/post_fine_tuning_validation/validation_metrics.csv'

import {afterEach} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import type {CliResult} from './process-stage.js'
import {runCli} from './run-cli.js'
import {BUCKET, converseLines, tuningScenario} from './tuning-scenario.js'

/** A sandbox that tunes models, with a data set in its bucket, and the command line against it. */
export interface CustomizationStage {
  readonly sandbox: Sandbox
  run(argv: readonly string[], options?: {readonly stdin?: string}): Promise<CliResult>
  /** Moves the time of the sandbox on. */
  pass(seconds: number): Promise<void>
}

export interface CustomizationStageOptions {
  readonly region?: Parameters<typeof tuningScenario>[0]
  readonly account?: Parameters<typeof tuningScenario>[1]
  /** Seconds that pass with each look at a job, a deployment or provisioned throughput. */
  readonly secondsALook?: number
  /** Lines of in/train.jsonl. */
  readonly records?: number
}

/** Who makes jobs may do everything. */
const ADMIN = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}

const LOOKS = ['GetModelCustomizationJob', 'GetCustomModelDeployment', 'GetProvisionedModelThroughput']

const opened: Sandbox[] = []

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close()
})

export async function customizationStage(options: CustomizationStageOptions = {}): Promise<CustomizationStage> {
  const {account, records = 400, region, secondsALook = 0} = options
  const sandbox = await startSandbox({
    scenario: await tuningScenario(region, {iam: {users: [{name: 'sandbox', inline: {all: ADMIN}}]}, ...account}),
    clock: 'manual',
    onRequest: ({operation}) => {
      if (LOOKS.includes(operation ?? '')) void sandbox.clock.advance(secondsALook * 1000)
    },
  })
  opened.push(sandbox)
  await sandbox.world.objects.put(BUCKET, 'in/train.jsonl', converseLines(records))
  await sandbox.world.objects.put(BUCKET, 'in/validation.jsonl', converseLines(20))
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  const env = {
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: 'us-east-1',
  }
  return {
    sandbox,
    run: (argv, more = {}) => runCli(argv, {env, ...more}),
    pass: (seconds) => sandbox.clock.advance(seconds * 1000),
  }
}

import {afterEach} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import type {CliResult} from './process-stage.js'
import {runCli} from './run-cli.js'
import {type Region, tuningScenario} from './tuning-scenario.js'

/** A sandbox that sells units of Llama 3.1 and has custom models of it, and the command line against it. */
export interface CapacityStage {
  readonly sandbox: Sandbox
  readonly env: Readonly<Record<string, string>>
  run(argv: readonly string[]): Promise<CliResult>
  /** Moves the time of the sandbox on. */
  pass(seconds: number): Promise<void>
}

export const BASE = 'meta.llama3-1-8b-instruct-v1:0'
export const SOLD = `${BASE}:128k`

const ADMIN = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
const UNITS = {'L-FE44174A': 2, 'L-BE77399C': 2, 'L-3632DE15': 2}

const customModels: Region['customModels'] = [
  {id: 'bbbbbbbbbbb1', name: 'tone', baseModel: BASE, customizationType: 'FINE_TUNING', createdOn: '2026-07-18'},
  {id: 'bbbbbbbbbbb2', name: 'tone-2', baseModel: BASE, customizationType: 'FINE_TUNING', createdOn: '2026-07-18'},
  {
    ...{id: 'bbbbbbbbbbb4', name: 'other', baseModel: 'meta.llama3-1-70b-instruct-v1:0'},
    ...{customizationType: 'FINE_TUNING', createdOn: '2026-07-18'},
  },
]

const opened: Sandbox[] = []

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close()
})

/** `secondsALook`: pass with each look at throughput. */
export async function capacityStage(
  serving: Region['serving'] = {},
  {quotas = UNITS, secondsALook = 0}: {readonly quotas?: Record<string, number>; readonly secondsALook?: number} = {},
): Promise<CapacityStage> {
  const sandbox = await startSandbox({
    scenario: await tuningScenario(
      {customModels, serving},
      {quotas, iam: {users: [{name: 'sandbox', inline: {all: ADMIN}}]}},
    ),
    clock: 'manual',
    onRequest: ({operation}) => {
      if (operation === 'GetProvisionedModelThroughput') void sandbox.clock.advance(secondsALook * 1000)
    },
  })
  opened.push(sandbox)
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  const env = {
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: 'us-west-2',
  }
  return {
    sandbox,
    env,
    run: (argv) => runCli(['capacity', ...argv, '--json'], {env}),
    pass: (seconds) => sandbox.clock.advance(seconds * 1000),
  }
}

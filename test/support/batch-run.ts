import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {BUCKET, batchScenario, novaLines} from './batch-scenario.js'
import {bareEnvironment} from './process-stage.js'
import {spawnCli} from './run-cli.js'

/** What `bedrockctl batch …` said. */
export interface BatchAnswer {
  readonly code: number
  readonly answer: unknown
  /** All that it wrote, for messages. */
  readonly text: string
}

export interface BatchRun extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly folder: string
  readonly input: string
  readonly stateFolder: string
  readonly groupFolder: string
  /** Flags of `batch plan` for the group `pile`. */
  readonly planFlags: readonly string[]
  readonly env: Readonly<Record<string, string>>
  cli(...words: readonly string[]): Promise<BatchAnswer>
}

const ANYTHING = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}

/** Records per job and per file of Nova Lite. */
const RECORD_QUOTAS = ['L-916C9264', 'L-B8626674']

/**
 * A pile of so many records and an account where its first round is cut into so many jobs: three of a hundred records
 * are throttled when they are first tried, the third job fails in the service, and the fifth expires with half done.
 */
export async function openBatchRun(records: number, shards: number): Promise<BatchRun> {
  const folder = await mkdtemp(join(tmpdir(), 'batch-run-'))
  const scenario = await batchScenario(
    {
      submittedSeconds: 0,
      validatingSeconds: 0,
      scheduledSeconds: 0,
      recordsPerSecond: 1_000_000,
      listDelaySeconds: 1,
      recordErrors: [
        {jobs: 'pile-r1-*', share: 0.03, attempts: 1, code: 429, message: 'Too many requests, please wait.'},
      ],
      outcomes: [
        {jobs: 'pile-r1-0003', status: 'Failed', message: 'The service had an internal error. Please try again.'},
        {jobs: 'pile-r1-0005', status: 'Expired', afterShare: 0.5},
      ],
    },
    {
      quotas: Object.fromEntries(RECORD_QUOTAS.map((code) => [code, Math.ceil(records / shards)])),
      iam: {users: [{name: 'sandbox', inline: {all: ANYTHING}}]},
    },
  )
  const sandbox = await startSandbox({scenario})
  const input = join(folder, 'records.jsonl')
  await writeFile(input, novaLines(records))
  const stateFolder = join(folder, 'state')
  const env = bareEnvironment(folder, {...sandbox.env(), BEDROCKCTL_STATE_DIR: stateFolder})
  const places = ['--staging', `s3://${BUCKET}/in`, '--results', `s3://${BUCKET}/out`]
  return {
    sandbox,
    folder,
    input,
    stateFolder,
    groupFolder: join(stateFolder, 'batch', 'pile'),
    planFlags: ['--model', 'amazon.nova-lite-v1:0', '--role', 'BedrockBatch', ...places, '--group', 'pile'],
    env,
    cli: async (...words) => {
      const {exitCode, stderr, stdout} = await spawnCli(['batch', ...words, '--json'], {env, cwd: folder})
      return {code: exitCode, answer: stdout === '' ? undefined : JSON.parse(stdout), text: stdout + stderr}
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close()
      await rm(folder, {recursive: true})
    },
  }
}

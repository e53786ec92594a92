import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {readGroup} from '../../src/lib/batch/group/group-store.js'
import type {JournalEvent} from '../../src/lib/batch/group/journal.schema.js'
import type {PlanFile} from '../../src/lib/batch/plan/plan.schema.js'
import {openFileSource} from '../../src/lib/jsonl/file-source.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {pileOf, RECORDS, shardsOf} from './batch-pile.js'
import {batchPlan} from './batch-plan.js'
import {ACCOUNT, BUCKET, batchScenario, ROLE} from './batch-scenario.js'

/** What a test of submitting works on: a sandbox with bucket and role, an input, and its plan. */
export interface SubmitStage extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly session: AwsSession
  readonly plan: PlanFile
  readonly planFile: string
  readonly input: string
  readonly folder: string
  readonly stateFolder: string
  /** Environment of a program that is to work against it. */
  readonly env: Readonly<Record<string, string>>
  events(): Promise<readonly JournalEvent[]>
}

export interface StageOptions {
  /** Bytes of each record of each shard of a hundred; small unless said. */
  readonly recordBytes?: readonly number[]
  readonly plan?: Partial<PlanFile>
  readonly batch?: Parameters<typeof batchScenario>[0]
  readonly account?: Parameters<typeof batchScenario>[1]
}

export async function openSubmitStage({
  recordBytes = [80, 80],
  plan: changes = {},
  batch,
  account,
}: StageOptions = {}): Promise<SubmitStage> {
  const folder = await mkdtemp(join(tmpdir(), 'submit-'))
  const sandbox = await startSandbox({scenario: await batchScenario(batch, account)})
  const env = sandbox.env()
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  const credentials = {accessKeyId, secretAccessKey}
  const session = openAwsSession({endpointUrl: sandbox.url, credentials, region: 'us-east-1'})
  const input = join(folder, 'records.jsonl')
  const piles = recordBytes.map((bytes, shard) => pileOf(shard, bytes))
  const whole = Buffer.concat(piles)
  await writeFile(input, whole)
  const source = await openFileSource(input)
  const plan = batchPlan({
    account: ACCOUNT,
    roleArn: ROLE,
    staging: `s3://${BUCKET}/in`,
    results: `s3://${BUCKET}/out`,
    input: {name: input, bytes: whole.length, revision: source.revision, records: RECORDS * piles.length, rejected: 0},
    shards: shardsOf(piles),
    ...changes,
  })
  const planFile = join(folder, 'nightly.plan.json')
  await writeFile(planFile, JSON.stringify(plan))
  const stateFolder = join(folder, 'state')
  return {
    sandbox,
    session,
    plan,
    planFile,
    input,
    folder,
    stateFolder,
    env: {...env, BEDROCKCTL_STATE_DIR: stateFolder},
    events: async () => (await readGroup(stateFolder, plan.group))?.events ?? [],
    async [Symbol.asyncDispose]() {
      session.close()
      await sandbox.close()
      await rm(folder, {recursive: true})
    },
  }
}

import {createHash} from 'node:crypto'
import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createGroup, openGroup} from '../../src/lib/batch/group/group-store.js'
import type {PlanFile} from '../../src/lib/batch/plan/plan.schema.js'
import {openFileSource} from '../../src/lib/jsonl/file-source.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {batchPlan} from './batch-plan.js'
import {ACCOUNT, BUCKET, batchScenario, ROLE} from './batch-scenario.js'
import {openSandbox} from './sandbox-clients.js'

/** A group on this machine whose jobs have written what a test says, in the bucket of a sandbox. */
export interface CollectStage extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly folder: string
  readonly input: string
  readonly env: Readonly<Record<string, string>>
  /** Puts an object below the folder of the job of a shard. */
  output(round: number, shard: number, name: string, text: string): Promise<void>
  put(key: string, text: string): Promise<unknown>
  /** Adds a round of the records between two bytes of the input, and says that its job was made. */
  addRound(start: number, end: number): Promise<void>
  read(name: string): Promise<string>
  /** Names of the files in the folder, sorted. */
  files(): Promise<readonly string[]>
  path(name: string): string
}

const LOCKING = {wait: false, now: () => new Date()} as const
export const JOB_IDS = ['aaaaaaaaaaa1', 'aaaaaaaaaaa2', 'aaaaaaaaaaa3', 'aaaaaaaaaaa4'] as const

type Batch = Parameters<typeof batchScenario>[0]

/**
 * `lines` of each shard of the first round; the jobs are known to the journal alone. Time passes in the sandbox where
 * it is said how its jobs run.
 */
export async function openCollectStage(shards: readonly string[], batch?: Batch): Promise<CollectStage> {
  const folder = await mkdtemp(join(tmpdir(), 'collect-'))
  const scenario = await batchScenario(batch)
  const sandbox = batch ? await startSandbox({scenario}) : await openSandbox(scenario)
  const input = join(folder, 'records.jsonl')
  await writeFile(input, shards.join(''))
  const plan = await planFor(input, shards)
  const stateFolder = join(folder, 'state')
  const group = await createGroup(stateFolder, plan, LOCKING)
  for (const {number} of plan.shards) await group.append(created(plan, number, JOB_IDS[number - 1] ?? ''))
  await group.close()
  const put = (key: string, text: string) => sandbox.world.objects.put(BUCKET, key, text)
  const jobIds = new Map(plan.shards.map(({number}) => [`1/${number}`, JOB_IDS[number - 1] ?? '']))
  return {
    sandbox,
    folder,
    input,
    env: {...sandbox.env(), BEDROCKCTL_STATE_DIR: stateFolder},
    put,
    output: async (round, shard, name, text) => {
      const id = jobIds.get(`${round}/${shard}`) ?? ''
      await put(`out/nightly/r${round}/${String(shard).padStart(4, '0')}/${id}/${name}`, text)
    },
    async addRound(start, end) {
      const open = await openGroup(stateFolder, plan.group, LOCKING)
      const round = (open?.plans.length ?? 0) + 1
      const id = `bbbbbbbbbbb${round}`
      const shard = {
        number: 1,
        records: 1,
        bytes: end - start,
        sha256: 'c'.repeat(64),
        segments: [[start, end]] as const,
      }
      const next: PlanFile = {...plan, round, shards: [shard]}
      await open?.addRound(next)
      await open?.append(created(next, 1, id))
      await open?.close()
      jobIds.set(`${round}/1`, id)
    },
    read: (name) => readFile(join(folder, name), 'utf8'),
    files: async () => (await readdir(folder)).toSorted(),
    path: (name) => join(folder, name),
    async [Symbol.asyncDispose]() {
      if (batch) await sandbox.close()
      await rm(folder, {recursive: true})
    },
  }
}

async function planFor(input: string, shards: readonly string[]): Promise<PlanFile> {
  const {revision} = await openFileSource(input)
  const {size} = await stat(input)
  let from = 0
  const planned = shards.map((lines, index) => {
    const start = from
    from += Buffer.byteLength(lines)
    const sha256 = createHash('sha256').update(lines).digest('hex')
    const segments = [[start, from]] as const
    return {number: index + 1, records: lines.split('\n').length - 1, bytes: from - start, sha256, segments}
  })
  const records = planned.reduce((sum, shard) => sum + shard.records, 0)
  return batchPlan({
    account: ACCOUNT,
    roleArn: ROLE,
    staging: `s3://${BUCKET}/in`,
    results: `s3://${BUCKET}/out`,
    input: {name: input, bytes: size, revision, records, rejected: 0},
    shards: planned,
  })
}

function created({region, round}: PlanFile, shard: number, id: string) {
  const arn = `arn:aws:bedrock:${region}:${ACCOUNT}:model-invocation-job/${id}`
  return {kind: 'job-created', at: new Date().toISOString(), round, shard, arn} as const
}

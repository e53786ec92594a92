import type {Unread} from '../../core/answer.schema.js'
import type {BucketOwner} from '../../jobs/ports.js'
import type {Look} from '../follow/look.js'
import type {PlanFile} from '../plan/plan.schema.js'
import type {BatchApi, BatchJob} from '../ports.js'
import {type ShardStanding, stateOfShard} from '../progress/shard-standing.js'
import type {BatchCollect, Manifest} from './batch-collect.schema.js'
import {findOutputs, type JobOutputs} from './job-outputs.js'
import type {OutputFile, Pile} from './pile.js'
import {type InputPorts, type OpenedInput, openJobInputs, openPlanInput} from './pile-input.js'

export interface GatherPorts extends InputPorts {
  /** Where the service puts the answers of a shard. */
  readonly outputUriOf: (plan: PlanFile, shard: number) => string
}

/** One job of the pile, and what it has written. */
export interface PileJob {
  readonly name: string
  /** null where no job was made. */
  readonly arn: string | null
  readonly round: number
  readonly shard: number | null
  readonly state: string | null
  readonly modelId: string
  readonly api: BatchApi
  readonly way: PlanFile['way']
  readonly files: number
  readonly manifest: Manifest | null
}

/** A group or a job with all that is joined of it. */
export interface GatheredPile extends Pick<BatchCollect, 'group' | 'region' | 'input' | 'notes' | 'unread'> {
  readonly pile: Pile
  /** How the input differs from what was planned, a sentence; null where it does not. */
  readonly difference: string | null
  readonly jobs: readonly PileJob[]
}

type JobFacts = Omit<PileJob, 'files' | 'manifest'> & {readonly outputUri: string | undefined}

const AT_ONCE = 8
const NOTHING: JobOutputs = {sources: [], manifest: null, unread: []}

/** Finds the records of a group or a job, and every output that lies in S3 of them, whatever became of the jobs. */
export async function gatherPile(look: Look, ports: GatherPorts, signal?: AbortSignal): Promise<GatheredPile> {
  const jobs = look.kind === 'job' ? [factsOfJob(look.job)] : factsOfGroup(look, ports)
  const plan = look.kind === 'group' ? look.standing.rounds[0] : undefined
  const region = look.kind === 'job' ? look.job.region : look.standing.region
  const owner: BucketOwner = {region, ...(plan && {account: plan.account})}
  const input = plan
    ? await openPlanInput(plan, ports, owner, signal)
    : await openJobInputs(firstJobs(look), ports.store, owner, signal)
  const outputs: JobOutputs[] = []
  for (let from = 0; from < jobs.length; from += AT_ONCE) {
    const some = jobs.slice(from, from + AT_ONCE)
    outputs.push(...(await Promise.all(some.map((job) => outputsOf(job, ports, owner, signal)))))
  }
  return {
    ...putTogether(jobs, outputs, input),
    group: look.kind === 'group' ? look.standing.group : null,
    region,
  }
}

function putTogether(
  jobs: readonly JobFacts[],
  outputs: readonly JobOutputs[],
  {difference, input, notes, parts}: OpenedInput,
): Omit<GatheredPile, 'group' | 'region'> {
  const files = jobs.flatMap(({round}, job): readonly OutputFile[] =>
    (outputs[job] ?? NOTHING).sources.map((source) => ({source, round, job})),
  )
  return {
    pile: {inputs: parts, outputs: files},
    jobs: jobs.map(({outputUri: _, ...job}, index) => {
      const {manifest, sources} = outputs[index] ?? NOTHING
      return {...job, files: sources.length, manifest}
    }),
    input,
    difference,
    notes,
    unread: outputs.flatMap<Unread>(({unread}) => unread),
  }
}

function outputsOf(
  {arn, outputUri, way}: JobFacts,
  {store}: GatherPorts,
  owner: BucketOwner,
  signal: AbortSignal | undefined,
): Promise<JobOutputs> {
  const id = way ?? arn?.split('/').at(-1)
  if (id === undefined || outputUri === undefined) return Promise.resolve(NOTHING)
  return findOutputs({id, outputUri}, store, owner, signal)
}

function factsOfJob({api, arn, modelId, name, outputUri, state}: BatchJob): JobFacts {
  return {name, arn, round: 1, shard: null, state, modelId, api, way: undefined, outputUri}
}

function factsOfGroup({standing}: Look & {readonly kind: 'group'}, {outputUriOf}: GatherPorts): readonly JobFacts[] {
  return standing.shards.map((shard): JobFacts => {
    const {arn, job, name, round, shard: number} = shard
    const plan = standing.rounds.find((one) => one.round === round)
    return {
      name,
      arn,
      round,
      shard: number,
      state: stateOfShard(shard),
      modelId: job?.modelId ?? plan?.modelId ?? standing.modelId,
      api: job?.api ?? plan?.api ?? 'InvokeModel',
      way: plan?.way,
      outputUri: job?.outputUri ?? (plan && outputUriOf(plan, number)),
    }
  })
}

/** Jobs of the first round in the order of their shards: together they asked for every record. */
function firstJobs(look: Look): readonly BatchJob[] {
  if (look.kind === 'job') return [look.job]
  const first = look.standing.shards.filter(({round}) => round === 1)
  return first.toSorted(byShard).flatMap(({job}) => job ?? [])
}

function byShard(a: ShardStanding, b: ShardStanding): number {
  return a.shard - b.shard
}

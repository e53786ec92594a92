import type {GroupState, ShardState} from '../group/group-state.js'
import type {PlanFile} from '../plan/plan.schema.js'
import type {BatchJob} from '../ports.js'
import {jobNameOf} from '../submit/job-of-shard.js'
import type {GroupStanding} from './group-row.js'
import {type JobPlace, placeOfJob} from './job-name.js'
import type {ShardStanding} from './shard-standing.js'

/** A job of the service and its place in its group. */
export interface PlacedJob extends JobPlace {
  readonly job: BatchJob
}

/** The jobs of one group, by their names. */
export function jobsOfGroup(group: string, jobs: readonly BatchJob[]): readonly PlacedJob[] {
  return jobs.flatMap((job) => {
    const place = placeOfJob(job.name)
    return place?.group === group ? [{...place, job}] : []
  })
}

/** A group of this machine, with what the service tells of its jobs; a job is known by its ARN, else by its name. */
export function standingOfGroup(
  state: GroupState,
  jobs: readonly BatchJob[],
  gone: ReadonlySet<string> = new Set(),
): GroupStanding {
  const [first] = state.rounds
  const byArn = new Map(jobs.map((job) => [job.arn, job]))
  const byPlace = new Map(jobsOfGroup(state.name, jobs).map(({job, round, shard}) => [`${round}/${shard}`, job]))
  return {
    group: state.name,
    region: first?.plan.region ?? '',
    modelId: first?.plan.modelId ?? '',
    rounds: state.rounds.map(({plan}) => plan),
    shards: state.rounds.flatMap(({plan, shards}) =>
      shards.map((shard) => {
        const arn = shard.job?.arn
        const job = arn === undefined ? byPlace.get(keyOf(shard)) : byArn.get(arn)
        return {...toStanding(plan, shard, job), gone: arn !== undefined && gone.has(arn)}
      }),
    ),
  }
}

function toStanding(of: PlanFile, shard: ShardState, job: BatchJob | undefined): Omit<ShardStanding, 'gone'> {
  const {end, number, plan, refusal, round} = shard
  const arn = shard.job?.arn ?? job?.arn ?? null
  return {
    round,
    shard: number,
    name: job?.name ?? jobNameOf(of, number),
    records: plan.records,
    arn,
    job,
    ended: end && {state: end.state, said: end.said, counts: end.records},
    refused: refusal?.said,
    withheld: arn === null && shard.stopAskedAt !== undefined,
  }
}

/** A group that was submitted on another machine, by the names of its jobs alone. */
export function standingOfJobs(group: string, jobs: readonly PlacedJob[]): GroupStanding {
  const [first] = jobs
  return {
    group,
    region: first?.job.region ?? '',
    modelId: first?.job.modelId ?? '',
    rounds: [],
    shards: jobs
      .map(({job, round, shard}) => ({
        round,
        shard,
        name: job.name,
        records: null,
        arn: job.arn,
        job,
        ended: undefined,
        gone: false,
        refused: undefined,
        withheld: false,
      }))
      .toSorted((a, b) => a.round - b.round || a.shard - b.shard),
  }
}

function keyOf({number, round}: ShardState): string {
  return `${round}/${number}`
}

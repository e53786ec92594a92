import {usageError} from '../../core/errors.js'
import type {Sighting} from '../../jobs/sightings.js'
import type {GroupState} from '../group/group-state.js'
import type {BatchJob, BatchJobSource} from '../ports.js'
import {type GroupStanding, groupRow} from '../progress/group-row.js'
import {jobsOfGroup, standingOfGroup, standingOfJobs} from '../progress/group-standing.js'
import {jobRow} from '../progress/job-row.js'
import {isEndState} from '../progress/job-states.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {readUnlisted} from '../progress/read-unlisted.js'
import {shardRow} from '../progress/shard-row.js'
import type {Target} from './find-target.js'

/** A target as it stands at one moment. */
export type Look =
  | {readonly kind: 'group'; readonly standing: GroupStanding; readonly state: GroupState | undefined}
  | {readonly kind: 'job'; readonly job: BatchJob}

export interface LookPorts {
  readonly source: Pick<BatchJobSource, 'get' | 'list'>
  /** A group of this machine, read anew: another process may work on it. */
  readonly readState: (name: string) => Promise<GroupState | undefined>
  readonly now: () => Date
}

/**
 * Looks once: a group costs one list of the jobs of its name, and a read for each open job that the list lacks or does
 * not count; a job costs one read.
 */
export async function lookAt(target: Target, {now, readState, source}: LookPorts, signal?: AbortSignal): Promise<Look> {
  if (target.kind === 'job') {
    const job = await source.get(target.region, target.arn, signal)
    if (job === undefined) {
      throw usageError('JOB_UNKNOWN', `There is no batch job ${target.arn}.`, {
        hint: 'Look for it: bedrockctl batch list --region all',
      })
    }
    return {kind: 'job', job}
  }
  const {local, name, region} = target
  const state = local ? await readState(name) : undefined
  const wasSubmitted = state === undefined || state.rounds.some(({shards}) => shards.some(({asked}) => asked))
  const listed = wasSubmitted ? await source.list(region, {nameContains: `${name}-r`}, signal) : []
  const counted = await withCounts(listed, source, signal)
  if (state === undefined) return {kind: 'group', standing: standingOfJobs(name, jobsOfGroup(name, counted)), state}
  const unlisted = await readUnlisted([state], counted, source, now(), signal)
  return {kind: 'group', standing: standingOfGroup(state, [...counted, ...unlisted.jobs], unlisted.gone), state}
}

/** Jobs with their counts: those that run are read one by one where the list of the service has none. */
export function withCounts(
  jobs: readonly BatchJob[],
  source: Pick<BatchJobSource, 'get'>,
  signal: AbortSignal | undefined,
): Promise<readonly BatchJob[]> {
  return Promise.all(
    jobs.map(async (job) => {
      if (isEndState(job.state) || job.state !== 'InProgress' || job.records.total !== null) return job
      return (await source.get(job.region, job.arn, signal)) ?? job
    }),
  )
}

export interface LookRows {
  readonly summary: ProgressRow
  /** Each shard of a group; none of a job. */
  readonly members: readonly ProgressRow[]
}

/** What was processed so far, in all of its jobs. */
export function processedIn(look: Look): number {
  return jobsOf(look).reduce((sum, {records}) => sum + (records.processed ?? 0), 0)
}

/** True while records of any of its jobs are processed. */
export function isRunning(look: Look): boolean {
  return jobsOf(look).some(({state}) => state === 'InProgress')
}

function jobsOf(look: Look): readonly BatchJob[] {
  return look.kind === 'job' ? [look.job] : look.standing.shards.flatMap(({job}) => job ?? [])
}

/** The look in lines: the whole, and its parts. */
export function rowsOfLook(look: Look, nowMs: number, sightings: readonly Sighting[] = []): LookRows {
  if (look.kind === 'job') return {summary: jobRow(look.job, {nowMs, sightings}), members: []}
  const {standing} = look
  return {
    summary: groupRow(standing, {nowMs, sightings}),
    members: standing.shards.map((shard) => shardRow(standing, shard, {nowMs})),
  }
}

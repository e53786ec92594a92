import type {Sighting} from '../../jobs/sightings.js'
import type {PlanFile} from '../plan/plan.schema.js'
import {costSoFar} from './cost-so-far.js'
import {elapsedMs} from './elapsed.js'
import {GONE} from './gone-job.js'
import {isEndState, jointState} from './job-states.js'
import {paceOf} from './pace.js'
import type {ProgressRow, Records} from './progress.schema.js'
import {countsOfShard, isShardOver, pendingOf, type ShardStanding, stateOfShard, WITHOUT_JOB} from './shard-standing.js'

/** A group as it stands: of its plans what is on this machine, of its jobs what the service tells. */
export interface GroupStanding {
  readonly group: string
  readonly region: string
  readonly modelId: string
  /** Oldest first; none where the group was submitted on another machine. */
  readonly rounds: readonly PlanFile[]
  readonly shards: readonly ShardStanding[]
}

/** One group in one line. */
export function groupRow(
  {group, modelId, region, rounds, shards}: GroupStanding,
  {nowMs, sightings = []}: {readonly nowMs: number; readonly sightings?: readonly Sighting[] | undefined},
): ProgressRow {
  const jobs = shards.flatMap(({job}) => job ?? [])
  const records = groupRecords(shards)
  const since =
    earliest(jobs.map(({submittedAt}) => submittedAt)) ?? rounds[0]?.createdAt ?? new Date(nowMs).toISOString()
  const states = shards.map(stateOfShard)
  const open = jobs.filter(({state}) => !isEndState(state))
  const known = states.filter((state) => state !== null)
  const counted = new Map<string, number>()
  for (const state of known) counted.set(state, (counted.get(state) ?? 0) + 1)
  return {
    kind: 'group',
    name: group,
    id: null,
    arn: null,
    group,
    round: Math.max(1, ...shards.map(({round}) => round)),
    shard: null,
    region,
    modelId,
    state: groupState(shards, records),
    states: Object.fromEntries(counted),
    jobs: shards.filter(({arn}) => arn !== null).length,
    records,
    pace: paceOf({jobs, sightings, pending: records.pending, nowMs}) ?? null,
    cost: costSoFar(rounds, shards) ?? null,
    since,
    ageSeconds: Math.floor(elapsedMs(since, nowMs) / 1000),
    endedAt: shards.every(isShardOver) ? latest(jobs.flatMap(({endedAt}) => endedAt ?? [])) : null,
    expiresAt: earliest(open.flatMap(({expiresAt}) => expiresAt ?? [])) ?? null,
    message: jobs.find(({state, message}) => state === 'Failed' && message !== null)?.message ?? null,
  }
}

/** Records of the pile, whichever round has them: what a later round answered counts once. */
export function groupRecords(shards: readonly ShardStanding[]): Records {
  const counts = shards.map(countsOfShard)
  const total = sum(shards.flatMap((shard, at) => (shard.round === 1 ? [counts[at]?.total ?? null] : [])))
  const succeeded = sum(counts.map((count, at) => count.succeeded ?? noneYet(shards[at])))
  const pending = sum(shards.map(pendingOf))
  const failed =
    total === null || succeeded === null || pending === null ? null : Math.max(0, total - succeeded - pending)
  const processed = total === null || pending === null ? null : Math.max(0, total - pending)
  return {total, processed, succeeded, failed, pending}
}

/** A job that has not begun has no answers, though the service has not counted yet. */
function noneYet(shard: ShardStanding | undefined): number | null {
  return shard?.job !== undefined && shard.job.state !== 'InProgress' ? 0 : null
}

function groupState(shards: readonly ShardStanding[], {failed}: Records): string | null {
  const known = shards.flatMap((shard) => stateOfShard(shard) ?? [])
  if (known.length < shards.length || known.length === 0) return null
  if (known.every((state) => state === 'Planned')) return 'Planned'
  const jobs = known.filter((state) => state !== 'Planned' && !WITHOUT_JOB.includes(state))
  if (jobs.some((state) => !isEndState(state))) return jointState(jobs)
  if (known.includes('Planned')) return 'Submitting'
  if (jobs.length === 0) return [GONE, 'Refused'].find((state) => known.includes(state)) ?? 'Withheld'
  if (failed === 0 || isLeftToRecords(shards, failed)) return 'Completed'
  const joint = jointState(jobs)
  return joint === 'Completed' && jobs.length < known.length ? 'PartiallyCompleted' : joint
}

/**
 * True where the last round completed and what it failed at is all that is without an answer: whatever earlier rounds
 * left undone was tried again.
 */
function isLeftToRecords(shards: readonly ShardStanding[], failed: number | null): boolean {
  const last = Math.max(...shards.map(({round}) => round))
  const of = shards.filter(({round}) => round === last)
  if (last === 1 || !of.every((shard) => stateOfShard(shard) === 'Completed')) return false
  return failed !== null && failed === sum(of.map((shard) => countsOfShard(shard).failed))
}

function sum(values: readonly (number | null)[]): number | null {
  let total = 0
  for (const value of values) {
    if (value === null) return null
    total += value
  }
  return total
}

function earliest(times: readonly string[]): string | undefined {
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0]
}

function latest(times: readonly string[]): string | null {
  return times.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null
}

import type {Sighting} from '../../jobs/sightings.js'
import {costSoFar} from './cost-so-far.js'
import {elapsedMs} from './elapsed.js'
import type {GroupStanding} from './group-row.js'
import {jobRow} from './job-row.js'
import type {ProgressRow} from './progress.schema.js'
import {countsOfShard, pendingOf, type ShardStanding, stateOfShard} from './shard-standing.js'

/** One shard of a group in one line: its job, or what is known of it where it has none. */
export function shardRow(
  {modelId, region, group, rounds}: GroupStanding,
  shard: ShardStanding,
  {nowMs, sightings}: {readonly nowMs: number; readonly sightings?: readonly Sighting[] | undefined},
): ProgressRow {
  const plan = rounds.find(({round}) => round === shard.round)
  const cost = plan && costSoFar([plan], [shard])
  if (shard.job) return {...jobRow(shard.job, {nowMs, sightings, records: shard.records, cost}), group}
  const state = stateOfShard(shard)
  const since = plan?.createdAt ?? new Date(nowMs).toISOString()
  return {
    kind: 'job',
    name: shard.name,
    id: shard.arn?.split('/').at(-1) ?? null,
    arn: shard.arn,
    group,
    round: shard.round,
    shard: shard.shard,
    region,
    modelId,
    state,
    states: state === null ? {} : {[state]: 1},
    jobs: shard.arn === null ? 0 : 1,
    records: {...countsOfShard(shard), pending: pendingOf(shard)},
    pace: null,
    cost: cost ?? null,
    since,
    ageSeconds: Math.floor(elapsedMs(since, nowMs) / 1000),
    endedAt: null,
    expiresAt: null,
    message: shard.ended?.said ?? shard.refused ?? null,
  }
}

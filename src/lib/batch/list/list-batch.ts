import type {Unread} from '../../core/answer.schema.js'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import type {GroupState} from '../group/group-state.js'
import type {BatchJob} from '../ports.js'
import {type GroupStanding, groupRow} from '../progress/group-row.js'
import {standingOfGroup, standingOfJobs} from '../progress/group-standing.js'
import {placeOfJob} from '../progress/job-name.js'
import {jobRow} from '../progress/job-row.js'
import {JOB_STATES} from '../progress/job-states.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {shardRow} from '../progress/shard-row.js'
import {WITHOUT_JOB} from '../progress/shard-standing.js'
import type {BatchListResult} from './batch-list.schema.js'

/** Filters; an absent one keeps everything. */
export interface ListBatchInput {
  /** Each job of this group in place of groups. */
  readonly group?: string | undefined
  /** Each job of every group. */
  readonly all: boolean
  /** A group is kept when it, or any of its jobs, is in this state. */
  readonly state?: string | undefined
  /** A part of the name of the model. */
  readonly model?: string | undefined
  /** ISO 8601: submitted, or planned, at that time or later. */
  readonly since?: string | undefined
}

export interface ListBatchFacts {
  readonly regions: readonly string[]
  readonly jobs: readonly BatchJob[]
  /** ARNs of jobs of those groups that the service knows no more. */
  readonly gone?: ReadonlySet<string>
  readonly unread: readonly Unread[]
  /** Groups of this machine, whichever Region they are of. */
  readonly groups: readonly GroupState[]
  /** Whose jobs were read; undefined where nobody could say: groups of every account are then kept. */
  readonly account: string | undefined
  readonly simulated: boolean
  readonly nowMs: number
}

/** Groups and the jobs that belong to none, newest first; with a group, or with `all`, every job. Pure. */
export function listBatch(input: ListBatchInput, facts: ListBatchFacts): BatchListResult {
  const {groups, loose} = placeJobs(facts)
  const {nowMs} = facts
  if (input.group !== undefined && !groups.some(({group}) => group === input.group)) {
    throw unknownGroup(input.group, groups)
  }
  const asked = groups.filter(({group}) => input.group === undefined || group === input.group)
  const single = input.all || input.group !== undefined
  const folded = asked.flatMap((standing) =>
    single ? standing.shards.map((shard) => shardRow(standing, shard, {nowMs})) : [groupRow(standing, {nowMs})],
  )
  const others = input.group === undefined ? loose.map((job) => jobRow(job, {nowMs})) : []
  const all = [...folded, ...others]
  if (input.state !== undefined) checkState(input.state, all)
  const rows = all.filter((row) => matches(row, input))
  return {
    schemaVersion: 1,
    simulated: facts.simulated,
    unread: facts.unread,
    regions: facts.regions,
    asOf: new Date(nowMs).toISOString(),
    rows: rows.toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since)),
  }
}

export interface PlacedJobs {
  readonly groups: readonly GroupStanding[]
  /** Jobs that belong to no group. */
  readonly loose: readonly BatchJob[]
}

/** Each job in its group: those of this machine by their journals, others by the names of their jobs. */
export function placeJobs({
  account,
  gone,
  groups,
  jobs,
  regions,
}: Pick<ListBatchFacts, 'account' | 'gone' | 'groups' | 'jobs' | 'regions'>): PlacedJobs {
  const own = groups.filter(({rounds: [first]}) => first !== undefined && isHere(first.plan, account, regions))
  const ownNames = new Set(own.map(({name, rounds: [first]}) => `${first?.plan.region} ${name}`))
  const standings = own.map((state) => standingOfGroup(state, ofRegion(jobs, state.rounds[0]?.plan.region), gone))
  const elsewhere = new Map<string, BatchJob[]>()
  const loose: BatchJob[] = []
  for (const job of jobs) {
    const place = placeOfJob(job.name)
    const key = `${job.region} ${place?.group}`
    if (place === undefined) loose.push(job)
    else if (!ownNames.has(key)) elsewhere.set(key, [...(elsewhere.get(key) ?? []), job])
  }
  const others = [...elsewhere.values()].map((of) => {
    const placed = of.flatMap((job) => {
      const place = placeOfJob(job.name)
      return place === undefined ? [] : [{...place, job}]
    })
    return standingOfJobs(placed[0]?.group ?? '', placed)
  })
  return {groups: [...standings, ...others], loose}
}

function isHere(
  plan: {readonly account: string; readonly region: string},
  account: string | undefined,
  regions: readonly string[],
): boolean {
  return regions.includes(plan.region) && (account === undefined || plan.account === account)
}

const ofRegion = (jobs: readonly BatchJob[], region: string | undefined) => jobs.filter((job) => job.region === region)

/** One of a newer service is known when a job is in it. */
function checkState(state: string, rows: readonly ProgressRow[]): void {
  const known = [...JOB_STATES, 'Planned', ...WITHOUT_JOB, ...rows.flatMap((row) => Object.keys(row.states))]
  if (known.some((one) => one.toLowerCase() === state.toLowerCase())) return
  throw usageError('STATE_UNKNOWN', `--state ${state}: no job is ever in it.`, {
    why: didYouMean(state, known),
    hint: `It takes ${[...new Set(known)].join(', ')}.`,
  })
}

function matches(row: ProgressRow, {model, since, state}: ListBatchInput): boolean {
  const wanted = state?.toLowerCase()
  return (
    (wanted === undefined ||
      [row.state ?? '', ...Object.keys(row.states)].some((one) => one.toLowerCase() === wanted)) &&
    (model === undefined || row.modelId.toLowerCase().includes(model.toLowerCase())) &&
    (since === undefined || Date.parse(row.since) >= Date.parse(since))
  )
}

function unknownGroup(group: string, groups: readonly GroupStanding[]) {
  const names = groups.map((one) => one.group)
  return usageError('GROUP_UNKNOWN', `No batch group is called ${group} in the Regions that were read.`, {
    why: names.length === 0 ? undefined : `Groups: ${names.slice(0, 8).join(', ')}`,
    hint: 'Name its Region with --region, or list all: bedrockctl batch list --region all',
  })
}

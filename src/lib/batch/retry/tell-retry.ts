import type {Gate, Unread} from '../../core/answer.schema.js'
import {plural} from '../../core/text.js'
import type {GroupState} from '../group/group-state.js'
import type {PlanFile} from '../plan/plan.schema.js'
import {goneUnread} from '../progress/gone-job.js'
import {jobNameOf} from '../submit/job-of-shard.js'
import type {BatchRetryResult} from './batch-retry.schema.js'
import type {ChosenRecords} from './choose-records.js'
import {type Includable, isRetried} from './retry-classes.js'

export interface RetryTold {
  readonly group: string
  readonly chosen: ChosenRecords
  readonly include: readonly Includable[]
  /** Undefined where nothing is tried again. */
  readonly plan: PlanFile | undefined
  readonly outcome: BatchRetryResult['outcome']
  /** Of the group, once the round was submitted. */
  readonly state: GroupState | undefined
  readonly simulated: boolean
  /** ARNs of jobs that the service knows no more. */
  readonly gone?: ReadonlySet<string> | undefined
}

/** What a retry did, or would do. */
export function tellRetry({
  chosen,
  group,
  include,
  outcome,
  plan,
  simulated,
  state,
  gone,
}: RetryTold): BatchRetryResult {
  const {classes, found} = chosen
  const retried = plan === undefined ? 0 : plan.shards.reduce((sum, {records}) => sum + records, 0)
  const jobs = plan === undefined ? [] : jobsOf(plan, state)
  const lost = jobs.flatMap(({arn, job}) => (arn !== null && gone?.has(arn) ? [job] : []))
  const gate = gateOf(outcome, group, found.records - found.answered, jobs, plan)
  return {
    schemaVersion: 1,
    simulated,
    unread: [...goneUnread(lost, plan?.region ?? ''), ...uncounted(jobs, outcome, plan?.region ?? '')],
    group,
    outcome,
    round: plan?.round ?? null,
    way: plan?.way ?? 'batch',
    records: found.records,
    answered: found.answered,
    classes: [...classes]
      .map(([name, records]) => ({class: name, records, retried: plan !== undefined && isRetried(name, include)}))
      .toSorted((a, b) => b.records - a.records),
    retried,
    jobs,
    price: plan === undefined ? null : priceOf(plan),
    next: nextCommands(group, outcome, plan?.way, gate),
    ...(gate && {gate}),
  }
}

function priceOf({price}: PlanFile): BatchRetryResult['price'] {
  const {asOf, currency, input, outputAtMost} = price
  return {currency, input, outputAtMost, asOf}
}

function jobsOf(plan: PlanFile, state: GroupState | undefined): BatchRetryResult['jobs'] {
  const shards = state?.rounds.find(({round}) => round === plan.round)?.shards ?? []
  return plan.shards.map(({bytes, number, records}) => {
    const shard = shards.find((one) => one.number === number)
    return {
      job: jobNameOf(plan, number),
      records,
      bytes,
      arn: shard?.job?.arn ?? null,
      state: shard?.end?.state ?? (shard?.state === 'refused' ? 'Refused' : null),
      answered: shard?.end?.records.succeeded ?? null,
    }
  })
}

function gateOf(
  outcome: BatchRetryResult['outcome'],
  group: string,
  unanswered: number,
  jobs: BatchRetryResult['jobs'],
  plan: PlanFile | undefined,
): Gate | undefined {
  if (outcome === 'nothing-to-retry') {
    const failures = unanswered === 0 ? [] : [`${unanswered} records are without an answer and not worth another try`]
    return {requirement: `every record of ${group} is answered`, passed: unanswered === 0, failures}
  }
  if (outcome === 'would-retry' || plan === undefined) return undefined
  const {round} = plan
  const requirement =
    outcome === 'ended'
      ? `every record of round ${round} of ${group} is answered`
      : `no job of round ${round} is refused or fails`
  const failures = jobs.flatMap((job) => [...badState(job), ...(outcome === 'ended' ? unansweredOf(job) : [])])
  return {requirement, passed: failures.length === 0, failures}
}

type Job = BatchRetryResult['jobs'][number]

function badState({job, state}: Job): readonly string[] {
  return state === null || state === 'Completed' ? [] : [`${job}: ${state}`]
}

function unansweredOf({answered, job, records}: Job): readonly string[] {
  const short = records - (answered ?? records)
  return short === 0 ? [] : [`${job}: ${short} of ${plural(records, 'record')} without an answer`]
}

/** A job that ended well and whose answers nobody counted: whether there are enough is not known. */
function uncounted(jobs: readonly Job[], outcome: BatchRetryResult['outcome'], region: string): readonly Unread[] {
  if (outcome !== 'ended') return []
  return jobs.flatMap(({answered, job, state}) =>
    state === 'Completed' && answered === null
      ? [
          {
            region,
            action: 'bedrock:GetModelInvocationJob',
            code: 'RECORDS_UNCOUNTED',
            reason: `${job} does not say how many records it answered: batch collect counts them.`,
          },
        ]
      : [],
  )
}

function nextCommands(
  group: string,
  outcome: BatchRetryResult['outcome'],
  way: PlanFile['way'],
  gate: Gate | undefined,
): readonly string[] {
  const command = (verb: string) => `bedrockctl batch ${verb} ${group}`
  switch (outcome) {
    case 'would-retry':
      return [way === undefined ? command('retry') : `${command('retry')} --on-demand`]
    case 'submitted':
    case 'timed-out':
      return [command('watch')]
    case 'full':
      return [command('submit'), command('show')]
    case 'ended':
      return gate?.passed === false ? [command('collect'), command('retry')] : [command('collect')]
    case 'nothing-to-retry':
      return [command('collect')]
  }
}

import type {Gate} from '../../core/answer.schema.js'
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
  const gate = gateOf(outcome, group, found.records - found.answered, state, plan)
  return {
    schemaVersion: 1,
    simulated,
    unread: goneUnread(lost, plan?.region ?? ''),
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
    next: nextCommands(group, outcome, plan?.way),
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
    }
  })
}

function gateOf(
  outcome: BatchRetryResult['outcome'],
  group: string,
  unanswered: number,
  state: GroupState | undefined,
  plan: PlanFile | undefined,
): Gate | undefined {
  if (outcome === 'nothing-to-retry') {
    const failures = unanswered === 0 ? [] : [`${unanswered} records are without an answer and not worth another try`]
    return {requirement: `every record of ${group} is answered`, passed: unanswered === 0, failures}
  }
  if (outcome === 'would-retry' || plan === undefined) return undefined
  if (plan.way === 'on-demand') return gateOnDemand(group, state, plan)
  const bad = jobsOf(plan, state).filter((job) => job.state !== null && job.state !== 'Completed')
  const failures = bad.map(({job, state: end}) => `${job}: ${end ?? ''}`)
  return {requirement: `no job of round ${plan.round} is refused or fails`, passed: bad.length === 0, failures}
}

function gateOnDemand(group: string, state: GroupState | undefined, {round}: PlanFile): Gate {
  const shards = state?.rounds.find((one) => one.round === round)?.shards ?? []
  const failed = shards.reduce((sum, {end}) => sum + (end?.records.failed ?? 0), 0)
  return {
    requirement: `every record of round ${round} of ${group} is answered`,
    passed: failed === 0,
    failures: failed === 0 ? [] : [`${plural(failed, 'record')} failed`],
  }
}

function nextCommands(group: string, outcome: BatchRetryResult['outcome'], way: PlanFile['way']): readonly string[] {
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
    case 'nothing-to-retry':
      return [command('collect')]
  }
}

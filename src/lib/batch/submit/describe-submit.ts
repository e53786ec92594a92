import type {Gate} from '../../core/answer.schema.js'
import {decimal} from '../../core/decimal.js'
import {formatS3Uri} from '../../jobs/s3-uri.js'
import type {GroupState, ShardState} from '../group/group-state.js'
import type {PlanFile} from '../plan/plan.schema.js'
import {goneUnread} from '../progress/gone-job.js'
import {inputPlace, jobNameOf, outputUri} from './job-of-shard.js'
import type {SubmitResult, SubmittedShard} from './submit.schema.js'
import {isWithheld} from './submit-run.js'

export interface SubmitFacts {
  readonly state: GroupState
  readonly folder: string
  readonly outcome: SubmitResult['outcome']
  readonly simulated: boolean
  /** The command that does what was only looked at. */
  readonly command?: string | undefined
  /** ARNs of jobs that the service knows no more. */
  readonly gone?: ReadonlySet<string> | undefined
}

/** The answer of a submit: every shard and how far it has come, and what to do next. */
export function describeSubmit({state, folder, outcome: asked, simulated, command, gone}: SubmitFacts): SubmitResult {
  const plans = state.rounds.map(({plan}) => plan)
  const last = plans.at(-1)
  const rounds = state.rounds.filter(({plan}) => plan.way === undefined)
  const shards = rounds.flatMap(({plan, shards: of}) => of.map((shard) => describeShard(plan, shard)))
  const outcome = asked === 'submitted' && shards.every(isOver) ? 'ended' : asked
  const gate = outcome === 'would-submit' ? undefined : gateOf(state.name, shards)
  return {
    schemaVersion: 1,
    simulated,
    unread: unreadOf(shards, gone, last?.region ?? ''),
    group: state.name,
    folder,
    region: last?.region ?? '',
    account: last?.account ?? '',
    modelId: last?.modelId ?? '',
    outcome,
    records: shards.reduce((sum, {records}) => sum + records, 0),
    bytes: shards.reduce((sum, {bytes}) => sum + bytes, 0),
    maxOpenJobs: last?.maxOpenJobs ?? 1,
    price: priceOf(plans),
    shards,
    next: nextSteps(state.name, outcome, command),
    ...(gate && {gate}),
  }
}

function describeShard(plan: PlanFile, shard: ShardState): SubmittedShard {
  const {end, job, number, refusal} = shard
  return {
    round: plan.round,
    shard: number,
    job: jobNameOf(plan, number),
    records: shard.plan.records,
    bytes: shard.plan.bytes,
    state: isWithheld(shard) ? 'withheld' : shard.state,
    arn: job?.arn ?? null,
    jobState: end?.state ?? null,
    said: shard.state === 'refused' ? (refusal?.said ?? null) : (end?.said ?? null),
    input: formatS3Uri(inputPlace(plan, number)),
    output: outputUri(plan, number),
  }
}

function isOver({state}: SubmittedShard): boolean {
  return state === 'ended' || state === 'refused' || state === 'withheld'
}

function unreadOf(
  shards: readonly SubmittedShard[],
  gone: ReadonlySet<string> | undefined,
  region: string,
): SubmitResult['unread'] {
  const names = shards.filter(({arn}) => arn !== null && gone?.has(arn)).map(({job}) => job)
  return goneUnread(names, region)
}

function gateOf(group: string, shards: readonly SubmittedShard[]): Gate {
  const failures = shards.flatMap(({job, jobState, said, state}) => {
    if (state === 'refused') return [`${job} was refused: ${said ?? ''}`]
    if (state !== 'ended' || jobState === 'Completed') return []
    return [`${job} ended ${jobState ?? ''}${said === null ? '' : `: ${said}`}`]
  })
  return {requirement: `no job of ${group} is refused or fails`, passed: failures.length === 0, failures}
}

function priceOf(plans: readonly PlanFile[]): SubmitResult['price'] {
  const prices = plans.map(({price}) => price)
  const sum = (amounts: readonly (string | null)[]) =>
    amounts.reduce<string | null>(
      (all, amount) => (all === null || amount === null ? null : decimal(all).plus(amount).toFixed()),
      '0',
    )
  return {
    currency: prices[0]?.currency ?? 'USD',
    input: sum(prices.map(({input}) => input)),
    outputAtMost: sum(prices.map(({outputAtMost}) => outputAtMost)),
    asOf: prices.map(({asOf}) => asOf).toSorted()[0] ?? '',
  }
}

function nextSteps(group: string, outcome: SubmitResult['outcome'], command: string | undefined): readonly string[] {
  switch (outcome) {
    case 'would-submit':
      return command === undefined ? [] : [command]
    case 'submitted':
    case 'timed-out':
      return [`bedrockctl batch watch ${group}`]
    case 'full':
      return [`bedrockctl batch submit ${group}`, `bedrockctl batch show ${group}`]
    case 'ended':
      return [`bedrockctl batch collect ${group}`]
  }
}

import type {Unread} from '../../core/answer.schema.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import type {ProblemGroup} from '../../jsonl/problem-groups.js'
import type {BatchPlan} from './batch-plan.schema.js'
import type {MadePlan, PlanFacts, PlanQuestion} from './make-plan.js'

/** What is told of a plan besides itself. */
export interface PlanTold {
  readonly question: PlanQuestion
  readonly facts: Pick<PlanFacts, 'source' | 'limits' | 'openJobs' | 'preflight'>
  readonly route: BatchPlan['model']['route']
  /** Why the job names something else than was typed. */
  readonly why: string | null
  readonly unread: readonly Unread[]
  readonly simulated: boolean
}

/** The answer of `batch plan`: what would be done, what it costs, and what stands in the way. */
export function tellPlan(made: MadePlan, {facts, question, route, simulated, unread, why}: PlanTold): BatchPlan {
  const {duration, groups, plan, price, refusal, rejected, totals} = made
  const {limits, openJobs, preflight, source} = facts
  const {account, api, baseModelId, modelId, region, results, roleArn, staging} = question
  return {
    schemaVersion: 1,
    simulated,
    unread: [...unread, ...unknownOf(preflight, region), ...price.unknown.map((said) => unpriced(said, region))],
    gate: gateOf(made, preflight),
    account,
    region,
    group: plan?.group ?? null,
    model: {id: modelId, baseModelId, route, why},
    api,
    roleArn,
    input: {
      name: source.name,
      bytes: source.bytes,
      revision: source.revision,
      records: totals.records,
      rejected,
    },
    staging,
    results,
    problems: groups.map(toProblem),
    refusal: refusal ?? null,
    jobs: (plan?.shards ?? []).map(({segments, ...shard}) => ({...shard, segments: segments.length})),
    maxOpenJobs: plan?.maxOpenJobs ?? null,
    openJobs: openJobs ?? null,
    limits,
    price: {
      ...price.price,
      inputLow: price.inputBounds?.low ?? null,
      inputHigh: price.inputBounds?.high ?? null,
      records: {images: totals.withImages, s3Media: totals.withS3Media},
    },
    duration: duration ?? null,
    preflight,
    saved: null,
  }
}

function gateOf({refusal}: MadePlan, preflight: readonly PreflightCheck[]): BatchPlan['gate'] {
  const failures = [
    ...(refusal ? [refusal.said] : []),
    ...preflight.filter(({verdict}) => verdict === 'fail').map(({id, said}) => `${id}: ${said}`),
  ]
  return {requirement: 'the records can run as batch jobs', passed: failures.length === 0, failures}
}

/** What could not be looked at keeps the answer from being whole. */
function unknownOf(preflight: readonly PreflightCheck[], region: string): readonly Unread[] {
  return preflight
    .filter(({verdict}) => verdict === 'unknown')
    .map(({id, said}) => ({
      region,
      action: 'bedrock:CreateModelInvocationJob',
      code: 'PREFLIGHT_UNKNOWN',
      reason: `${id}: ${said}`,
    }))
}

function unpriced(said: string, region: string): Unread {
  return {region, action: 'pricing:GetProducts', code: 'NO_PRICE', reason: said}
}

function toProblem({fixable, lines, path, ...group}: ProblemGroup): BatchPlan['problems'][number] {
  return {
    ...group,
    path: path ?? null,
    lines: lines.map(({line, recordId}) => ({line, recordId: recordId ?? null})),
    fixable,
  }
}

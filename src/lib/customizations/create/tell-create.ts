import type {Gate, Unread} from '../../core/answer.schema.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import type {CustomizationCheck} from '../check/customization-check.schema.js'
import {customizationFailure} from '../follow/failure-remedy.js'
import type {HyperparameterRow} from '../hyperparameters/hyperparameter.schema.js'
import {isEndState, jobRow} from '../job-row.js'
import type {CustomizationJob, CustomizationRequest} from '../ports.js'
import type {CreateData, CustomizationCreateResult, PriceLine} from './customization-create.schema.js'

/** Everything that was found out before a job is made. */
export interface CreatePlan {
  readonly account: string
  readonly region: string
  readonly request: CustomizationRequest
  readonly data: readonly CreateData[]
  readonly hyperparameters: readonly HyperparameterRow[]
  readonly hyperparameterNote: string | null
  /** Undefined where --skip-checks left it out, or a job of it is there already. */
  readonly dataset: CustomizationCheck | undefined
  readonly preflight: readonly PreflightCheck[]
  readonly skipped: readonly string[]
  readonly price: readonly PriceLine[]
  readonly excluded: readonly string[]
  readonly unread: readonly Unread[]
}

/** What keeps a job from being made. */
export function blockers({dataset, hyperparameters, preflight}: CreatePlan): readonly string[] {
  return [
    ...hyperparameters.flatMap(({problem}) => problem ?? []),
    ...(dataset?.findings ?? [])
      .filter(({severity}) => severity === 'error')
      .map(({count, file, text}) => `data: ${text} (${file ?? 'all'}, ${count}×)`),
    ...preflight.filter(({verdict}) => verdict === 'fail').map(({id, said}) => `${id}: ${said}`),
  ]
}

/** How it came out, with the job where there is one. */
export interface Outcome {
  readonly outcome: CustomizationCreateResult['outcome']
  readonly job: CustomizationJob | undefined
  /** The job was waited for, and must have completed. */
  readonly waited: boolean
  /** It was made before, and what came of it was deleted since. */
  readonly modelGone: boolean
  readonly nowMs: number
}

/** The answer of `customizations create`. */
export function tellCreate(
  plan: CreatePlan,
  {job, modelGone, nowMs, outcome, waited}: Outcome,
): Omit<CustomizationCreateResult, 'schemaVersion' | 'simulated'> {
  const {request} = plan
  const row = job && jobRow(job, nowMs)
  return {
    unread: outcome === 'dry-run' ? [...plan.unread, ...unknownOf(plan)] : plan.unread,
    gate: modelGone ? goneGate(request) : gateOf(plan, job, waited),
    account: plan.account,
    region: plan.region,
    baseModel: request.baseModel,
    type: request.type,
    jobName: request.jobName,
    modelName: request.modelName,
    roleArn: request.roleArn,
    teacher: request.teacher?.modelId ?? null,
    grader: request.reinforcement?.lambdaArn ?? null,
    data: plan.data,
    results: request.outputUri,
    hyperparameters: plan.hyperparameters,
    hyperparameterNote: plan.hyperparameterNote,
    dataset: datasetOf(plan),
    preflight: plan.preflight,
    skipped: plan.skipped,
    price: plan.price,
    excluded: plan.excluded,
    outcome,
    job: row ?? null,
    modelGone,
    failure: job?.state === 'Failed' ? customizationFailure(job.message) : null,
    next: modelGone ? [] : nextOf(plan, job),
  }
}

function goneGate({modelName}: CustomizationRequest): Gate {
  return {requirement: 'the model of the job is there', passed: false, failures: [`${modelName} was deleted since`]}
}

function gateOf(plan: CreatePlan, job: CustomizationJob | undefined, waited: boolean): Gate {
  const requirement = waited ? 'the job has completed' : 'nothing that is known makes the job fail'
  if (job !== undefined) {
    const isShort = waited ? job.state !== 'Completed' : job.state === 'Failed' || job.state === 'Stopped'
    return {requirement, passed: !isShort, failures: isShort ? [`${job.name}: ${job.state}`] : []}
  }
  const failures = blockers(plan)
  return {requirement, passed: failures.length === 0, failures}
}

/** What could not be looked at keeps the answer from being whole. */
function unknownOf({preflight, region}: CreatePlan): readonly Unread[] {
  return preflight
    .filter(({verdict}) => verdict === 'unknown')
    .map(({id, said}) => ({
      region,
      action: 'bedrock:CreateModelCustomizationJob',
      code: 'PREFLIGHT_UNKNOWN',
      reason: `${id}: ${said}`,
    }))
}

function datasetOf({dataset, skipped}: CreatePlan): CustomizationCreateResult['dataset'] {
  if (dataset === undefined) {
    const said = skipped.length > 0 ? 'not checked: --skip-checks' : 'not checked: the job is there already'
    return {checked: false, said, errors: 0, warnings: 0, tokens: null}
  }
  const of = (severity: string) => dataset.findings.filter((finding) => finding.severity === severity).length
  const [training] = dataset.files
  const rows = dataset.files.map(({role, rows: count}) => `${count} ${role} rows`).join(', ')
  return {
    checked: true,
    said: `${rows}, ${dataset.format.name}`,
    errors: of('error'),
    warnings: of('warning'),
    tokens: training?.tokens.mean ?? null,
  }
}

function nextOf({region, request}: CreatePlan, job: CustomizationJob | undefined): readonly string[] {
  const here = `--region ${region}`
  if (job === undefined) return []
  if (!isEndState(job.state)) return [`bedrockctl customizations watch ${job.name} ${here}`]
  if (job.state === 'Completed') return [`bedrockctl customizations deploy ${request.modelName} ${here}`]
  return [`bedrockctl customizations show ${job.name} ${here}`]
}

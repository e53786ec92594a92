import type {CustomizationRow, PhaseRow} from './customization.schema.js'
import type {CustomizationJob, Phase} from './ports.js'

/** A job as it is told. */
export function jobRow(job: CustomizationJob, nowMs: number): CustomizationRow {
  const {arn, createdAt, endedAt, id, message, modelArn, modelName, name, region, state, type} = job
  return {
    name,
    id,
    arn,
    region,
    type,
    baseModel: baseModelOf(job.baseModelArn),
    state,
    queued: isQueued(job),
    message,
    modelName,
    modelArn,
    createdAt,
    endedAt,
    ageSeconds: secondsBetween(createdAt, nowMs) ?? 0,
    phases: job.phases.map((phase) => phaseRow(phase, job, nowMs)),
  }
}

/** `amazon.nova-lite-v1:0:300k` of the ARN of a foundation model; a custom model keeps its ARN. */
export function baseModelOf(arn: string): string {
  const at = arn.indexOf(':foundation-model/')
  return at === -1 ? arn : arn.slice(at + ':foundation-model/'.length)
}

/** No state goes on from there. */
export function isEndState(state: string): boolean {
  return state === 'Completed' || state === 'Failed' || state === 'Stopped'
}

function phaseRow({modifiedAt, name, startedAt, state}: Phase, job: CustomizationJob, nowMs: number): PhaseRow {
  const isOver = state !== null && isEndState(state)
  const endedAt = isOver ? (modifiedAt ?? job.endedAt) : isEndState(job.state) && startedAt ? job.endedAt : null
  const hasBegun = startedAt !== null && state !== 'NotStarted'
  return {
    name,
    state,
    startedAt: hasBegun ? startedAt : null,
    endedAt: hasBegun ? endedAt : null,
    seconds: hasBegun ? secondsBetween(startedAt, endedAt === null ? nowMs : Date.parse(endedAt)) : null,
  }
}

/** Jobs wait there for hours: nothing is wrong with them. */
function isQueued({phases, state}: CustomizationJob): boolean {
  const of = (name: Phase['name']) => phases.find((phase) => phase.name === name)?.state
  return state === 'InProgress' && of('data-processing') === 'Completed' && of('training') === 'NotStarted'
}

function secondsBetween(from: string, toMs: number): number | null {
  const ms = toMs - Date.parse(from)
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms / 1000)) : null
}

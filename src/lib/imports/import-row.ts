import {isOver} from './import-states.js'
import type {ImportRow} from './imports.schema.js'
import type {ImportedModel, ImportJob} from './ports.js'

/** An import and what came of it, as one line. At least one of the two is there. */
export function importRow(
  {job, model}: {readonly job: ImportJob | undefined; readonly model: ImportedModel | undefined},
  nowMs: number,
): ImportRow {
  const createdAt = job?.createdAt ?? model?.createdAt ?? ''
  const endedAt = job === undefined ? (model?.createdAt ?? null) : job.endedAt
  const gone = job?.state === 'Completed' && model === undefined
  const state = gone ? 'Deleted' : (job?.state ?? 'Completed')
  return {
    name: model?.name ?? job?.modelName ?? job?.name ?? '',
    region: model?.region ?? job?.region ?? '',
    state,
    architecture: model?.architecture ?? null,
    converse: model?.instructSupported ?? null,
    createdAt,
    endedAt,
    seconds: job === undefined ? null : secondsOf(job, nowMs),
    jobName: job?.name ?? model?.jobName ?? null,
    jobArn: job?.arn ?? model?.jobArn ?? null,
    modelArn: model?.arn ?? job?.modelArn ?? null,
  }
}

/** How long an import took, or has taken so far. */
export function secondsOf({createdAt, endedAt, state}: ImportJob, nowMs: number): number | null {
  const end = endedAt === null ? (isOver(state) ? Number.NaN : nowMs) : Date.parse(endedAt)
  const seconds = (end - Date.parse(createdAt)) / 1000
  return Number.isNaN(seconds) ? null : Math.max(0, Math.round(seconds))
}

import type {ModelImportJobStatus} from '@aws-sdk/client-bedrock'
import type {ImportJob} from '../../../world/import-state.js'

/** Where an import is at a moment. */
export interface ImportView {
  readonly status: ModelImportJobStatus
  /** When it ended. */
  readonly endedAt: number | undefined
  readonly failure: string | undefined
}

export const openedAt = ({createdAt, pace}: ImportJob): number => createdAt + pace.configMs

/** When it ends; known once config.json and the list of files have been read. */
export function endsAt(job: ImportJob): number | undefined {
  const {opening, end, pace} = job
  if (!opening) return undefined
  if (opening.failure !== undefined) return openedAt(job)
  return openedAt(job) + Math.ceil((pace.copyMs + opening.bytes / pace.bytesPerMs) * (end?.afterShare ?? 1))
}

/** A job whose outcome is still being found out has not ended. */
export function importAt(job: ImportJob): ImportView {
  const {outcome} = job
  if (!outcome) return {status: 'InProgress', endedAt: undefined, failure: undefined}
  const {failure} = outcome
  return {status: failure === undefined ? 'Completed' : 'Failed', endedAt: endsAt(job), failure}
}

/** The next moment at which there is work to do for the job; `undefined` once there is none. */
export function nextStep(job: ImportJob): number | undefined {
  return job.outcome ? undefined : (endsAt(job) ?? openedAt(job))
}

import type {ModelInvocationJobStatus} from '@aws-sdk/client-bedrock'
import type {BatchJob} from '../../../world/batch-state.js'

const HOUR_MS = 3_600_000

/** Where a job is at a moment. */
export interface JobView {
  readonly status: ModelInvocationJobStatus
  /** Since when. */
  readonly since: number
  readonly ended: boolean
  readonly message: string | undefined
  readonly total: number
  readonly processed: number
}

export const expiryOf = ({createdAt, request}: BatchJob): number => createdAt + request.timeoutHours * HOUR_MS

/** When its input has been checked. */
export const checkedAt = ({createdAt, pace}: BatchJob): number => createdAt + pace.submittedMs + pace.validatingMs

/** The states of a job follow from the clock alone, once its input has been checked. */
export function jobAt(job: BatchJob, now: number): JobView {
  const {stopAskedAt, pace} = job
  if (stopAskedAt === undefined || now < stopAskedAt) return unstopped(job, now)
  const {total, processed} = unstopped(job, stopAskedAt)
  const stoppedAt = stopAskedAt + pace.stoppingMs
  const counts = {message: undefined, total, processed}
  if (now < stoppedAt) return {status: 'Stopping', since: stopAskedAt, ended: false, ...counts}
  return {status: 'Stopped', since: stoppedAt, ended: true, ...counts}
}

/** The next moment after `now` at which there is work to do for the job; `undefined` once there is none. */
export function nextWork(job: BatchJob, now: number): number | undefined {
  const {stopAskedAt, pace, intake} = job
  if (job.delivered) return undefined
  if (stopAskedAt !== undefined) return stopAskedAt + pace.stoppingMs
  if (!intake) return Math.min(checkedAt(job), expiryOf(job))
  const end = timeline(job)
  return Math.max(now, end.at)
}

function unstopped(job: BatchJob, now: number): JobView {
  const {createdAt, pace, intake} = job
  const validatingAt = createdAt + pace.submittedMs
  const expiresAt = expiryOf(job)
  if (!intake && now >= expiresAt && checkedAt(job) >= expiresAt) {
    return {...waiting('Expired', expiresAt), ended: true}
  }
  if (now < validatingAt) return waiting('Submitted', createdAt)
  if (now < checkedAt(job) || !intake) return waiting('Validating', validatingAt)
  const end = timeline(job)
  const total = intake.failure === undefined ? intake.records : 0
  if (now >= end.at) return {status: end.status, since: end.at, ended: true, total, ...end.told}
  const startsAt = startOf(job)
  if (now < startsAt) return {...waiting('Scheduled', checkedAt(job)), total}
  const processed = Math.min(end.told.processed, processedBy(job, now))
  return {status: 'InProgress', since: startsAt, ended: false, message: undefined, total, processed}
}

function waiting(status: ModelInvocationJobStatus, since: number): JobView {
  return {status, since, ended: false, message: undefined, total: 0, processed: 0}
}

interface End {
  readonly at: number
  readonly status: ModelInvocationJobStatus
  readonly told: Pick<JobView, 'message' | 'processed'>
}

const startOf = (job: BatchJob): number => checkedAt(job) + job.pace.scheduledMs

function processedBy(job: BatchJob, time: number): number {
  if (job.end?.idle) return 0
  return Math.max(0, Math.floor(((time - startOf(job)) / 1000) * job.pace.recordsPerSecond))
}

/** How and when a job ends that nobody stops. */
function timeline(job: BatchJob): End {
  const {intake, end} = job
  const failure = intake?.failure
  if (failure !== undefined) return ending(checkedAt(job), 'Failed', 0, failure)
  if (end?.status === 'Failed' && end.afterShare === 0) return ending(checkedAt(job), 'Failed', 0, end.message)
  const startsAt = startOf(job)
  const expiresAt = expiryOf(job)
  // A job that waited too long has expired; one that ran too long is done in part.
  if (startsAt >= expiresAt) return ending(expiresAt, 'Expired', 0)
  const goal = Math.floor((intake?.records ?? 0) * (end?.afterShare ?? 1))
  const endsAt = startsAt + Math.ceil((goal / job.pace.recordsPerSecond) * 1000)
  if (endsAt > expiresAt) return ending(expiresAt, 'PartiallyCompleted', processedBy(job, expiresAt))
  return ending(endsAt, end?.status ?? 'Completed', end?.idle ? 0 : goal, end?.message)
}

function ending(at: number, status: ModelInvocationJobStatus, processed: number, message?: string): End {
  return {at, status, told: {processed, message}}
}

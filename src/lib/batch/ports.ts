/** How the records of a job are worded: as the model's own body, or as Converse. */
export type BatchApi = 'InvokeModel' | 'Converse'

/** States of a batch job, from CreateModelInvocationJob to its end (API reference, October 2026). */
export const JOB_STATES = [
  'Submitted',
  'Validating',
  'Scheduled',
  'InProgress',
  'Stopping',
  'Completed',
  'PartiallyCompleted',
  'Failed',
  'Expired',
  'Stopped',
] as const
export type JobState = (typeof JOB_STATES)[number]

export interface BatchJobRequest {
  readonly name: string
  /** The same token with the same request names the same job, however often it is sent. */
  readonly clientRequestToken: string
  readonly modelId: string
  readonly roleArn: string
  readonly api: BatchApi
  readonly inputUri: string
  readonly outputUri: string
  readonly outputKmsKey?: string | undefined
  readonly bucketOwner?: string | undefined
  readonly timeoutHours?: number | undefined
  readonly vpc?: {readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[]} | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** Progress as the service counts it; null where it does not say. */
export interface RecordCounts {
  readonly total: number | null
  readonly processed: number | null
  readonly succeeded: number | null
  readonly failed: number | null
}

export interface BatchJob {
  readonly arn: string
  /** Last part of the ARN: the folder of its output. */
  readonly id: string
  readonly region: string
  readonly name: string
  readonly modelId: string
  readonly roleArn: string
  /** A state of a newer service comes through as it is. */
  readonly state: JobState | (string & {})
  /** Why it failed, in the words of the service. */
  readonly message: string | null
  readonly api: BatchApi
  readonly inputUri: string
  readonly outputUri: string
  readonly records: RecordCounts
  /** ISO 8601. */
  readonly submittedAt: string
  readonly modifiedAt: string | null
  readonly endedAt: string | null
  readonly expiresAt: string | null
  readonly clientRequestToken: string | null
}

export interface BatchJobFilter {
  readonly nameContains?: string | undefined
  readonly state?: JobState | undefined
  /** ISO 8601. */
  readonly submittedAfter?: string | undefined
}

/** Batch inference of the account. */
export interface BatchJobSource {
  /** bedrock:CreateModelInvocationJob; returns the ARN. */
  create(region: string, request: BatchJobRequest, signal?: AbortSignal): Promise<string>
  /** bedrock:GetModelInvocationJob; undefined when there is no such job. */
  get(region: string, idOrArn: string, signal?: AbortSignal): Promise<BatchJob | undefined>
  /** bedrock:ListModelInvocationJobs, newest first. A job may be missing for seconds after it was made. */
  list(region: string, filter: BatchJobFilter, signal?: AbortSignal): Promise<readonly BatchJob[]>
  /** bedrock:StopModelInvocationJob; `already-ended` where there is nothing to stop. */
  stop(region: string, idOrArn: string, signal?: AbortSignal): Promise<'stopping' | 'already-ended'>
}

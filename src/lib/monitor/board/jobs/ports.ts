/** A job that evaluates models or knowledge bases. */
export interface EvaluationJob {
  readonly arn: string
  readonly name: string
  /** InProgress, Completed, Failed, Stopping, Stopped, Deleting. */
  readonly state: string
  /** Automated or Human. */
  readonly type: string
  /** ModelEvaluation or RagEvaluation; null where the service does not say. */
  readonly application: string | null
  readonly tasks: readonly string[]
  readonly models: readonly string[]
  /** ISO 8601. */
  readonly createdAt: string | null
}

/** What a lookup of one job tells beyond the list. */
export interface EvaluationDetail {
  /** Why it failed, in the words of the service; none where it did not. */
  readonly messages: readonly string[]
  readonly modifiedAt: string | null
  readonly outputUri: string | null
}

/** A job that copies a custom model into another Region or account. */
export interface CopyJob {
  readonly arn: string
  /** Of the copy. */
  readonly name: string
  /** InProgress, Completed, Failed. */
  readonly state: string
  readonly sourceModelArn: string
  readonly targetModelArn: string | null
  readonly createdAt: string | null
  readonly message: string | null
}

/** Evaluation and copy jobs of the account. Failures come out as ours; what is not there is `undefined`. */
export interface ModelJobSource {
  /** bedrock:ListEvaluationJobs, newest first, made at `createdAfter` (ISO 8601) or later. */
  evaluations(region: string, createdAfter: string, signal?: AbortSignal): Promise<readonly EvaluationJob[]>
  /** bedrock:GetEvaluationJob. */
  evaluation(region: string, arn: string, signal?: AbortSignal): Promise<EvaluationDetail | undefined>
  /** bedrock:StopEvaluationJob; `already-ended` where there is nothing to stop. */
  stopEvaluation(region: string, arn: string, signal?: AbortSignal): Promise<'stopping' | 'already-ended'>
  /** bedrock:ListModelCopyJobs, newest first, made at `createdAfter` (ISO 8601) or later. */
  copies(region: string, createdAfter: string, signal?: AbortSignal): Promise<readonly CopyJob[]>
}

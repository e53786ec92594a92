/** States of an import job; there is no stop (API reference, October 2026). */
export const IMPORT_STATES = ['InProgress', 'Completed', 'Failed'] as const
export type ImportState = (typeof IMPORT_STATES)[number]

export interface ImportRequest {
  readonly jobName: string
  readonly modelName: string
  readonly roleArn: string
  /** Prefix of the model's files. */
  readonly s3Uri: string
  /** The same token with the same request names the same job. */
  readonly clientRequestToken: string
  readonly kmsKeyId?: string | undefined
  readonly vpc?: {readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[]} | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface ImportJob {
  readonly arn: string
  /** Last part of the ARN. */
  readonly id: string
  readonly region: string
  readonly name: string
  readonly modelName: string | null
  /** From when the job is Completed. */
  readonly modelArn: string | null
  /** Only of one job, not in a list. */
  readonly roleArn: string | null
  readonly s3Uri: string | null
  /** A state of a newer service comes through as it is. */
  readonly state: ImportState | (string & {})
  /** Why it failed, in the words of the service. */
  readonly message: string | null
  /** ISO 8601. */
  readonly createdAt: string
  readonly modifiedAt: string | null
  readonly endedAt: string | null
  readonly kmsKeyArn: string | null
}

export interface ImportedModel {
  readonly arn: string
  readonly id: string
  readonly region: string
  readonly name: string
  readonly createdAt: string
  /** As the service names it; null where it does not. */
  readonly architecture: string | null
  /** Whether Converse works. */
  readonly instructSupported: boolean | null
  /** Only of one model, not in a list. */
  readonly jobArn: string | null
  readonly jobName: string | null
  readonly s3Uri: string | null
  readonly kmsKeyArn: string | null
  readonly unitsPerCopy: number | null
  /** `v1.0`: the version of the Custom Model Unit, which has a price of its own. */
  readonly unitsVersion: string | null
}

/** Custom Model Import of the account. Failures come out as ours; what is not there is `undefined`. */
export interface ImportSource {
  /** bedrock:CreateModelImportJob; returns the ARN. */
  create(region: string, request: ImportRequest, signal?: AbortSignal): Promise<string>
  /** bedrock:GetModelImportJob, by name, id or ARN. */
  job(region: string, identifier: string, signal?: AbortSignal): Promise<ImportJob | undefined>
  /** bedrock:ListModelImportJobs, newest first. */
  jobs(
    region: string,
    filter: {readonly nameContains?: string | undefined; readonly state?: ImportState | undefined},
    signal?: AbortSignal,
  ): Promise<readonly ImportJob[]>
  /** bedrock:GetImportedModel, by name, id or ARN. */
  model(region: string, identifier: string, signal?: AbortSignal): Promise<ImportedModel | undefined>
  /** bedrock:ListImportedModels, newest first. */
  models(region: string, signal?: AbortSignal): Promise<readonly ImportedModel[]>
  /** bedrock:DeleteImportedModel; false where there was none. */
  remove(region: string, identifier: string, signal?: AbortSignal): Promise<boolean>
}

/** A training job of SageMaker, as far as its model is concerned. */
export interface TrainingJob {
  readonly name: string
  /** InProgress, Completed, Failed, Stopping, Stopped, Deleting. */
  readonly state: string
  readonly failure: string | null
  /** Where its model is: one archive, or a prefix; null where the service names none. */
  readonly artefactUri: string | null
  /** Whether the artefact is an archive, `model.tar.gz`. */
  readonly packed: boolean
}

/** SageMaker, whose training jobs make models to import. */
export interface TrainingJobSource {
  /** sagemaker:DescribeTrainingJob. */
  job(region: string, name: string, signal?: AbortSignal): Promise<TrainingJob | undefined>
}

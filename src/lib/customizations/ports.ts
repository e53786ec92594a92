export const CUSTOMIZATION_TYPES = [
  'FINE_TUNING',
  'CONTINUED_PRE_TRAINING',
  'DISTILLATION',
  'REINFORCEMENT_FINE_TUNING',
] as const
export type CustomizationType = (typeof CUSTOMIZATION_TYPES)[number]
export const CUSTOMIZATION_STATES = ['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped'] as const
export type CustomizationState = (typeof CUSTOMIZATION_STATES)[number]

/** A stage of a job, in the order of the list it stands in. */
export interface Phase {
  readonly name: 'validation' | 'data-processing' | 'training'
  /** NotStarted, InProgress, Completed, Stopping, Stopped, Failed; null where the service does not say. */
  readonly state: string | null
  readonly startedAt: string | null
  readonly modifiedAt: string | null
}

export interface CustomizationRequest {
  readonly jobName: string
  readonly modelName: string
  readonly roleArn: string
  readonly clientRequestToken: string
  readonly baseModel: string
  readonly type: CustomizationType
  readonly trainingUri?: string | undefined
  readonly validationUris: readonly string[]
  readonly outputUri: string
  readonly hyperparameters: Readonly<Record<string, string>>
  readonly teacher?: {readonly modelId: string; readonly mostResponseTokens?: number | undefined} | undefined
  readonly reinforcement?:
    | {readonly lambdaArn: string; readonly hyperparameters: Readonly<Record<string, number | string>>}
    | undefined
  readonly modelKmsKeyId?: string | undefined
  readonly vpc?: {readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[]} | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CustomizationJob {
  readonly arn: string
  readonly id: string
  readonly region: string
  readonly name: string
  readonly modelName: string | null
  readonly modelArn: string | null
  readonly baseModelArn: string
  readonly type: CustomizationType | (string & {}) | null
  readonly state: CustomizationState | (string & {})
  readonly message: string | null
  readonly phases: readonly Phase[]
  readonly createdAt: string
  readonly modifiedAt: string | null
  readonly endedAt: string | null
  /** Only of one job, not in a list. */
  readonly roleArn: string | null
  readonly trainingUri: string | null
  readonly validationUris: readonly string[]
  readonly outputUri: string | null
  readonly hyperparameters: Readonly<Record<string, string>> | null
  readonly trainingLoss: number | null
  readonly validationLosses: readonly number[]
  readonly kmsKeyArn: string | null
  /** Of a distillation: as it was named. */
  readonly teacher: string | null
  /** Of reinforcement fine-tuning: the function that grades. */
  readonly graderArn: string | null
  /** What the request was made with. */
  readonly clientRequestToken: string | null
}

export interface CustomModel {
  readonly arn: string
  readonly id: string
  readonly region: string
  readonly name: string
  readonly baseModelArn: string | null
  readonly type: string | null
  /** Creating, Active, Failed; null where the service does not say. */
  readonly state: string | null
  readonly message: string | null
  readonly createdAt: string
  readonly jobArn: string | null
  readonly kmsKeyArn: string | null
}

/** Customization of the account. Failures come out as ours; what is not there is `undefined`. */
export interface CustomizationSource {
  create(region: string, request: CustomizationRequest, signal?: AbortSignal): Promise<string>
  job(region: string, identifier: string, signal?: AbortSignal): Promise<CustomizationJob | undefined>
  jobs(
    region: string,
    filter: {
      readonly nameContains?: string | undefined
      readonly state?: CustomizationState | undefined
      /** ISO 8601. */
      readonly createdAfter?: string | undefined
    },
    signal?: AbortSignal,
  ): Promise<readonly CustomizationJob[]>
  stop(region: string, identifier: string, signal?: AbortSignal): Promise<'stopping' | 'already-ended'>
  model(region: string, identifier: string, signal?: AbortSignal): Promise<CustomModel | undefined>
  models(region: string, signal?: AbortSignal): Promise<readonly CustomModel[]>
  remove(region: string, identifier: string, signal?: AbortSignal): Promise<boolean>
}

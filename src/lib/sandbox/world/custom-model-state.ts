import type {CommitmentDuration, CustomizationType, GetCustomModelResponse} from '@aws-sdk/client-bedrock'

/** What GetCustomModel tells of how a model was made. */
export type CustomModelOrigin = Pick<
  GetCustomModelResponse,
  | 'trainingDataConfig'
  | 'validationDataConfig'
  | 'outputDataConfig'
  | 'hyperParameters'
  | 'trainingMetrics'
  | 'validationMetrics'
  | 'customizationConfig'
>

/** The job that made a custom model. */
export interface MakingJob {
  readonly arn: string
  readonly name: string
}

export interface CustomModel {
  readonly arn: string
  readonly name: string
  /** Absent of one that CreateCustomModel made. */
  readonly job: MakingJob | undefined
  readonly baseModelArn: string
  readonly baseModelName: string
  readonly customizationType: CustomizationType
  readonly kmsKeyArn: string | undefined
  readonly origin: CustomModelOrigin
  readonly createdAt: number
  /** From then on List shows it; Get does at once. */
  readonly listedAt: number
  /** When it is Active, or Failed. */
  readonly readyAt: number
  /** Why it will not be Active. */
  readonly failure: string | undefined
}

/** A copy of a custom model into the Region that it is kept in; the clock completes it. */
export interface CopyJob {
  readonly arn: string
  readonly sourceModelArn: string
  readonly target: CustomModel
  readonly createdAt: number
}

/** A change of what serves, on its way or the last one there was. */
export interface ServingChange {
  readonly modelArn: string
  readonly askedAt: number
  readonly doneAt: number
  /** Why it will not come about. */
  readonly failure: string | undefined
}

export interface CustomModelDeployment {
  readonly arn: string
  readonly name: string
  readonly modelArn: string
  readonly description: string | undefined
  readonly createdAt: number
  readonly listedAt: number
  /** When it is Active, or Failed. */
  readonly readyAt: number
  readonly failure: string | undefined
  readonly change: ServingChange | undefined
}

export interface ProvisionedModel {
  readonly arn: string
  readonly name: string
  readonly modelArn: string
  readonly foundationModelArn: string
  readonly modelUnits: number
  readonly commitmentDuration: CommitmentDuration | undefined
  readonly commitmentExpiresAt: number | undefined
  readonly createdAt: number
  readonly listedAt: number
  /** When it is InService, or Failed. */
  readonly readyAt: number
  readonly failure: string | undefined
  readonly change: ServingChange | undefined
}

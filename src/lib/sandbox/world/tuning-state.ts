import type {CreateModelCustomizationJobCommandInput, CustomizationType} from '@aws-sdk/client-bedrock'
import type {CustomModel} from './custom-model-state.js'

export type TuningPhase = 'validation' | 'dataProcessing' | 'training'

/** How long a job is in each phase, in milliseconds. */
export interface TuningPace {
  readonly validationMs: number
  readonly processingMs: number
  /** Between data processing and training: it waits for capacity. */
  readonly queueMs: number
  /** Absent: as the tokens need. */
  readonly trainingMs: number | undefined
  readonly tokensPerSecond: number
  readonly stoppingMs: number
}

/** A failure that a scenario has for a job. */
export interface TuningEnd {
  readonly phase: TuningPhase
  readonly message: string
  /** Share of the training that is done before it. */
  readonly afterShare: number
}

/** What checking the data found. */
export interface TuningIntake {
  /** Why the job fails; then the rest is zero. */
  readonly failure: string | undefined
  /** Of the training data. */
  readonly records: number
  readonly tokens: number
  /** Records of each validation file. */
  readonly validation: readonly number[]
}

export interface TuningJob {
  readonly arn: string
  /** Last part of the ARN. */
  readonly id: string
  readonly name: string
  readonly request: CreateModelCustomizationJobCommandInput
  /** Id of the base as jobs name it, with the suffix of its context. */
  readonly base: string
  readonly baseModelArn: string
  readonly type: CustomizationType
  /** Of the key that its model is kept under. */
  readonly keyArn: string | undefined
  /** Every parameter of the base, with its default where the request has none. */
  readonly hyperparameters: Readonly<Record<string, string>>
  readonly createdAt: number
  /** From then on List shows it; Get does at once. */
  readonly listedAt: number
  readonly pace: TuningPace
  readonly end: TuningEnd | undefined
  /** Of the model that it makes if all goes well. */
  readonly modelArn: string
  intake: TuningIntake | undefined
  stopAskedAt: number | undefined
  /** Rows of training metrics that are in the output. */
  written: number
  /** Its model and its metrics are there, or it will have none. */
  delivered: boolean
  /** The step under way; steps of a job follow one another. */
  working: Promise<void>
}

/** Customization jobs of an account in a Region. */
export interface TuningState {
  /** By ARN, in order of creation. */
  readonly jobs: Map<string, TuningJob>
  /** When the stop of a job that the scenario declares was asked for, by ARN. */
  readonly stopped: Map<string, number>
  /** Models of the scenario that were deleted: their jobs are still listed. */
  readonly gone: CustomModel[]
}

export function emptyTuningState(): TuningState {
  return {jobs: new Map(), stopped: new Map(), gone: []}
}

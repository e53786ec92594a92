import type {ModelInvocationType, VpcConfig} from '@aws-sdk/client-bedrock'
import type {StoredObject} from './objects/stored-object.js'

/** What a job was created with. */
export interface BatchRequest {
  readonly jobName: string
  readonly roleArn: string
  readonly modelId: string
  readonly clientRequestToken: string | undefined
  readonly inputUri: string
  readonly inputOwner: string | undefined
  readonly outputUri: string
  readonly outputOwner: string | undefined
  readonly outputKey: string | undefined
  readonly vpc: VpcConfig | undefined
  readonly timeoutHours: number
  readonly type: ModelInvocationType
}

/** How long a job is in each phase, in milliseconds. */
export interface BatchPace {
  readonly submittedMs: number
  readonly validatingMs: number
  readonly scheduledMs: number
  readonly stoppingMs: number
  readonly recordsPerSecond: number
}

/** An end that a scenario has for a job, or that its role's missing rights bring. */
export interface BatchEnd {
  readonly status: 'Failed' | 'Expired' | 'PartiallyCompleted'
  readonly message: string | undefined
  /** Share of the records whose time passes before it. */
  readonly afterShare: number
  /** No record is ever processed. */
  readonly idle?: boolean
}

export interface RecordFailure {
  readonly code: number
  readonly message: string
  /** It stands where the answer would. */
  readonly asOutput: boolean
  /** Under what its attempts are counted, where they are limited. */
  readonly countedAs?: string | undefined
}

/** An input file as it was when it was checked. Its content is kept until the job is over. */
export interface BatchFile {
  /** Its name below the input's address. */
  readonly name: string
  readonly object: StoredObject
}

/** What checking the input found. */
export interface BatchIntake {
  /** Why the job fails; then the rest is empty. */
  readonly failure: string | undefined
  readonly files: readonly BatchFile[]
  readonly records: number
  /** Records that will fail, by their place in the input, in its order. */
  readonly failures: ReadonlyMap<number, RecordFailure>
}

export interface BatchJob {
  readonly arn: string
  /** Last part of the ARN. */
  readonly id: string
  readonly name: string
  readonly request: BatchRequest
  /** Id of the base model, whatever the request names. */
  readonly baseModel: string
  readonly createdAt: number
  /** From then on List shows it; Get does at once. */
  readonly listedAt: number
  readonly pace: BatchPace
  readonly end: BatchEnd | undefined
  intake: BatchIntake | undefined
  stopAskedAt: number | undefined
  /** Its output is there, or it will have none. */
  delivered: boolean
  /** The step under way; steps of a job follow one another. */
  working: Promise<void>
}

/** Batch jobs of an account in a Region. */
export interface BatchState {
  /** By ARN, in order of creation. */
  readonly jobs: Map<string, BatchJob>
  /** When the stop of a job that the scenario declares, be it an evaluation, was asked for, by ARN. */
  readonly stopped: Map<string, number>
  /** How often a scenario let a record fail, by what it is counted as. */
  readonly attempts: Map<string, number>
}

export function emptyBatchState(): BatchState {
  return {jobs: new Map(), stopped: new Map(), attempts: new Map()}
}

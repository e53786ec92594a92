import type {Tag, VpcConfig} from '@aws-sdk/client-bedrock'

/** What an import was asked for with. */
export interface ImportRequest {
  readonly jobName: string
  readonly modelName: string
  readonly roleArn: string
  readonly s3Uri: string
  readonly kmsKeyArn: string | undefined
  readonly vpc: VpcConfig | undefined
  readonly modelTags: readonly Tag[]
}

/** How long an import takes, in milliseconds. */
export interface ImportPace {
  /** Until config.json has been read. */
  readonly configMs: number
  /** From then on, whatever the size. */
  readonly copyMs: number
  readonly bytesPerMs: number
  readonly listDelayMs: number
}

/** A failure that a scenario has for a job. */
export interface ImportEnd {
  readonly message: string
  /** Share of the copying that passes before it; 0: when config.json has been read. */
  readonly afterShare: number
}

/** What reading config.json and the list of files came to. */
export interface ImportOpening {
  readonly failure: string | undefined
  /** Of all weights. */
  readonly bytes: number
}

export interface ImportJob {
  readonly arn: string
  readonly name: string
  readonly request: ImportRequest
  readonly createdAt: number
  /** From then on List shows it; Get does at once. */
  readonly listedAt: number
  readonly pace: ImportPace
  readonly end: ImportEnd | undefined
  opening: ImportOpening | undefined
  /** What came of it, once all of it has been read. */
  outcome: {readonly failure: string | undefined; readonly modelArn: string | undefined} | undefined
  /** The step under way; steps of a job follow one another. */
  working: Promise<void>
}

/** What an import made of a model's files. */
export interface ImportedModel {
  readonly arn: string
  readonly name: string
  readonly jobArn: string
  readonly jobName: string
  readonly s3Uri: string
  /** `model_type` of config.json. */
  readonly architecture: string
  readonly instructSupported: boolean
  /** It came with one, whether or not Converse is open to it. */
  readonly chatTemplate: boolean
  readonly multimodal: boolean
  /** Of a copy. */
  readonly customModelUnits: number
  readonly customModelUnitsVersion: string
  /** Of its weights; 0 where nothing is known of them. */
  readonly bytes: number
  readonly kmsKeyArn: string | undefined
  readonly createdAt: number
  /** From then on List shows it; Get does at once. */
  readonly listedAt: number
}

/** When a copy of a model was, or will be, loaded, and when it was last called. */
export interface ModelCopy {
  readonly loadedAt: number
  usedAt: number
}

/** Model imports of an account in a Region, and what answers for imported models. */
export interface ImportState {
  /** By ARN, in order of creation. */
  readonly jobs: Map<string, ImportJob>
  /** Models that the scenario declares and that were deleted: their jobs stay. */
  readonly deleted: ImportedModel[]
  /** By ARN of the model: one after the other, the last of them maybe still loaded. */
  readonly copies: Map<string, readonly ModelCopy[]>
}

export function emptyImportState(): ImportState {
  return {jobs: new Map(), deleted: [], copies: new Map()}
}

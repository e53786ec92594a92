import type {DataRetentionMode, LoggingConfig, Tag} from '@aws-sdk/client-bedrock'
import type {CalledMinutes} from '../metrics/called-minutes.js'
import type {BatchState} from './batch-state.js'
import type {BilledCalls} from './billed-calls.js'
import type {CopyJob, CustomModel, CustomModelDeployment, ProvisionedModel} from './custom-model-state.js'
import type {HostedZone} from './dns-state.js'
import type {IamState} from './iam-state.js'
import type {ImportedModel, ImportState} from './import-state.js'
import type {NetworkState} from './network-state.js'
import type {AccountResources} from './resources.js'
import type {TrailEntry} from './trail-entry.js'
import type {TuningState} from './tuning-state.js'

/** An agreement with a model's seller. PENDING until `availableAt` on the clock, then AVAILABLE. */
export interface Agreement {
  readonly modelId: string
  /** Milliseconds; `Infinity` for one that never completes. */
  readonly availableAt: number
}

export interface Denial {
  /** IAM action; `*` matches any run of characters. */
  readonly action: string
  readonly regions: readonly string[] | undefined
  /** User or role names; everybody when absent. */
  readonly principals: readonly string[] | undefined
}

/** A change of a Region's opt-in state that takes its time. */
export interface RegionChange {
  readonly to: 'enabled' | 'disabled'
  readonly completesAt: number
}

/** What belongs to an account and to no Region. */
export interface AccountState {
  readonly id: string
  readonly name: string
  readonly partition: string
  readonly createdAt: number
  readonly iam: IamState
  readonly hostedZones: readonly HostedZone[]
  readonly resources: AccountResources
  readonly denials: readonly Denial[]
  /** Opt-in Regions that are enabled, or on their way. */
  readonly regionChanges: Map<string, RegionChange>
  /** Sellers' agreements by base model id. */
  readonly agreements: Map<string, Agreement>
  /** Models that AWS decides about account by account, and does not let this one use. */
  readonly withheldModels: ReadonlySet<string>
  /** The use-case form by Region; `default` stands for every Region that needs no opt-in. */
  readonly useCaseForms: Map<string, Uint8Array>
  /** Applied quota values by quota code, where they differ from the default. */
  readonly quotas: ReadonlyMap<string, number>
  /** Calls of models that are on the bill, by Region. */
  readonly billed: Map<string, Map<string, BilledCalls>>
}

export interface ApplicationProfile {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly description: string | undefined
  /** Model ARN or system profile ARN it was copied from. */
  readonly copyFrom: string
  readonly modelArns: readonly string[]
  readonly createdAt: number
  /** From then on List shows it; Get does at once. */
  readonly listedAt: number
}

/** What an account keeps in one Region. Maps are keyed by ARN, in order of creation. */
export interface RegionalState {
  readonly network: NetworkState
  readonly applicationProfiles: Map<string, ApplicationProfile>
  readonly provisionedModels: Map<string, ProvisionedModel>
  readonly importedModels: Map<string, ImportedModel>
  readonly customModels: Map<string, CustomModel>
  readonly deployments: Map<string, CustomModelDeployment>
  readonly copyJobs: Map<string, CopyJob>
  readonly batch: BatchState
  readonly imports: ImportState
  readonly tuning: TuningState
  /** What was counted of models' calls, by their id as called, and by that and the tier. */
  readonly calls: Map<string, CalledMinutes>
  /** Calls of models and changes that were made here, oldest first. */
  readonly trail: TrailEntry[]
  readonly tags: Map<string, readonly Tag[]>
  /** Client request tokens: what was asked with each, and the ARN it made. */
  readonly requestTokens: Map<string, {readonly input: string; readonly arn: string}>
  dataRetention: {readonly mode: DataRetentionMode; readonly updatedAt: number | undefined}
  logging: LoggingConfig | undefined
}

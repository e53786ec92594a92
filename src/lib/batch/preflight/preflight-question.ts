import type {FoundProject} from '../../config/read-project.js'
import type {CallPlace} from '../../iam/legs/leg.js'
import type {CallTarget} from '../../iam/legs/target.js'
import type {S3Place} from '../../jobs/ports.js'
import type {JobAccountFacts} from '../../jobs/preflight/job-account.js'
import type {JobVpc} from '../../jobs/preflight/network.js'
import type {AccountVerdict} from '../../models/availability/availability.schema.js'
import type {BatchLimits} from '../plan/plan.schema.js'
import type {BatchSupport} from '../support/batch-support.js'

/** The jobs that are looked at before they are made. */
export interface PreflightQuestion {
  readonly place: CallPlace
  /** What the job names, as IAM checks it; undefined where that is not known, as for a custom model. */
  readonly target: CallTarget | undefined
  /** What the job names. */
  readonly modelId: string
  readonly baseModelId: string
  readonly staging: S3Place
  readonly results: S3Place
  /** Objects such as jobs read and write. */
  readonly example: {readonly input: S3Place; readonly output: S3Place}
  /** Account that owns the buckets. */
  readonly bucketOwner: string
  /** ARN of --kms-key. */
  readonly kmsKey: string | null
  readonly vpc: JobVpc | null
}

/** What `models access` says of the model, and the word of AWS on whether the Region offers it; null when not read. */
export interface JudgedAccess extends AccountVerdict {
  readonly offered: string | null
}

/** What was read for it. A text says why something was not. */
export interface PreflightFacts extends JobAccountFacts {
  readonly support: BatchSupport
  readonly modelAccess: JudgedAccess
  readonly limits: BatchLimits
  readonly openJobs: number | string
  readonly project: FoundProject
}

import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {JobKind} from '../../iam/legs/job-legs.js'
import type {CallLeg, CallPlace} from '../../iam/legs/leg.js'
import type {S3Place} from '../ports.js'
import type {AccessFacts} from './decide-access.js'
import type {JobVpc} from './network.js'

/** A job that is looked at before it is made. */
export interface JobAccountQuestion {
  readonly place: CallPlace
  readonly job: JobKind
  /** What making the job asks of the caller, beside passing the role; a sentence where that is not known. */
  readonly create: readonly CallLeg[] | string
  readonly data: readonly JobData[]
  /** Key that the model of the job is to be encrypted with. */
  readonly modelKey: string | null
  readonly vpc: JobVpc | null
  /** What gives caller and role the rights that they lack; with a key, also those to use it. */
  readonly mend: (keyArn: string | null) => string
}

/** Objects that a job reads or writes. */
export interface JobData {
  /** `staging`, `results`; part of ids of checks. */
  readonly purpose: string
  /** As it is told. */
  readonly at: S3Place
  /** An object as the job reads or writes it. */
  readonly example: S3Place
  /** Prefix that the role lists; the key of the example unless given. */
  readonly listed?: string | undefined
  /** Whether the caller puts objects there first. */
  readonly upload: boolean
  readonly role: 'reads' | 'writes'
  /** Account that owns the bucket. */
  readonly owner: string
  /** Key of the objects; null: as the bucket encrypts by default. */
  readonly key: string | null
}

/** What was read for it. */
export interface JobAccountFacts extends AccessFacts {
  readonly snapshot: AccountSnapshot
}

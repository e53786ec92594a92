import type {Catalog} from '../catalog/catalog.js'
import type {PaceRule} from './pace/pace.schema.js'
import type {Traffic} from './traffic/build-traffic.js'
import type {ObjectStore} from './world/objects/object-store.js'
import type {Organization} from './world/organization-state.js'
import type {AccountState, RegionalState} from './world/state.js'

/** A key the sandbox knows: what verifies its signatures and which account it acts in. */
export interface Credential {
  readonly account: string
  readonly secretAccessKey: string
  /** Present on temporary keys; a request must carry exactly this token. */
  readonly sessionToken?: string
  /** Milliseconds on the sandbox's clock; absent on long-term keys. */
  readonly expiresAt?: number
}

export type RegionState = 'enabled' | 'not-enabled' | 'unknown'

/** A failure a scenario asks for. Matches every request when nothing narrows it; `*` matches any run of characters. */
interface ScenarioFault {
  readonly account?: string | undefined
  readonly region?: string | undefined
  /** Service id as in the service table: bedrock, sts, pricing, ... */
  readonly service?: string | undefined
  /** Operation name or pattern: ListFoundationModels, List*. */
  readonly operation?: string | undefined
  readonly effect:
    | {readonly kind: 'error'; readonly code: string; readonly status: number; readonly message: string}
    | {readonly kind: 'drop'}
    | {readonly kind: 'latency'; readonly ms: number}
    /** A token bucket per account, Region and operation; beyond it the service's throttling error. */
    | {readonly kind: 'throttle'; readonly ratePerSecond: number; readonly burst: number}
}

/** One caller and what it asks to do, for `World.authorise`. */
export interface AuthorisationRequest {
  readonly account: string
  readonly accessKeyId: string | undefined
  /** IAM action: bedrock:ListFoundationModels, servicequotas:ListServiceQuotas, ... */
  readonly action: string
  readonly region: string
}

/** Temporary keys as STS hands them out. */
export interface TemporaryCredential {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: number
}

/** The state of one sandbox: accounts × Regions and what is global. Filled from a scenario; changed by the services. */
export interface World {
  /** Scenario this world was made from. */
  readonly scenario: string
  readonly description: string
  readonly catalog: Catalog
  readonly faults: readonly ScenarioFault[]
  /** How fast models answer, the first that fits first. */
  readonly pace: readonly PaceRule[]
  readonly accounts: ReadonlyMap<string, AccountState>
  /** Callers that the sandbox makes up. */
  readonly traffic: Traffic
  /** Buckets and objects of every account. */
  readonly objects: ObjectStore
  /** Organisation of the accounts that are in it; `undefined` when there is none. */
  readonly organization: Organization | undefined
  /** What a caller signs with unless it says otherwise: keys of the scenario's first account, and where it starts. */
  readonly login: {
    readonly region: string
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly bearerToken: string
  }
  /** `undefined` for a key the world does not know. Expired temporary keys are still returned: see `expiresAt`. */
  credentials(accessKeyId: string): Credential | undefined
  /** The account of a Bedrock API key. */
  bearer(token: string): {readonly account: string} | undefined
  /**
   * `not-enabled`: AWS answers UnrecognizedClientException there, for a Region not opted in as for one of another
   * partition. `unknown`: no such Region.
   */
  regionState(account: string, region: string): RegionState
  /** The message of an AccessDeniedException (403), worded as AWS words it; `undefined` when nothing denies. Call it before the handler. */
  authorise(request: AuthorisationRequest): string | undefined
  /** The account of this id; throws when the scenario has none: callers come from a verified key. */
  account(id: string): AccountState
  /** What an account keeps in one Region; made on first use. */
  regional(account: string, region: string): RegionalState
  /** ARN of who calls: IAM user of a long-term key, assumed role of a temporary one. */
  principal(account: string, accessKeyId: string | undefined): string
  /** Hands out temporary keys that act as `principal` until `expiresAt`. */
  issue(account: string, principal: string, expiresAt: number): TemporaryCredential
  /** What chance is made of: the same seed gives the same failures. */
  readonly seed: number
  /** A new id of lower-case letters and digits; the same seed gives the same ids in the same order. */
  newId(length: number): string
  /** Milliseconds on the sandbox's clock. */
  now(): number
}

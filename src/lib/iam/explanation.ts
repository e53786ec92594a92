import type {Decision} from './evaluate-request.js'
import type {LayerName} from './policy-layers.js'

/** Where a reason lies. */
export interface PolicyPlace {
  readonly layer: LayerName
  /** The level of the organisation for control policies, else null. */
  readonly level: string | null
  /** Null when the layer as a whole is meant. */
  readonly policy: string | null
  /** The Sid, or `#` and the place from 1; null when the policy as a whole is meant. */
  readonly statement: string | null
}

/** What made a decision. */
export interface Reason extends PolicyPlace {
  readonly role: 'denies' | 'allows' | 'does-not-allow'
}

/** What keeps a decision from being definite. */
export interface Gap extends PolicyPlace {
  readonly kind:
    | 'unread'
    | 'refused'
    | 'context-key'
    | 'undocumented-key'
    | 'statement'
    | 'organisation'
    | 'resource-owner'
  /** The key, the reason it was not read, or the problem of the policy. */
  readonly subject: string
}

/** A statement about the action that fell short: what an allow would have needed. */
export interface NearMiss extends PolicyPlace {
  readonly failed: 'resource' | 'principal' | 'condition'
  /** The resources of the statement, or the operator and key of the condition. */
  readonly subject: string
}

export interface Explanation extends Decision {
  /** Denials first; for an implicit denial the layers that do not allow. */
  readonly reasons: readonly Reason[]
  readonly gaps: readonly Gap[]
  readonly nearMisses: readonly NearMiss[]
  /** Policies that name the action but have no effect on it, such as a resource control policy about Bedrock. */
  readonly inert: readonly PolicyPlace[]
}

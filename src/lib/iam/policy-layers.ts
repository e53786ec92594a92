import type {CompiledPolicy} from './compile-policy.js'

/** Policies that count together. */
export interface PolicySet {
  readonly policies: readonly CompiledPolicy[]
  /** Why policies are missing here; empty when all were read. */
  readonly unread: readonly string[]
}

/** The policies of Organizations at one level of the tree: the root, an organisational unit or the account. */
export interface ControlLevel extends PolicySet {
  readonly name: string
}

/** Every policy that may decide about a caller. Null means: it is known that there is none. */
export interface PolicyLayers {
  /** Inline, managed and, for a user, those of its groups. */
  readonly identity: PolicySet
  readonly boundary: PolicySet | null
  readonly session: PolicySet | null
  /** From the root down to the caller's account. Null: not in an organisation, or it has no such policies enabled. */
  readonly scp: readonly ControlLevel[] | null
  /** From the root down to the account of the resource. */
  readonly rcp: readonly ControlLevel[] | null
  /** Account id of the organisation's management account, which neither kind of control policy binds. */
  readonly managementAccount: string | 'unknown' | 'none'
  /** The policy of the resource itself: of a guardrail, a bucket, a key, or the trust policy of a role. */
  readonly resource: PolicySet | null
  /** The policy of the VPC endpoint through which the request passes; null when it passes through none. */
  readonly endpoint: PolicySet | null
}

export const NO_POLICIES: PolicySet = {policies: [], unread: []}

/** Nothing but what is given: no organisation, no boundary, no endpoint. */
export function layersOf(layers: Partial<PolicyLayers>): PolicyLayers {
  return {
    identity: NO_POLICIES,
    boundary: null,
    session: null,
    scp: null,
    rcp: null,
    managementAccount: 'none',
    resource: null,
    endpoint: null,
    ...layers,
  }
}

export type LayerName = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'endpoint'

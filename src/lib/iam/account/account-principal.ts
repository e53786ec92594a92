import type {CompiledPolicy} from '../compile-policy.js'
import type {PolicyLayers} from '../policy-layers.js'
import type {Principal} from '../principal.js'

/** A policy that counts for a principal, and where it comes from. */
export interface NamedPolicy {
  readonly name: string
  /** Null for inline policies. */
  readonly arn: string | null
  readonly origin: 'inline' | 'managed' | 'group-inline' | 'group-managed'
  /** Name of the group that brings it; null where none does. */
  readonly group: string | null
  /** JSON text; null when the snapshot does not hold it. */
  readonly document: string | null
  /** Compiled when first asked. One that was not read counts as refused. */
  readonly compiled: CompiledPolicy
}

/** A user or role of the account with all that decides what it may do. */
export interface AccountPrincipal {
  readonly kind: 'user' | 'role'
  readonly arn: string
  readonly name: string
  readonly path: string
  /** AWS's own unique id, such as AROA…. */
  readonly id: string
  /** Service control policies do not bind it, and nobody but its service takes it on. */
  readonly serviceLinked: boolean
  readonly principal: Principal
  /** Without endpoint and resource, which depend on the call. */
  readonly layers: PolicyLayers
  /** Own ones first, then those of groups; also those whose document was not read. */
  readonly policies: readonly NamedPolicy[]
  readonly boundaryArn: string | null
  /** Who may take the role on; null for users. */
  readonly trust: CompiledPolicy | null
  readonly trustDocument: string | null
  readonly tags: readonly {readonly key: string; readonly value: string}[]
  readonly createdAt: string | null
  /** Of roles; null: never, as far as AWS tells. Absent for users. */
  readonly lastUsedAt?: string | null
}

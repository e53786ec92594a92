import type {PolicyDocument} from './iam-state.js'

export interface OrganizationPolicy {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly type: string
  readonly description: string
  readonly awsManaged: boolean
  readonly document: PolicyDocument
}

export type TargetKind = 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT'

/** The root, a unit or an account: what policies are attached to. */
export interface OrganizationNode {
  readonly kind: TargetKind
  readonly id: string
  readonly arn: string
  readonly name: string
  /** Absent for the root. */
  readonly parent: string | undefined
  /** Ids of the policies attached right here. */
  readonly policies: readonly string[]
}

export interface MemberAccount extends OrganizationNode {
  readonly kind: 'ACCOUNT'
  readonly email: string
  readonly status: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE'
  readonly joinedAt: number
  readonly joinedMethod: 'INVITED' | 'CREATED'
}

/** One organisation and all that is in it. */
export interface Organization {
  readonly id: string
  readonly arn: string
  readonly managementAccount: string
  readonly managementArn: string
  readonly managementEmail: string
  readonly features: 'ALL' | 'CONSOLIDATED_BILLING'
  readonly delegatedAdministrators: ReadonlySet<string>
  readonly policyTypes: readonly string[]
  readonly policies: ReadonlyMap<string, OrganizationPolicy>
  /** Root first, then units from the top down, then accounts by id. */
  readonly nodes: ReadonlyMap<string, OrganizationNode>
  readonly accounts: ReadonlyMap<string, MemberAccount>
}

import type {OrganizationControls} from './organization-controls.js'

/** A policy document: kept as it was written, handed out as text. */
export type PolicyDocument = Readonly<Record<string, unknown>>

export interface PolicyVersion {
  readonly id: string
  readonly document: PolicyDocument
  readonly createdAt: number
}

export interface ManagedPolicy {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly path: string
  readonly description: string | undefined
  readonly ownedBy: 'account' | 'aws'
  readonly createdAt: number
  readonly updatedAt: number
  readonly tags: Readonly<Record<string, string>>
  /** Newest first; the first one is in force. */
  readonly versions: readonly PolicyVersion[]
}

/** What users, groups and roles have alike. */
export interface PolicyHolder {
  readonly kind: 'user' | 'group' | 'role'
  readonly arn: string
  readonly id: string
  readonly name: string
  /** With both slashes, such as `/service/`. */
  readonly path: string
  readonly createdAt: number
  readonly inline: Readonly<Record<string, PolicyDocument>>
  /** Names of managed policies. */
  readonly attached: readonly string[]
}

export interface Principal extends PolicyHolder {
  /** Name of the managed policy that is its permissions boundary. */
  readonly boundary: string | undefined
  readonly tags: Readonly<Record<string, string>>
  /** Service namespace → when it was last used, in milliseconds. */
  readonly lastAccessed: Readonly<Record<string, number>>
}

export interface Role extends Principal {
  readonly kind: 'role'
  readonly description: string | undefined
  readonly trust: PolicyDocument
  readonly trustedAccounts: readonly string[]
  readonly externalId: string | undefined
  readonly maxSessionSeconds: number
  /** Takes web identity tokens (GitHub, EKS). */
  readonly webIdentity: boolean
  readonly lastUsed: {readonly at: number; readonly region: string} | undefined
}

export interface AccessKey {
  readonly id: string
  readonly createdAt: number
  readonly active: boolean
  readonly lastUsed: {readonly at: number; readonly region: string; readonly service: string} | undefined
}

/** A Bedrock API key, or another credential for one service. */
export interface ServiceCredential {
  readonly id: string
  readonly service: string
  readonly alias: string
  readonly createdAt: number
  readonly expiresAt: number | undefined
  readonly active: boolean
}

export interface User extends Principal {
  readonly kind: 'user'
  readonly groups: readonly string[]
  readonly console: {readonly createdAt: number; readonly lastUsedAt: number | undefined} | undefined
  readonly mfa: boolean
  readonly accessKeys: readonly AccessKey[]
  readonly serviceCredentials: readonly ServiceCredential[]
}

export type Group = PolicyHolder & {readonly kind: 'group'}

/** A report that IAM makes in the background. */
export interface AccessReport {
  readonly id: string
  readonly arn: string
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL'
  readonly startedAt: number
  readonly completesAt: number
}

/** The IAM of one account. Lists are in order of name. */
export interface IamState {
  readonly alias: string | undefined
  readonly users: readonly User[]
  readonly groups: readonly Group[]
  readonly roles: readonly Role[]
  /** Of the account and of AWS, by ARN. */
  readonly policies: ReadonlyMap<string, ManagedPolicy>
  /** Of the organisation that the account is in. */
  readonly controls: OrganizationControls
  readonly reports: Map<string, AccessReport>
  credentialReport: {readonly startedAt: number; readonly completesAt: number} | undefined
}

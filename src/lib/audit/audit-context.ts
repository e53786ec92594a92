import type {AccountSnapshot} from '../account/snapshot.schema.js'
import type {Catalog} from '../catalog/catalog.js'
import type {Project} from '../config/project.schema.js'
import {type AccountPolicies, openAccountPolicies} from '../iam/account/account-policies.js'
import type {IamFacts} from '../iam/iam-facts.schema.js'
import {type AccountUse, accountUse} from './facts/account-use.js'

/** All that a check may look at. What is dear is worked out once, when the first check asks for it. */
export interface AuditContext {
  readonly snapshot: AccountSnapshot
  readonly project: Project
  /** When the account was read: ages and expiries are counted from then. */
  readonly now: Date
  readonly catalog: Catalog
  readonly iam: IamFacts
  readonly policies: AccountPolicies
  readonly use: AccountUse
}

export interface AuditInput {
  readonly snapshot: AccountSnapshot
  readonly project: Project
  readonly catalog: Catalog
  readonly iam: IamFacts
}

export function createAuditContext({snapshot, project, catalog, iam}: AuditInput): AuditContext {
  let policies: AccountPolicies | undefined
  let use: AccountUse | undefined
  return {
    snapshot,
    project,
    catalog,
    iam,
    now: new Date(snapshot.takenAt),
    get policies() {
      policies ??= openAccountPolicies(snapshot, iam)
      return policies
    },
    get use() {
      use ??= accountUse(snapshot, project)
      return use
    },
  }
}

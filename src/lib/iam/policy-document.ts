import type {ConditionOperator} from './condition-operator.js'

/** Where a policy is attached, which decides what it may say. */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'trust' | 'endpoint'

/** Something wrong with a policy document. With an error AWS would refuse the document. */
export interface PolicyProblem {
  /** JSON path, for example `$.Statement[0].Action`. */
  readonly path: string
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
}

/** A policy as it was written, in one shape. */
export interface PolicyDocument {
  /** A document without Version is of 2008-10-17. */
  readonly version: '2012-10-17' | '2008-10-17'
  readonly statements: readonly PolicyStatement[]
}

export interface PolicyStatement {
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  readonly principals: PrincipalList | undefined
  /** Statement applies to every action but these. */
  readonly notActions: boolean
  readonly actions: readonly string[]
  readonly notResources: boolean
  /** Undefined in trust policies, which have no Resource. */
  readonly resources: readonly string[] | undefined
  readonly conditions: readonly StatementCondition[]
}

export interface PrincipalList {
  readonly not: boolean
  readonly entries: readonly PrincipalEntry[]
}

export interface PrincipalEntry {
  readonly type: 'any' | 'aws' | 'service' | 'federated' | 'canonical-user'
  readonly value: string
}

export interface StatementCondition {
  readonly operator: ConditionOperator
  readonly key: string
  readonly values: readonly string[]
}

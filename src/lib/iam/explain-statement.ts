import {isDocumentedKey} from './action-facts.js'
import type {CompiledStatement} from './compile-policy.js'
import {openKeys, testCondition} from './condition.js'
import type {Gap, NearMiss, PolicyPlace} from './explanation.js'
import type {IamFacts} from './iam-facts.schema.js'
import {matchResources, matchStatement} from './match-statement.js'
import {isNamed, matchPrincipal} from './principal.js'
import type {AuthorizationRequest} from './request.js'
import {openResourceVariables, testResource} from './resource-pattern.js'
import {MAYBE, NO, type Truth} from './truth.js'

/** One statement about the action, looked at closely. */
export interface StatementFinding {
  readonly place: PolicyPlace
  readonly binds: boolean
  readonly effect: 'Allow' | 'Deny'
  readonly applies: Truth
  readonly gaps: readonly Gap[]
  /** Of an Allow that does not apply. */
  readonly nearMiss: NearMiss | undefined
}

interface Matter {
  readonly place: PolicyPlace
  readonly binds: boolean
  readonly request: AuthorizationRequest
  readonly facts: IamFacts
}

export function explainStatement(statement: CompiledStatement, matter: Matter): StatementFinding {
  const {place, binds, request} = matter
  const applies = matchStatement(statement, request)
  return {
    place,
    binds,
    effect: statement.effect,
    applies,
    gaps: applies === MAYBE ? gapsOf(statement, matter) : [],
    nearMiss: applies === NO && statement.effect === 'Allow' ? nearMissOf(statement, matter) : undefined,
  }
}

function gapsOf(statement: CompiledStatement, {place, request, facts}: Matter): readonly Gap[] {
  const {context} = request
  const fromConditions = statement.conditions
    .filter((condition) => testCondition(condition, context) === MAYBE)
    .flatMap((condition) => openKeys(condition, context))
  const fromResources = (statement.resources ?? [])
    .filter((pattern) => testResource(pattern, request.resource, context) === MAYBE)
    .flatMap((pattern) => openResourceVariables(pattern, context))
  const keys = [...new Set([...fromConditions, ...fromResources])]
  if (keys.length === 0) return [{...place, kind: 'statement', subject: 'whether it matches is not documented'}]
  return keys.map((key): Gap => {
    const kind = isDocumentedKey(facts, request.actionKey, key) ? 'context-key' : 'undocumented-key'
    return {...place, kind, subject: key}
  })
}

function nearMissOf(statement: CompiledStatement, {place, request}: Matter): NearMiss | undefined {
  if (matchResources(statement, request) === NO) {
    const resources = (statement.resources ?? []).map(({source}) => source).join(', ')
    return {...place, failed: 'resource', subject: `${statement.notResources ? 'all but ' : ''}${resources}`}
  }
  if (statement.principals && isNamed(matchPrincipal(statement.principals, request.principal)) === NO) {
    const names = statement.principals.entries.map(({value}) => value).join(', ')
    return {...place, failed: 'principal', subject: `${statement.principals.not ? 'all but ' : ''}${names}`}
  }
  const condition = statement.conditions.find((one) => testCondition(one, request.context) === NO)
  if (condition === undefined) return undefined
  return {...place, failed: 'condition', subject: `${condition.operator.name} ${condition.key}`}
}

import type {CompiledPolicy, CompiledStatement} from './compile-policy.js'
import {matchConditions, matchResources, matchStatement} from './match-statement.js'
import type {ControlLevel, PolicySet} from './policy-layers.js'
import {matchPrincipal, type PrincipalMatch} from './principal.js'
import type {AuthorizationRequest} from './request.js'
import {greatest, least, MAYBE, NO, type Truth, YES} from './truth.js'

/** What policies say of a request. */
export interface Judgement {
  /** A statement denies it. */
  readonly denies: Truth
  readonly allows: Truth
}

/** Nothing here that could stop the request. */
export const UNBOUND: Judgement = {denies: NO, allows: YES}

/** Policies of one layer together: one that denies suffices, and so does one that allows. */
export function judgePolicies({policies, unread}: PolicySet, request: AuthorizationRequest): Judgement {
  const isPartial = unread.length > 0 || policies.some(({refused}) => refused)
  let denies: Truth = isPartial ? MAYBE : NO
  let allows: Truth = denies
  for (const policy of policies) {
    for (const statement of policy.statementsFor(request.actionKey)) {
      if (statement.effect === 'Deny') denies = raised(denies, statement, request)
      else allows = raised(allows, statement, request)
    }
    if (denies === YES) break
  }
  return {denies, allows}
}

function raised(truth: Truth, statement: CompiledStatement, request: AuthorizationRequest): Truth {
  return truth === YES ? YES : greatest(truth, matchStatement(statement, request))
}

/** Control policies: every level from the root to the account must allow. */
export function judgeLevels(levels: readonly ControlLevel[], request: AuthorizationRequest): Judgement {
  let denies: Truth = NO
  let allows: Truth = YES
  for (const level of levels) {
    const judged = judgePolicies(level, request)
    denies = greatest(denies, judged.denies)
    allows = least(allows, judged.allows)
  }
  return {denies, allows}
}

/** What a resource policy says, and to whom: how it names the caller decides which other layers still count. */
export interface ResourceJudgement extends PrincipalMatch {
  readonly denies: Truth
}

export function judgeResourcePolicies(set: PolicySet | null, request: AuthorizationRequest): ResourceJudgement {
  const start: Truth = set !== null && (set.unread.length > 0 || set.policies.some(({refused}) => refused)) ? MAYBE : NO
  let found: ResourceJudgement = {denies: start, self: start, role: start, account: start, any: start}
  for (const statement of statementsOf(set?.policies ?? [], request)) {
    if (statement.effect === 'Deny') {
      found = {...found, denies: greatest(found.denies, matchStatement(statement, request))}
      continue
    }
    if (statement.principals === undefined) continue
    const applies = least(matchResources(statement, request), matchConditions(statement, request.context))
    found = merge(found, matchPrincipal(statement.principals, request.principal), applies)
  }
  return found
}

function statementsOf(
  policies: readonly CompiledPolicy[],
  {actionKey}: AuthorizationRequest,
): readonly CompiledStatement[] {
  return policies.flatMap((policy) => policy.statementsFor(actionKey))
}

function merge(found: ResourceJudgement, match: PrincipalMatch, applies: Truth): ResourceJudgement {
  return {
    denies: found.denies,
    self: greatest(found.self, least(match.self, applies)),
    role: greatest(found.role, least(match.role, applies)),
    account: greatest(found.account, least(match.account, applies)),
    any: greatest(found.any, least(match.any, applies)),
  }
}

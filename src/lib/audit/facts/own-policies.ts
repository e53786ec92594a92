import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import {matchesGlob} from '../../iam/glob.js'
import {matchResources} from '../../iam/match-statement.js'
import type {Principal} from '../../iam/principal.js'
import {createContext} from '../../iam/request-context.js'
import {nameResource} from '../../iam/resource-pattern.js'
import {NO} from '../../iam/truth.js'

/**
 * Whether somebody's own policies may allow an action, given in lower case, on a resource: cheap, to be tried on
 * thousands before all that decides is evaluated. Each policy is looked at once.
 */
export function ownPoliciesMay(actionKey: string, resourceArn: string): (principal: AccountPrincipal) => boolean {
  const resource = nameResource(resourceArn)
  const known = new Map<CompiledPolicy, boolean>()
  const isAbout = (statement: CompiledStatement): boolean =>
    statement.effect === 'Allow' &&
    statement.actions.some((glob) => matchesGlob(glob, actionKey)) !== statement.notActions &&
    matchResources(statement, {resource, context: NOTHING_KNOWN, principal: NOBODY}) !== NO
  const mayAllow = (policy: CompiledPolicy): boolean => {
    const found = known.get(policy) ?? (policy.refused || policy.statements.some(isAbout))
    known.set(policy, found)
    return found
  }
  return ({layers: {identity}}) => identity.unread.length > 0 || identity.policies.some(mayAllow)
}

const NOTHING_KNOWN = createContext({})
/** The resources of a statement are matched without a look at the caller. */
const NOBODY: Principal = {kind: 'service', name: ''}

import {type Decision, evaluateRequest} from '../evaluate-request.js'
import {explainDecision} from '../explain-decision.js'
import type {Explanation} from '../explanation.js'
import type {IamFacts} from '../iam-facts.schema.js'
import {type Actor, type CallDecision, type CallSubject, judgeCall, type PreparedCall} from '../legs/judge-call.js'
import type {PolicyLayers} from '../policy-layers.js'
import {type AuthorizationRequest, createRequest} from '../request.js'
import {type ContextValues, createContext} from '../request-context.js'
import type {AccountPolicies} from './account-policies.js'

const BEDROCK = 'bedrock.amazonaws.com'

/** Whether an actor may do one thing to one resource; `context` adds keys that only this request carries. */
export function decideAction(
  policies: AccountPolicies,
  actor: Actor,
  action: string,
  resource: string,
  facts: IamFacts,
  context?: ContextValues,
): Decision {
  const {request, layers} = questionOf(policies, actor, action, resource, context)
  return evaluateRequest(request, layers, facts.rcp)
}

/** Why, as `decideAction` decides. */
export function explainAction(
  policies: AccountPolicies,
  actor: Actor,
  action: string,
  resource: string,
  facts: IamFacts,
  context?: ContextValues,
): Explanation {
  const {request, layers} = questionOf(policies, actor, action, resource, context)
  return explainDecision(request, layers, facts)
}

/** Whether an actor may make a call, all of its legs together. */
export function decideCall(policies: AccountPolicies, actor: Actor, call: PreparedCall, facts: IamFacts): CallDecision {
  return judgeCall(call, callSubject(policies, actor, call), facts)
}

/** Everybody whose policies decide about the call: of a batch job also its role, and Bedrock as that role trusts it. */
export function callSubject(policies: AccountPolicies, actor: Actor, call: PreparedCall): CallSubject {
  const resourcePolicies = (arn: string) => policies.resourcePolicies(arn)
  const roleArn = passedRole(call)
  if (roleArn === undefined) return {caller: actor, resourcePolicies}
  const role = policies.find(roleArn)
  return {
    caller: actor,
    ...(role && {serviceRole: policies.actor(role)}),
    service: policies.serviceActor(BEDROCK),
    resourcePolicies,
  }
}

function passedRole({legs}: PreparedCall): string | undefined {
  for (const {leg} of legs) if (leg.kind === 'leg' && leg.actor === 'service') return leg.resource
  return undefined
}

function questionOf(
  policies: AccountPolicies,
  actor: Actor,
  action: string,
  resource: string,
  context: ContextValues | undefined,
): {readonly request: AuthorizationRequest; readonly layers: PolicyLayers} {
  const resourceAccount = policies.resourceAccount(resource)
  const request = createRequest({
    action,
    resource,
    principal: actor.principal,
    context: context === undefined ? actor.context : createContext(context, {extends: actor.context}),
    ...(resourceAccount !== undefined && {resourceAccount}),
  })
  return {request, layers: {...actor.layers, resource: policies.resourcePolicies(resource)}}
}

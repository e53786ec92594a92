import {type Decision, evaluateRequest} from '../evaluate-request.js'
import {explainDecision} from '../explain-decision.js'
import type {Explanation} from '../explanation.js'
import type {IamFacts} from '../iam-facts.schema.js'
import type {PolicyLayers, PolicySet} from '../policy-layers.js'
import type {Principal} from '../principal.js'
import {type AuthorizationRequest, createRequest} from '../request.js'
import {createContext, type RequestContext} from '../request-context.js'
import type {CallLeg, Leg} from './leg.js'

/** Somebody whose policies decide about a leg. `layers.resource` is not used: `CallSubject.resourcePolicies` is. */
export interface Actor {
  readonly principal: Principal
  readonly layers: PolicyLayers
  readonly context: RequestContext
}

export interface CallSubject {
  readonly caller: Actor
  /** The role that the call passes on; undefined when it passes none or was not read. */
  readonly serviceRole?: Actor
  /** Bedrock itself, as the trust policy of that role sees it. */
  readonly service?: Actor
  /** The policy of a resource; null when it is known to have none. */
  readonly resourcePolicies: (resource: string) => PolicySet | null
  /** Account that owns what an ARN without account names (S3); undefined where the ARN has to decide. */
  readonly resourceAccount?: (resource: string) => string | undefined
}

/** Legs with what is the same for every caller worked out once. */
export interface PreparedCall {
  readonly legs: readonly {readonly leg: CallLeg; readonly context: RequestContext | undefined}[]
}

export interface LegDecision extends Decision {
  readonly leg: CallLeg
  /** Why the verdict is weaker than the policies alone would make it; null when it is not. */
  readonly doubt: string | null
}

export interface CallDecision {
  readonly outcome: Decision['outcome']
  readonly legs: readonly LegDecision[]
  /** The first leg with the outcome of the call; undefined when all are allowed. */
  readonly deciding: LegDecision | undefined
}

export function prepareCall(legs: readonly CallLeg[]): PreparedCall {
  return {
    legs: legs.map((leg) => ({
      leg,
      context: leg.kind === 'open' ? undefined : createContext(leg.context, {complete: leg.complete}),
    })),
  }
}

/** A call is allowed when every leg is; one that is denied outranks one that is not known. */
export function judgeCall({legs}: PreparedCall, subject: CallSubject, facts: IamFacts): CallDecision {
  const decisions = legs.map(({leg, context}) => judgeLeg(leg, context, subject, facts))
  const first = (outcome: Decision['outcome']) => decisions.find((one) => one.outcome === outcome)
  const deciding = first('DENY') ?? first('UNKNOWN')
  // A call without legs asks for nothing that could be allowed.
  const whole = decisions.length === 0 ? 'UNKNOWN' : 'ALLOW'
  return {outcome: deciding?.outcome ?? whole, legs: decisions, deciding}
}

/** Why one leg is decided as it is; undefined for a leg that cannot be asked about. */
export function explainLeg({leg}: LegDecision, subject: CallSubject, facts: IamFacts): Explanation | undefined {
  const actor = actorOf(leg, subject)
  if (leg.kind === 'open' || actor === undefined) return undefined
  const context = createContext(leg.context, {complete: leg.complete})
  return explainDecision(requestOf(leg, context, actor, subject), layersFor(leg, actor, subject), facts)
}

const OPEN = {outcome: 'UNKNOWN', denial: null} as const

function judgeLeg(
  leg: CallLeg,
  context: RequestContext | undefined,
  subject: CallSubject,
  facts: IamFacts,
): LegDecision {
  if (leg.kind === 'open' || context === undefined)
    return {leg, ...OPEN, doubt: leg.kind === 'open' ? leg.unknown : null}
  const actor = actorOf(leg, subject)
  if (actor === undefined) return {leg, ...OPEN, doubt: 'the policies of the service role were not read'}
  const request = requestOf(leg, context, actor, subject)
  const layers = layersFor(leg, actor, subject)
  const decision = evaluateRequest(request, layers, facts.rcp)
  if (decision.outcome === 'DENY' && !leg.certain) {
    return {leg, ...OPEN, doubt: 'AWS does not document that exactly this resource is checked'}
  }
  if (decision.outcome !== 'ALLOW' && leg.endpoint === 'unknown' && layers.endpoint !== null) {
    const without = evaluateRequest(request, {...layers, endpoint: null}, facts.rcp)
    const doubt = 'AWS does not document whether the endpoint policy counts here'
    if (without.outcome !== decision.outcome) return {leg, ...OPEN, doubt}
  }
  return {leg, ...decision, doubt: null}
}

function requestOf(leg: Leg, context: RequestContext, actor: Actor, subject: CallSubject): AuthorizationRequest {
  const owner = subject.resourceAccount?.(leg.resource)
  return createRequest({
    ...(owner !== undefined && {resourceAccount: owner}),
    action: leg.action,
    resource: leg.resource,
    principal: actor.principal,
    context: {
      maps: [...context.maps, ...actor.context.maps],
      absentPrefixes: [...context.absentPrefixes, ...actor.context.absentPrefixes],
    },
  })
}

function actorOf({actor}: CallLeg, {caller, serviceRole, service}: CallSubject): Actor | undefined {
  switch (actor) {
    case 'caller':
      return caller
    case 'service-role':
      return serviceRole
    case 'service':
      return service
  }
}

function layersFor(leg: Leg, {layers}: Actor, {resourcePolicies}: CallSubject): PolicyLayers {
  const endpoint = leg.endpoint === 'bypassed' ? null : layers.endpoint
  return {...layers, endpoint, resource: resourcePolicies(leg.resource)}
}

import type {RcpServices} from './iam-facts.schema.js'
import {
  type Judgement,
  judgeLevels,
  judgePolicies,
  judgeResourcePolicies,
  type ResourceJudgement,
  UNBOUND,
} from './judge-policies.js'
import type {PolicyLayers} from './policy-layers.js'
import type {AuthorizationRequest} from './request.js'
import {agreement, greatest, least, MAYBE, NO, type Truth, YES} from './truth.js'

/** Unknown is a verdict of its own: it never stands for allowed, and a definite denial outranks it. */
export interface Decision {
  readonly outcome: 'ALLOW' | 'DENY' | 'UNKNOWN'
  /** Denied by a statement, or because something that must allow does not; null unless denied. */
  readonly denial: 'explicit' | 'implicit' | null
}

/** How each layer judges a request. */
export interface LayerJudgements {
  readonly identity: Judgement
  readonly boundary: Judgement
  readonly session: Judgement
  readonly scp: Judgement
  readonly rcp: Judgement
  readonly endpoint: Judgement
  readonly resource: ResourceJudgement
}

const ALLOWED: Decision = {outcome: 'ALLOW', denial: null}
const UNKNOWN: Decision = {outcome: 'UNKNOWN', denial: null}
const DENIED: Decision = {outcome: 'DENY', denial: 'explicit'}
const NOT_ALLOWED: Decision = {outcome: 'DENY', denial: 'implicit'}

/** Decides one request as IAM does. `explainDecision` says why, and is asked only when somebody wants to know. */
export function evaluateRequest(request: AuthorizationRequest, layers: PolicyLayers, rcps: RcpServices): Decision {
  return decide(judgeLayers(request, layers, rcps), request)
}

export function judgeLayers(request: AuthorizationRequest, layers: PolicyLayers, rcps: RcpServices): LayerJudgements {
  const {principal} = request
  const isService = principal.kind === 'service'
  const bound = (set: PolicyLayers['boundary']) => (set === null || isService ? UNBOUND : judgePolicies(set, request))
  return {
    // The root user of an account has every permission that no other layer takes away.
    identity: principal.kind === 'root' ? UNBOUND : isService ? NOTHING : judgePolicies(layers.identity, request),
    boundary: bound(layers.boundary),
    session: bound(layers.session),
    scp: judgeScps(request, layers),
    rcp: judgeRcps(request, layers, rcps),
    endpoint: layers.endpoint === null ? UNBOUND : judgePolicies(layers.endpoint, request),
    resource: judgeResourcePolicies(layers.resource, request),
  }
}

export function decide(judged: LayerJudgements, request: AuthorizationRequest): Decision {
  const {identity, boundary, session, scp, rcp, endpoint, resource} = judged
  const denies = Math.max(...[identity, boundary, session, scp, rcp, endpoint, resource].map((layer) => layer.denies))
  if (denies === YES) return DENIED
  const allows = Math.min(scp.allows, rcp.allows, endpoint.allows, grantOf(judged, request))
  if (allows === NO) return NOT_ALLOWED
  return denies === NO && allows === YES ? ALLOWED : UNKNOWN
}

const NOTHING: Judgement = {denies: NO, allows: NO}

/** Whether somebody grants it: the caller's own policies, the resource's policy, or, across accounts, both. */
function grantOf(judged: LayerJudgements, {principal, owner, action}: AuthorizationRequest): Truth {
  if (principal.kind === 'service') return greatest(judged.resource.self, judged.resource.any)
  if (owner === principal.account || owner === 'aws') return grantWithin(judged, action)
  if (owner !== 'unknown') return grantAcross(judged)
  return agreement([grantWithin(judged, action), grantAcross(judged)])
}

function grantWithin({identity, boundary, session, resource}: LayerJudgements, action: string): Truth {
  const limits = least(boundary.allows, session.allows)
  const own = least(identity.allows, limits)
  const throughIdentity = needsResourcePolicy(action) ? least(own, resource.account) : own
  // Whether a statement for everyone passes by boundary and session policy, as one for the caller does, is not documented.
  const toEveryone = least(resource.any, limits === YES ? YES : MAYBE)
  const throughResource = greatest(greatest(resource.self, least(resource.role, limits)), toEveryone)
  return greatest(throughIdentity, throughResource)
}

function grantAcross({identity, boundary, session, resource}: LayerJudgements): Truth {
  const named = [resource.role, resource.account, resource.any].reduce(greatest, resource.self)
  return least(least(identity.allows, least(boundary.allows, session.allows)), named)
}

/** A key and a role are reached only as their own policy says; elsewhere an identity policy alone suffices. */
function needsResourcePolicy(action: string): boolean {
  return /^(kms:|sts:assumerole)/i.test(action)
}

/** Service control policies bind the users and roles of member accounts, save service-linked roles. */
function judgeScps(request: AuthorizationRequest, {scp, managementAccount}: PolicyLayers): Judgement {
  const {principal} = request
  if (scp === null || principal.kind === 'service') return UNBOUND
  if (principal.kind === 'role' && principal.serviceLinked === true) return UNBOUND
  if (principal.account === managementAccount) return UNBOUND
  const judged = judgeLevels(scp, request)
  return managementAccount === 'unknown' ? softened(judged) : judged
}

/** Resource control policies bind the resources of member accounts, and only in the services AWS lists. */
function judgeRcps(
  request: AuthorizationRequest,
  {rcp, managementAccount}: PolicyLayers,
  rcps: RcpServices,
): Judgement {
  const {principal, owner, service} = request
  if (rcp === null || owner === 'aws' || owner === managementAccount || rcps.inert.includes(service)) return UNBOUND
  if (principal.kind === 'role' && principal.serviceLinked === true) return UNBOUND
  const judged = judgeLevels(rcp, request)
  const isCertain = rcps.applies.includes(service) && managementAccount !== 'unknown' && owner !== 'unknown'
  return isCertain ? judged : softened(judged)
}

/** A judgement that may not count: it stops nothing for certain. */
function softened({denies, allows}: Judgement): Judgement {
  return {denies: least(denies, MAYBE), allows: greatest(allows, MAYBE)}
}

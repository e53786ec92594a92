import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import type {SystemTarget} from '../../iam/legs/target.js'
import type {RequestContext} from '../../iam/request-context.js'
import {nameResource, type ResourcePattern, testResource} from '../../iam/resource-pattern.js'
import {NO} from '../../iam/truth.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {regionsOfAccount, UNNAMED} from './bedrock-grade.js'
import {type EffectiveAccess, effectiveAccess, type Outcome, type Question} from './effective-access.js'
import {INVOKE_ACTIONS, prepareInvocation} from './invocation.js'
import {onceByClass} from './once-by-class.js'
import {type ProfileTarget, profilesIn} from './region-targets.js'

/** A profile whose own ARN somebody may invoke, and what then becomes of the call. */
export interface ProfileCall {
  readonly region: string
  readonly arn: string
  readonly target: ProfileTarget
  /** What it leads to; null when an application profile does not tell. */
  readonly behind: SystemTarget | null
  readonly outcome: 'usable' | 'blocked' | 'unknown'
  /** Legs that are denied, first the one nearest to the caller. */
  readonly blocked: readonly Question[]
  /** Of `unknown`: a leg behind the profile is, or may be, in its way. */
  readonly mayBeBlocked: boolean
  /** Of `unknown`: what is missing. */
  readonly missing: readonly Missing[]
}

/** What somebody may do with the profiles of one Region. */
export interface RegionProfiles {
  readonly region: string
  /** Any profile may be invoked, also one that nobody named. */
  readonly any: boolean
  readonly calls: readonly ProfileCall[]
}

type CallsOf = (principal: AccountPrincipal) => readonly RegionProfiles[]

const memo = new WeakMap<EffectiveAccess, CallsOf>()

/** Every profile a principal may invoke, Region by Region; the very same list for all whose policies say the same. */
export function profileCalls(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): readonly RegionProfiles[] {
  const known = memo.get(access)
  const callsOf = known ?? onceByClass(access, INVOKE_ACTIONS, (lead) => callsOfLead(context, access, lead))
  if (known === undefined) memo.set(access, callsOf)
  return callsOf(principal)
}

function callsOfLead(
  context: AuditContext,
  access: EffectiveAccess,
  lead: AccountPrincipal,
): readonly RegionProfiles[] {
  const classes = INVOKE_ACTIONS.map((action) => ({...access.classOf(lead, action.toLowerCase()), action}))
  const held = classes.filter(({holds}) => holds)
  // Policies that say the same of both actions decide both alike.
  const actions = held.filter(({signature}, index) => held.findIndex((one) => one.signature === signature) === index)
  if (actions.length === 0) return []
  const reaches = reachOf(
    actions.flatMap(({own}) => own),
    access.contextOf(lead),
  )
  return regionsOfAccount(context).flatMap((region) =>
    inRegion(context, access, lead, {region, reaches, actions: actions.map(({action}) => action)}),
  )
}

interface RegionQuestion {
  readonly region: string
  readonly reaches: (arn: string) => boolean
  readonly actions: readonly (typeof INVOKE_ACTIONS)[number][]
}

function inRegion(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
  {region, reaches, actions}: RegionQuestion,
): readonly RegionProfiles[] {
  const profiles = profilesIn(context, region)
  if (profiles.state === 'unread') return []
  const reached = profiles.value.filter(({arn}) => reaches(arn))
  if (reached.length === 0) return []
  const calls = reached.flatMap(({arn, target}) => {
    const found = actions.flatMap((action) => {
      const question = {region, arn, target, streaming: action !== INVOKE_ACTIONS[0]}
      return judgeProfile(context, access, principal, question) ?? []
    })
    return worstOf(found) ?? []
  })
  const any = actions.some((action) => {
    const resource = `arn:${context.snapshot.partition}:bedrock:${region}:${context.policies.account}:inference-profile/${UNNAMED}`
    return access.decide(principal, access.ask({action, resource, region})) === 'ALLOW'
  })
  return [{region, any, calls}]
}

/** Patterns for a foundation model, or something else of its own kind, reach no profile. */
function mayBeProfile({all, tail}: ResourcePattern): boolean {
  const kind = /^([^/*?$]+)\//.exec(tail.source)?.[1]
  return all || kind === undefined || kind.endsWith('inference-profile')
}

/** Whether an Allow names the ARN at all: most policies name a few in full, and need no simulation for the others. */
function reachOf(statements: readonly CompiledStatement[], context: RequestContext): (arn: string) => boolean {
  const allowing = statements.filter(({effect}) => effect === 'Allow')
  if (allowing.some(({resources, notResources}) => resources === undefined || notResources)) return () => true
  const patterns = allowing.flatMap(({resources = []}) => resources.filter(mayBeProfile))
  const isExact = ({source, all}: ResourcePattern) => !all && !/[*?$]/.test(source)
  const exact = new Set(patterns.filter(isExact).map(({source}) => source))
  const others = patterns.filter((pattern) => !isExact(pattern))
  return (arn) => exact.has(arn) || others.some((pattern) => testResource(pattern, nameResource(arn), context) !== NO)
}

export interface ProfileQuestion {
  readonly region: string
  readonly arn: string
  readonly target: ProfileTarget
  readonly streaming: boolean
  readonly through?: {readonly endpoint: string; readonly vpc: string}
}

/** Undefined when the profile itself may not be invoked. */
export function judgeProfile(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
  {region, arn, target, streaming, through}: ProfileQuestion,
): ProfileCall | undefined {
  const options = {streaming, guardrail: 'any', ...(through && {through})} as const
  const {legs, open} = prepareInvocation(context, access, region, target, options)
  const [own, ...others] = legs.map(({question}) => question)
  const first = own && access.decide(principal, own)
  if (own === undefined || first === 'DENY') return undefined
  const decided = others.map((question) => ({question, outcome: access.decide(principal, question)}))
  const withOutcome = (wanted: Outcome) =>
    decided.flatMap(({question, outcome}) => (outcome === wanted ? [question] : []))
  const blocked = withOutcome('DENY')
  const behind = target.kind === 'application-profile' ? target.copies : target
  const call = {region, arn, target, behind, blocked, mayBeBlocked: false, missing: []}
  // A leg that is denied fails the call, whatever control policies that were not read say of the profile.
  const isOpen = () => first === 'ALLOW' || effectiveAccess(context, 'if-read').decide(principal, own) === 'ALLOW'
  if (blocked.length > 0 && isOpen()) return {...call, outcome: 'blocked'}
  const legsOpen = open.length > 0 || withOutcome('UNKNOWN').length > 0
  if (first === 'ALLOW' && !legsOpen) return {...call, outcome: 'usable'}
  const [unsettled] = first === 'UNKNOWN' ? [own] : withOutcome('UNKNOWN')
  const missing = [
    ...(unsettled ? access.gaps(principal, unsettled) : []),
    ...open.map((reason) => ({action: 'bedrock:GetInferenceProfile', code: 'UNREAD', reason})),
  ]
  return {...call, outcome: 'unknown', mayBeBlocked: legsOpen || blocked.length > 0, missing}
}

const ORDER = ['blocked', 'unknown', 'usable']

/** Plain and streamed calls are one thing to an operator: the worse of them is told. */
function worstOf(calls: readonly ProfileCall[]): ProfileCall | undefined {
  return [...calls].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))[0]
}

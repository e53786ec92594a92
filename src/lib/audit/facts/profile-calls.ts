import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import type {SystemTarget} from '../../iam/legs/target.js'
import {nameResource, testResource} from '../../iam/resource-pattern.js'
import {NO} from '../../iam/truth.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import type {AccessClass} from './access-class.js'
import {regionsOfAccount, UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Outcome, Question} from './effective-access.js'
import {INVOKE_ACTIONS, type ProfileTarget, prepareInvocation, profilesIn} from './invocation.js'

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

const memo = new WeakMap<EffectiveAccess, Map<AccessClass, Map<AccessClass, readonly RegionProfiles[]>>>()

/** Every profile a principal may invoke, Region by Region; the same for all whose policies say the same. */
export function profileCalls(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): readonly RegionProfiles[] {
  const [plain, streamed] = INVOKE_ACTIONS.map((action) => access.classOf(principal, action.toLowerCase()))
  if (plain === undefined || streamed === undefined || !(plain.holds || streamed.holds)) return []
  const ofAccess = memo.get(access) ?? new Map<AccessClass, Map<AccessClass, readonly RegionProfiles[]>>()
  memo.set(access, ofAccess)
  const ofPlain = ofAccess.get(plain) ?? new Map<AccessClass, readonly RegionProfiles[]>()
  ofAccess.set(plain, ofPlain)
  const known = ofPlain.get(streamed)
  if (known !== undefined) return known
  const statements = [...new Set([...plain.statements, ...streamed.statements])]
  const found = regionsOfAccount(context).flatMap((region) => inRegion(context, access, principal, region, statements))
  ofPlain.set(streamed, found)
  return found
}

function inRegion(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
  region: string,
  statements: readonly CompiledStatement[],
): readonly RegionProfiles[] {
  const profiles = profilesIn(context, region)
  if (profiles.state === 'unread') return []
  const reached = profiles.value.filter(({arn}) => reaches(statements, arn, access, principal))
  if (reached.length === 0) return []
  const calls = reached.flatMap(({arn, target}) => {
    const found = INVOKE_ACTIONS.flatMap(
      (action) =>
        judgeProfile(context, access, principal, {region, arn, target, streaming: action !== INVOKE_ACTIONS[0]}) ?? [],
    )
    return worstOf(found) ?? []
  })
  const any = INVOKE_ACTIONS.some((action) => {
    const resource = `arn:${context.snapshot.partition}:bedrock:${region}:${context.policies.account}:inference-profile/${UNNAMED}`
    return access.decide(principal, access.ask({action, resource, region})) === 'ALLOW'
  })
  return [{region, any, calls}]
}

/** Whether an Allow names the ARN at all: most statements name a few, and need no simulation for the others. */
function reaches(
  statements: readonly CompiledStatement[],
  arn: string,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): boolean {
  const resource = nameResource(arn)
  const context = access.contextOf(principal)
  return statements.some(
    ({effect, resources, notResources}) =>
      effect === 'Allow' &&
      (resources === undefined || notResources || resources.some((one) => testResource(one, resource, context) !== NO)),
  )
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
  if (first === 'ALLOW' && blocked.length > 0) return {...call, outcome: 'blocked'}
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

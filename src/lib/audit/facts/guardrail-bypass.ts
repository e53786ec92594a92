import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import {matchesGlob} from '../../iam/glob.js'
import {matchResources} from '../../iam/match-statement.js'
import {nameResource} from '../../iam/resource-pattern.js'
import {NO} from '../../iam/truth.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {regionsOfAccount, UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess} from './effective-access.js'
import {type GuardrailDemand, guardrailConditions} from './guardrail-conditions.js'
import {
  candidatesOf,
  decideInvocation,
  INVOKE_ACTIONS,
  type PreparedInvocation,
  prepareInvocation,
} from './invocation.js'
import {decideSomewhere} from './somewhere.js'

/** How a demand for a guardrail can be passed by. */
export interface Bypass {
  /** Clauses. */
  readonly defects: readonly string[]
  readonly missing: readonly Missing[]
}

type Invocation = (typeof INVOKE_ACTIONS)[number]

/** Actions that let a model answer and that carry no guardrail in the request, as IAM sees it. */
const SIBLINGS = [
  ['bedrock:CreateModelInvocationJob', 'batch jobs'],
  ['bedrock:InvokeInlineAgent', 'inline agents'],
  ['bedrock-mantle:CreateInference', 'inference on Mantle'],
] as const

/** Tries, as somebody for whom the demand holds, to do without the guardrail. */
export function bypassOf(
  context: AuditContext,
  access: EffectiveAccess,
  demand: GuardrailDemand,
  holder: AccountPrincipal,
): Bypass {
  const missing: Missing[] = []
  const unguarded = INVOKE_ACTIONS.flatMap((action) => unguardedBy(action, context, access, demand, holder, missing))
  const siblings = SIBLINGS.flatMap(([action, words]) => {
    const values = {'bedrock:GuardrailIdentifier': null}
    const {outcome, question} = decideSomewhere(
      context,
      access,
      holder,
      action,
      action.startsWith('bedrock:') ? {values} : {},
    )
    if (outcome === 'UNKNOWN' && question) missing.push(...access.gaps(holder, question))
    return outcome === 'ALLOW' ? [`it leaves out ${words} (${action})`] : []
  })
  const unpinned = unguarded.length > 0 ? textOfUnpinned(demand) : unpinnedBy(context, access, demand, holder)
  const apply = demand.kind === 'scp' ? [] : lacksApply(context, access, demand, holder)
  return {defects: [...unguarded, ...siblings, ...unpinned, ...apply], missing}
}

/** Calls to what the demand is about, and whether one that names no guardrail succeeds. */
function unguardedBy(
  action: Invocation,
  context: AuditContext,
  access: EffectiveAccess,
  demand: GuardrailDemand,
  holder: AccountPrincipal,
  missing: Missing[],
): readonly string[] {
  let open: PreparedInvocation | undefined
  for (const call of callsOf(action, context, access, demand, holder, 'none')) {
    const outcome = decideInvocation(access, holder, call)
    if (outcome === 'ALLOW') return [causeOf(action, demand)]
    if (outcome === 'UNKNOWN') open ??= call
  }
  const unsettled = open?.legs.find(({question}) => access.decide(holder, question) === 'UNKNOWN')
  if (unsettled) missing.push(...access.gaps(holder, unsettled.question))
  return []
}

function causeOf(action: Invocation, {statements}: GuardrailDemand): string {
  const own = statements.filter((statement) => isAbout(statement, action))
  if (own.length === 0) return `it leaves out ${action}, so such a call needs no guardrail`
  const ifExists = own.filter((statement) => guardrailConditions(statement).some(({operator}) => operator.ifExists))
  const [first] = ifExists
  if (first !== undefined) {
    const operator = guardrailConditions(first).find((one) => one.operator.ifExists)?.operator.name
    return `statement ${first.label} uses ${operator}, which a call without a guardrail meets (${action})`
  }
  return `another statement lets ${action} succeed without a guardrail`
}

function isAbout({actions, notActions}: CompiledStatement, action: string): boolean {
  return actions.some((glob) => matchesGlob(glob, action.toLowerCase())) !== notActions
}

function callsOf(
  action: Invocation,
  context: AuditContext,
  access: EffectiveAccess,
  {statements}: GuardrailDemand,
  holder: AccountPrincipal,
  guardrail: 'any' | 'none',
): readonly PreparedInvocation[] {
  const regions = regionsOfAccount(context)
  const about = candidatesOf(
    context,
    statements.map((statement) => ({...statement, effect: 'Allow' as const})),
    regions,
  )
  const allowed = candidatesOf(context, access.classOf(holder, action.toLowerCase()).own, regions)
  const streaming = action !== INVOKE_ACTIONS[0]
  const calls = [...about, ...allowed].map(({region, target}) =>
    prepareInvocation(context, access, region, target, {streaming, guardrail}),
  )
  return [...new Set(calls)].filter(({legs}) => {
    const [first] = legs
    const subject = first && {
      resource: nameResource(first.leg.resource),
      principal: holder.principal,
      context: access.contextOf(holder),
    }
    return subject !== undefined && statements.some((statement) => matchResources(statement, subject) !== NO)
  })
}

/** Another version, the draft, or a guardrail of the caller's own: none of them is what was demanded. */
function unpinnedBy(
  context: AuditContext,
  access: EffectiveAccess,
  demand: GuardrailDemand,
  holder: AccountPrincipal,
): readonly string[] {
  const calls = INVOKE_ACTIONS.flatMap((action) => callsOf(action, context, access, demand, holder, 'any'))
  const call = calls.find((one) => decideInvocation(access, holder, one) === 'ALLOW')
  if (call === undefined) return textOfUnpinned(demand)
  const own = `arn:${context.snapshot.partition}:bedrock:${call.region}:${context.policies.account}:guardrail/${UNNAMED}:1`
  const others = valuesOf(demand).flatMap((value) => {
    const draft = value.replace(/:\d+$/, '')
    return /[*?]/.test(value) ? [value.replace(/:?\*$/, ''), value.replace(/:?\*$/, ':999')] : [draft, `${draft}:999`]
  })
  const passing = [...new Set([...others, own])].find((identifier) =>
    call.legs.every(({leg, question}) => {
      const values = {...leg.context, 'bedrock:GuardrailIdentifier': identifier}
      const asked = access.ask({action: question.action, resource: question.resource, region: call.region, values})
      return access.decide(holder, asked) === 'ALLOW'
    }),
  )
  if (passing === undefined) return []
  return [
    passing === own ? 'it takes any guardrail, also an empty one' : `it pins no version: a call may name ${passing}`,
  ]
}

function textOfUnpinned(demand: GuardrailDemand): readonly string[] {
  const loose = valuesOf(demand).find((value) => !/:\d+$/.test(value))
  return loose === undefined ? [] : [`it pins no version: ${loose}`]
}

/** Identifiers that the conditions name; `Null` names none. */
function valuesOf({statements}: GuardrailDemand): readonly string[] {
  const conditions = statements.flatMap((statement) => guardrailConditions(statement))
  const named = conditions.filter(({operator}) => operator.comparison !== 'null')
  return [...new Set(named.flatMap(({values}) => values.map(({source}) => source)))]
}

/** Without bedrock:ApplyGuardrail the call that names the guardrail fails, and people take the demand away. */
function lacksApply(
  context: AuditContext,
  access: EffectiveAccess,
  demand: GuardrailDemand,
  holder: AccountPrincipal,
): readonly string[] {
  const guardrails = [
    ...new Set(valuesOf(demand).map((value) => value.replace(/:(\d+|\*)$/, '').replace(/[*?]/g, '1'))),
  ]
  const denied = guardrails.find((resource) => {
    const [scheme, , service, region = '', account = ''] = resource.split(':')
    if (scheme !== 'arn' || service !== 'bedrock') return false
    const unnamed = account === context.policies.account
    const question = access.ask({action: 'bedrock:ApplyGuardrail', resource, region, unnamed})
    return access.decide(holder, question) === 'DENY'
  })
  return denied === undefined
    ? []
    : [`calls that obey it fail, because bedrock:ApplyGuardrail on ${denied} is not allowed`]
}

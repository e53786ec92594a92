import {bedrockPolicy} from '../../account/bedrock-policy.js'
import {read, regionsOf} from '../../account/read.js'
import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CallTarget} from '../../iam/legs/target.js'
import type {AuditContext} from '../audit-context.js'
import type {Resource} from '../finding.schema.js'
import type {AccessClass} from './access-class.js'
import {UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Outcome} from './effective-access.js'
import {type Enforcement, enforces} from './guardrail-coverage.js'
import {type GuardrailReference, guardrailReference} from './guardrail-reference.js'
import {type Candidate, candidatesOf, decideInvocation, INVOKE_ACTIONS, prepareInvocation} from './invocation.js'

/** A guardrail that calls in a Region must pass, and the models it is enforced on. */
export interface EnforcedScope extends Enforcement {
  readonly region: string
  readonly reference: GuardrailReference
  /** What enforces it. */
  readonly holder: Resource
}

/** Of the account and of the organisation, in the Regions of the snapshot. */
export function enforcedScopes(context: AuditContext): readonly EnforcedScope[] {
  const {snapshot} = context
  const own = regionsOf(snapshot, 'bedrock:enforced-guardrails').flatMap((region) => {
    const reading = read(snapshot, 'bedrock:enforced-guardrails', region)
    if (reading.state === 'unread') return []
    return reading.value.flatMap(({configId, guardrailArn, guardrailId, guardrailVersion, models}) => {
      const place = {region, account: snapshot.caller.account}
      const reference =
        guardrailReference(guardrailArn, place, guardrailVersion) ??
        guardrailReference(guardrailId, place, guardrailVersion)
      const holder = {type: 'enforced-guardrail', id: configId || guardrailArn}
      return reference === undefined ? [] : [{region, reference, holder, models}]
    })
  })
  return [...own, ...ofOrganization(context)]
}

function ofOrganization(context: AuditContext): readonly EnforcedScope[] {
  const policy = bedrockPolicy(context)
  if (policy.state === 'unread') return []
  const regions = context.snapshot.regions.map(({name}) => name)
  return (policy.value?.guardrails ?? []).flatMap(({region, identifier, models}) => {
    const reference = identifier === null ? undefined : guardrailReference(identifier, {region, account: ''})
    // A guardrail of another Region is applied to nothing there; GR-03 tells.
    if (reference === undefined || reference.region !== region || !regions.includes(region)) return []
    return [{region, reference, holder: {type: 'organization-policy', id: 'BEDROCK_POLICY'}, models}]
  })
}

/** Whether somebody may call a model that the guardrail is enforced on: any will do. */
export function scopeOf(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
  scope: EnforcedScope,
): Outcome {
  let reach: Outcome = 'DENY'
  for (const action of INVOKE_ACTIONS) {
    if (!access.holds(principal, action)) continue
    const found = access.classOf(principal, action.toLowerCase())
    // Whoever is of one class gets the same answers.
    const known = REACH.get(scope)?.get(found)
    const outcome = known ?? reachOf(context, access, found, scope, action !== INVOKE_ACTIONS[0])
    if (known === undefined) REACH.set(scope, (REACH.get(scope) ?? new Map()).set(found, outcome))
    if (outcome === 'ALLOW') return 'ALLOW'
    if (outcome === 'UNKNOWN') reach = 'UNKNOWN'
  }
  return reach
}

const REACH = new WeakMap<EnforcedScope, Map<AccessClass, Outcome>>()

function reachOf(
  context: AuditContext,
  access: EffectiveAccess,
  {lead, statements}: AccessClass,
  scope: EnforcedScope,
  streaming: boolean,
): Outcome {
  let reach: Outcome = 'DENY'
  for (const {region, target} of underEnforcement(candidatesOf(context, statements, [scope.region]), scope)) {
    const call = prepareInvocation(context, access, region, target, {streaming, guardrail: 'any'})
    const outcome = decideInvocation(access, lead, call)
    if (outcome === 'ALLOW') return 'ALLOW'
    if (outcome === 'UNKNOWN') reach = 'UNKNOWN'
  }
  return reach
}

/** Models that are enforced by name have to be asked about by name. */
function underEnforcement(candidates: readonly Candidate[], scope: EnforcedScope): readonly Candidate[] {
  const named = (scope.models?.included ?? []).filter((one) => one.toUpperCase() !== 'ALL')
  const byName = named.map((one): Candidate => {
    const modelId = one.replace(/^.*foundation-model\//, '')
    return {region: scope.region, target: {kind: 'model', modelId}}
  })
  return [...candidates, ...byName].filter(({target}) => enforces(scope, modelOf(target)))
}

function modelOf(target: CallTarget): string | null {
  if (target.kind === 'own-model') return null
  const modelId = target.kind === 'application-profile' ? target.copies?.modelId : target.modelId
  return modelId === undefined || modelId === UNNAMED ? null : modelId
}

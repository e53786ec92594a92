import {read, readPart} from '../../account/read.js'
import type {AccountPrincipal, NamedPolicy} from '../../iam/account/account-policies.js'
import {type CompiledPolicy, type CompiledStatement, compilePolicy} from '../../iam/compile-policy.js'
import type {CompiledCondition} from '../../iam/condition.js'
import type {AuditContext} from '../audit-context.js'
import type {Place} from '../judge-resource.js'
import type {EffectiveAccess} from './effective-access.js'
import {genericAdministrator, principalWith} from './generic-administrator.js'
import {INVOKE_ACTIONS} from './invocation.js'

const KEY = 'bedrock:guardrailidentifier'

/** A policy that demands a guardrail of those who invoke models. */
export interface GuardrailDemand {
  readonly place: Place
  readonly kind: 'identity' | 'boundary' | 'scp'
  /** Statements about invoking whose conditions ask for the guardrail. */
  readonly statements: readonly CompiledStatement[]
  /** One of each group that it holds for; somebody made up where nobody holds it. */
  readonly holders: readonly AccountPrincipal[]
}

/** Conditions of a statement that look at the guardrail. */
export function guardrailConditions({conditions}: CompiledStatement): readonly CompiledCondition[] {
  return conditions.filter(({lookUpKey}) => lookUpKey === KEY)
}

/** Every policy of the account, and of the organisation above it, with such a condition. */
export function guardrailDemands(context: AuditContext, access: EffectiveAccess): readonly GuardrailDemand[] {
  const found = new Map<string, {demand: GuardrailDemand; holders: AccountPrincipal[]}>()
  const note = (demand: Omit<GuardrailDemand, 'holders'>, holder: AccountPrincipal) => {
    const known = found.get(demand.place.resource.id)
    if (known !== undefined) known.holders.push(holder)
    else {
      const holders = [holder]
      found.set(demand.place.resource.id, {demand: {...demand, holders}, holders})
    }
  }
  for (const {lead} of access.groups) for (const demand of demandsOn(lead)) note(demand, lead)
  for (const {place, statements, holder} of [...unattached(context, found), ...controlDemands(context)]) {
    note({place, kind: place.resource.type === 'scp' ? 'scp' : 'identity', statements}, holder)
  }
  return [...found.values()].map(({demand}) => demand)
}

/** What the own policies and the boundary of one principal demand. */
function demandsOn({
  policies,
  layers,
  boundaryArn,
  ...lead
}: AccountPrincipal): readonly Omit<GuardrailDemand, 'holders'>[] {
  const own = policies.map((policy) => ({
    place: policyPlace(policy, lead),
    kind: 'identity' as const,
    statements: demandsOf(policy.document, policy.compiled),
  }))
  const bounding = (layers.boundary?.policies ?? []).map((compiled) => ({
    place: placeOf('policy', boundaryArn ?? compiled.name, compiled.name),
    kind: 'boundary' as const,
    statements: demanding(compiled),
  }))
  return [...own, ...bounding].filter(({statements}) => statements.length > 0)
}

interface Single {
  readonly place: Place
  readonly statements: readonly CompiledStatement[]
  readonly holder: AccountPrincipal
}

/** Own managed policies that nobody holds yet: whoever gets one is asked about. */
function unattached(context: AuditContext, found: ReadonlyMap<string, unknown>): readonly Single[] {
  const details = read(context.snapshot, 'iam:authorization-details')
  if (details.state === 'unread') return []
  return details.value.policies.flatMap(({arn, name, document}): readonly Single[] => {
    if (document === null || found.has(arn) || arn.includes(':iam::aws:') || !mentions(document)) return []
    const compiled = compilePolicy(document, {name, kind: 'identity'})
    const statements = demanding(compiled)
    if (statements.length === 0) return []
    return [{place: placeOf('policy', arn, name), statements, holder: principalWith(context, name, document, compiled)}]
  })
}

/** Service control policies that bind this account, asked about with an administrator. */
function controlDemands(context: AuditContext): readonly Single[] {
  const {policies, snapshot} = context
  if (policies.scp === null || policies.managementAccount === policies.account) return []
  const all = read(snapshot, 'organizations:policies')
  const documents = all.state === 'read' ? all.value : []
  const binding = new Map(
    policies.scp.flatMap((level) => level.policies.map((policy) => [policy.name, policy] as const)),
  )
  return documents.flatMap(({id, arn, name, content}): readonly Single[] => {
    const compiled = binding.get(`${name} (${id})`)
    const text = readPart(content)
    if (compiled === undefined || text.state === 'unread') return []
    const statements = demandsOf(text.value, compiled)
    return statements.length === 0
      ? []
      : [{place: placeOf('scp', arn === '' ? id : arn, name), statements, holder: genericAdministrator(context)}]
  })
}

function demandsOf(document: string | null, compiled: CompiledPolicy): readonly CompiledStatement[] {
  return document !== null && mentions(document) ? demanding(compiled) : []
}

/** Most documents say nothing of guardrails, and need not be compiled for it. */
function mentions(document: string): boolean {
  return /guardrailidentifier/i.test(document)
}

function demanding(compiled: CompiledPolicy): readonly CompiledStatement[] {
  const about = INVOKE_ACTIONS.flatMap((action) => compiled.statementsFor(action.toLowerCase()))
  return [...new Set(about)].filter((statement) => guardrailConditions(statement).length > 0)
}

function policyPlace({arn, name, group}: NamedPolicy, holder: Pick<AccountPrincipal, 'arn'>): Place {
  const owner = group === null ? holder.arn : `${holder.arn.split(':').slice(0, 5).join(':')}:group/${group}`
  return placeOf('policy', arn ?? `${owner}/${name}`, name)
}

function placeOf(type: string, id: string, name: string): Place {
  return {region: 'global', resource: {type, id, name}}
}

import {read} from '../../account/read.js'
import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {decideAction} from '../../iam/account/decide-action.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'
import {regionsOfAccount, UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Question} from './effective-access.js'
import {AGENTCORE_RECIPES, AGENTCORE_REUSES, GENERAL_RECIPES, type Recipe, type Reuse} from './escalation-recipes.js'
import {decideSomewhere, type Somewhere} from './somewhere.js'

/** A way to run code under a role that one does not hold. */
export interface EscalationPath {
  readonly name: string
  /** One clause: what it lets somebody do. */
  readonly text: string
  /** Permissions that make it up, as questions that are allowed. */
  readonly questions: readonly Question[]
}

export interface Escalation {
  readonly paths: readonly EscalationPath[]
  /** What keeps other ways from being ruled out. */
  readonly missing: readonly Missing[]
}

/** Ways through AgentCore: compute made or changed with a passed role, and compute that is there with a role of its own. */
export function agentcoreEscalation(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): Escalation {
  return merge([
    ...AGENTCORE_RECIPES.map((recipe) => follow(recipe, context, access, principal)),
    ...AGENTCORE_REUSES.map((reuse) => followReuse(reuse, context, access, principal)),
  ])
}

/** Ways through IAM and through compute of other services. */
export function generalEscalation(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): Escalation {
  return merge(GENERAL_RECIPES.map((recipe) => follow(recipe, context, access, principal)))
}

const NO_ESCALATION: Escalation = {paths: [], missing: []}

function merge(found: readonly Escalation[]): Escalation {
  const missing = found.flatMap((one) => one.missing)
  return {
    paths: found.flatMap(({paths}) => paths),
    missing: [...new Map(missing.map((one) => [one.reason, one])).values()],
  }
}

function follow(
  {name, text, passTo, all, any = []}: Recipe,
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): Escalation {
  const ask = (action: string) => decideSomewhere(context, access, principal, action)
  const parts: Somewhere[] = []
  for (const action of all) parts.push(ask(action))
  if (any.length > 0) parts.push(bestOf(any.map(ask)))
  if (parts.some(({outcome}) => outcome === 'DENY')) return NO_ESCALATION
  if (passTo !== undefined) parts.push(passRole(passTo, context, access, principal))
  return conclude({name, text}, parts, access, principal)
}

function conclude(
  path: Pick<EscalationPath, 'name' | 'text'>,
  parts: readonly Somewhere[],
  access: EffectiveAccess,
  principal: AccountPrincipal,
): Escalation {
  if (parts.some(({outcome}) => outcome === 'DENY')) return NO_ESCALATION
  const open = parts.find(({outcome}) => outcome === 'UNKNOWN')?.question
  if (open !== undefined) return {paths: [], missing: access.gaps(principal, open)}
  return {paths: [{...path, questions: parts.flatMap(({question}) => question ?? [])}], missing: []}
}

function bestOf(found: readonly Somewhere[]): Somewhere {
  const best = found.find(({outcome}) => outcome === 'ALLOW') ?? found.find(({outcome}) => outcome === 'UNKNOWN')
  return best ?? {outcome: 'DENY', question: undefined}
}

/** Any role that the service would take on; of a role that is not in the snapshot it is held to do so. */
function passRole(
  service: string,
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): Somewhere {
  const values = {'iam:PassedToService': service}
  const ask = (resource: string) => {
    const question = access.ask({action: 'iam:PassRole', resource, region: 'us-east-1', values, unnamed: true})
    return {outcome: access.decide(principal, question), question}
  }
  if (!access.holds(principal, 'iam:PassRole')) return {outcome: 'DENY', question: undefined}
  const {partition} = context.snapshot
  const any = ask(`arn:${partition}:iam::${context.policies.account}:role/${UNNAMED}`)
  if (any.outcome === 'ALLOW') return any
  const {own} = access.classOf(principal, 'iam:passrole')
  const named = own.flatMap(({effect, resources = [], notResources}) =>
    effect === 'Allow' && !notResources ? resources.map(({source}) => source) : [],
  )
  const exact = named.filter((source) => !/[*?$]/.test(source) && source.startsWith('arn:'))
  const trusting = rolesTrusting(service, context)
  const candidates = [
    ...exact.filter((arn) => context.policies.find(arn) === undefined || trusting.includes(arn)),
    ...(named.length > exact.length ? trusting : []),
  ]
  return bestOf([any, ...candidates.map(ask)])
}

const trustMemo = new WeakMap<AuditContext, Map<string, readonly string[]>>()

function rolesTrusting(service: string, context: AuditContext): readonly string[] {
  const kept = trustMemo.get(context) ?? new Map<string, readonly string[]>()
  trustMemo.set(context, kept)
  const known = kept.get(service)
  if (known !== undefined) return known
  const {policies, iam} = context
  const actor = policies.serviceActor(service)
  const roles =
    policies.principals.state === 'read' ? policies.principals.value.filter(({kind}) => kind === 'role') : []
  const found = roles
    .filter(({serviceLinked}) => !serviceLinked)
    .filter(
      ({arn, trust}) => trust === null || decideAction(policies, actor, 'sts:AssumeRole', arn, iam).outcome !== 'DENY',
    )
    .map(({arn}) => arn)
  kept.set(service, found)
  return found
}

/** Compute that is there already, with a role other than the principal: no role has to be passed. */
function followReuse(
  {name, text, read: id, all, any}: Reuse,
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
): Escalation {
  const holds = (action: string) => access.holds(principal, action)
  if (!all.every(holds) || (any.length > 0 && !any.some(holds))) return NO_ESCALATION
  const found = regionsOfAccount(context).flatMap((region): readonly Escalation[] => {
    const reading = read(context.snapshot, id, region)
    if (reading.state === 'unread') return isNowhere(reading) ? [] : [{paths: [], missing: [missingOf(reading)]}]
    return reading.value.flatMap(({arn, detail}): readonly Escalation[] => {
      const roleArn = detail.status === 'read' ? detail.value.roleArn : undefined
      if (roleArn === null || roleArn === principal.arn) return []
      const ask = (action: string): Somewhere => {
        const question = access.ask({action, resource: arn, region, unnamed: true})
        return {outcome: access.decide(principal, question), question}
      }
      const parts = [...all.map(ask), ...(any.length > 0 ? [bestOf(any.map(ask))] : [])]
      const found = conclude({name, text: `${text} ${arn} as ${roleArn}`}, parts, access, principal)
      // Whether it has a role at all is not known.
      if (detail.status === 'read' || found.paths.length === 0) return [found]
      const {action, code, reason} = detail
      return [{paths: [], missing: [{action, code, reason}]}]
    })
  })
  return merge(found)
}

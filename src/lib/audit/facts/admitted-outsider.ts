import {type CallerFacts, callerContext} from '../../iam/caller-context.js'
import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import {judgePolicies} from '../../iam/judge-policies.js'
import type {Principal} from '../../iam/principal.js'
import {createRequest} from '../../iam/request.js'
import type {ContextValues} from '../../iam/request-context.js'
import {NO, YES} from '../../iam/truth.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'
import {type Outsider, outsidersOf} from './endpoint-outsiders.js'
import {actionPrefix, oncePerPolicy} from './endpoint-policy.js'
import {
  type ActionOf,
  actionsOfStatement,
  concreteText,
  fittedContext,
  oneOfEachKind,
  resourcesOfAction,
  resourcesOfStatement,
} from './statement-witness.js'

/** A call of somebody from outside, or on something of theirs, that an endpoint policy lets through. */
export interface Admission {
  readonly side: 'principal' | 'resource'
  readonly outsider: Outsider
  readonly statement: CompiledStatement
  readonly principal: string
  readonly action: string
  readonly resource: string
  /** Whether the policy admits it for certain. */
  readonly certain: boolean
}

interface Matter {
  readonly policy: CompiledPolicy
  readonly endpoint: BedrockEndpoint
  readonly context: AuditContext
  readonly denials: readonly CompiledStatement[]
}

/** The worst call of each side: one that is let through for certain before one that may be. */
export const admittedOutsiders = oncePerPolicy((policy, endpoint, context): readonly Admission[] => {
  const denials = policy.statements.filter(({effect}) => effect === 'Deny')
  const matter = {policy, endpoint, context, denials}
  const allows = policy.statements.filter(({effect}) => effect === 'Allow')
  const outsiders = outsidersOf(policy, context)
  return (['principal', 'resource'] as const).flatMap((side) => {
    const found = outsiders.flatMap((outsider) =>
      allows.flatMap((statement) => admission(matter, side, outsider, statement) ?? []),
    )
    const sure = found.find(({certain, outsider}) => certain && outsider.doubts.length === 0)
    return sure ?? found[0] ?? []
  })
})

/** What an admission that is not certain lacks. */
export function admissionGaps({outsider, certain, statement, side}: Admission): readonly Missing[] {
  if (outsider.doubts.length > 0) return outsider.doubts
  const reason = `whether statement ${statement.label} admits ${outsider.said} as the ${side}`
  return certain ? [] : [{action: 'ec2:DescribeVpcEndpoints', code: 'UNDECIDED', reason}]
}

function admission(
  matter: Matter,
  side: Admission['side'],
  outsider: Outsider,
  statement: CompiledStatement,
): Admission | undefined {
  const prefix = actionPrefix(matter.endpoint)
  let possible: Admission | undefined
  for (const action of oneOfEachKind(actionsOfStatement(statement, prefix, matter.context.iam), matter.policy)) {
    for (const principal of principalsOf(matter, side, outsider, statement)) {
      for (const resource of resourcesOf(matter, side, outsider, statement, action)) {
        const judged = judge(matter, {side, outsider, statement, principal, action, resource})
        if (judged === NO) continue
        const found = {side, outsider, statement, principal: arnOf(principal), action: action.name, resource}
        if (judged === YES) return {...found, certain: true}
        possible ??= {...found, certain: false}
      }
    }
  }
  return possible
}

interface Attempt {
  readonly side: Admission['side']
  readonly outsider: Outsider
  readonly statement: CompiledStatement
  readonly principal: Principal
  readonly action: ActionOf
  readonly resource: string
}

function judge({policy, endpoint, context, denials}: Matter, attempt: Attempt): 0 | 1 | 2 {
  const {principal, resource, action, statement} = attempt
  const fixed = callerContext(principal, factsOf(endpoint, context, attempt))
  const request = createRequest({
    action: action.name,
    resource,
    principal,
    context: fittedContext(statement, denials, fixed),
  })
  const judged = judgePolicies({policies: [policy], unread: []}, request)
  if (judged.denies === YES || judged.allows === NO) return NO
  return judged.denies === NO && judged.allows === YES ? YES : 1
}

function factsOf({detail}: BedrockEndpoint, {policies, now}: AuditContext, attempt: Attempt): CallerFacts {
  const {side, outsider, resource} = attempt
  const own = {organization: policies.organization, paths: undefined}
  const caller = side === 'principal' ? outsider : own
  const owner = ownerOf(resource)
  const ofOutsider = owner === outsider.account ? outsider : owner === policies.account ? own : undefined
  const values: ContextValues = {
    'aws:CurrentTime': now.toISOString(),
    'aws:VpceAccount': policies.account,
    ...(caller.organization !== undefined && {'aws:PrincipalOrgID': caller.organization}),
    ...(caller.paths !== undefined && {'aws:PrincipalOrgPaths': caller.paths}),
    ...(owner !== undefined && {'aws:ResourceAccount': owner}),
    ...(ofOutsider?.organization !== undefined && {'aws:ResourceOrgID': ofOutsider.organization}),
    ...(ofOutsider?.paths !== undefined && {'aws:ResourceOrgPaths': ofOutsider.paths}),
    ...(policies.organization !== undefined && {'aws:VpceOrgID': policies.organization}),
  }
  return {
    tags: null,
    network: {kind: 'endpoint', vpcEndpointId: detail.id, vpcId: detail.vpcId},
    values: withoutGuesses(values),
  }
}

/** The organisation of a named account is not known: it is left open, never fitted to what the policy asks. */
function withoutGuesses(values: ContextValues): ContextValues {
  const open = {oneOf: [null, 'o-aaaaaaaaaa']}
  const keys = ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:ResourceOrgID', 'aws:ResourceOrgPaths']
  const left = keys.filter((key) => !(key in values))
  return {...Object.fromEntries(left.map((key) => [key, open])), ...values}
}

function ownerOf(resource: string): string | undefined {
  const account = resource.split(':')[4]
  return account ? account : undefined
}

/** Principals of the side, by the names that the statement asks for. */
function principalsOf(
  {context: {policies}}: Matter,
  side: Admission['side'],
  outsider: Outsider,
  statement: CompiledStatement,
): readonly Principal[] {
  const account = side === 'principal' ? outsider.account : policies.account
  const named = [
    ...(statement.principals?.entries ?? []).map(({value}) => value),
    ...statement.conditions
      .filter(({lookUpKey}) => lookUpKey === 'aws:principalarn')
      .flatMap(({values}) => values.map(({source}) => source)),
  ]
  const arns = named.flatMap((text) => principalArn(text, policies.partition, account) ?? [])
  const usual = `arn:${policies.partition}:iam::${account}:role/probe`
  return [...new Set([usual, ...arns])].map(
    (arn): Principal => ({
      kind: /:user\//.test(arn) ? 'user' : 'role',
      arn,
      account,
    }),
  )
}

/** A user or role that the pattern may mean, in the account given. */
function principalArn(pattern: string, partition: string, account: string): string | undefined {
  const [, its = '', rest = ''] = /^arn:[^:]*:iam::([^:]*):(.+)$/.exec(pattern) ?? []
  if (its !== account && !its.includes('*') && !its.includes('?')) return undefined
  const name = concreteText(rest)
  return /^(user|role)\/./.test(name) ? `arn:${partition}:iam::${account}:${name}` : undefined
}

function arnOf(principal: Principal): string {
  return principal.kind === 'service' ? principal.name : principal.arn
}

/** On the side of the resource only what belongs to the outsider; else anything that the statement is about. */
function resourcesOf(
  {endpoint, context: {policies, iam}}: Matter,
  side: Admission['side'],
  outsider: Outsider,
  statement: CompiledStatement,
  action: ActionOf,
): readonly string[] {
  const prefix = actionPrefix(endpoint)
  const {partition, account} = policies
  const inPlace = (owner: string) => {
    const place = {partition, region: endpoint.serviceRegion, account: owner}
    return [...resourcesOfAction(action, prefix, place, iam), ...resourcesOfStatement(statement, prefix, place)]
  }
  const foreign = inPlace(outsider.account).filter((arn) => ownerOf(arn) === outsider.account)
  const knowsResources = resourcesOfAction(action, prefix, {partition, region: '', account}, iam).length > 0
  if (side === 'resource') return knowsResources ? [...new Set(foreign)] : []
  return knowsResources ? [...new Set([...inPlace(account), ...foreign])] : ['*']
}

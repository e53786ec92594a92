import {callerContext} from '../../iam/caller-context.js'
import type {CompiledPolicy} from '../../iam/compile-policy.js'
import {judgePolicies} from '../../iam/judge-policies.js'
import type {Principal} from '../../iam/principal.js'
import {createRequest} from '../../iam/request.js'
import {type ContextValue, createContext, lookUp, type RequestContext} from '../../iam/request-context.js'
import {NO, YES} from '../../iam/truth.js'
import type {AuditContext} from '../audit-context.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'
import {actionPrefix, oncePerPolicy} from './endpoint-policy.js'
import {
  actionsOfService,
  candidates,
  oneOfEachKind,
  resourcesOfAction,
  resourcesOfStatement,
} from './statement-witness.js'

/** An account that nobody has, for somebody from outside. */
const STRANGER = '000000000000'
const FOREIGN_ORGANIZATION = 'o-0000000000'
const TEN_YEARS_MS = 3_650 * 86_400_000

/**
 * Whether a policy holds nothing back: every action of the service is allowed to insiders and strangers alike, on
 * resources of everybody, whatever else the request carries. Statements may share the work, and conditions that always
 * hold change nothing; a Deny that can ever apply does.
 */
export const admitsEverything = oncePerPolicy((policy, endpoint, context): boolean => {
  const prefix = actionPrefix(endpoint)
  const {account, partition} = context.policies
  const place = {partition, region: endpoint.serviceRegion, account}
  const named = policy.statements.flatMap((statement) => resourcesOfStatement(statement, prefix, place))
  const callers = callersOf(policy, endpoint, context)
  return oneOfEachKind(actionsOfService(prefix, context.iam), policy).every((action) => {
    const own = resourcesOfAction(action, prefix, place, context.iam)
    const foreign = resourcesOfAction(action, prefix, {partition, region: 'us-west-2', account: STRANGER}, context.iam)
    const resources = own.length === 0 ? ['*'] : [...new Set([...own, ...foreign, ...named])]
    return resources.every((resource) =>
      callers.every(({principal, values}) => {
        const request = createRequest({action: action.name, resource, principal, context: values})
        const judged = judgePolicies({policies: [policy], unread: []}, request)
        return judged.allows === YES && judged.denies === NO
      }),
    )
  })
})

interface Caller {
  readonly principal: Principal
  readonly values: RequestContext
}

function callersOf(
  policy: CompiledPolicy,
  endpoint: BedrockEndpoint,
  {policies, now}: AuditContext,
): readonly Caller[] {
  const {account, partition, organization} = policies
  const ofAccount = (id: string, kind: 'role' | 'user'): Principal => ({
    kind,
    arn: `arn:${partition}:iam::${id}:${kind}/probe`,
    account: id,
  })
  const named = policy.statements
    .flatMap(({principals}) => principals?.entries ?? [])
    .flatMap(({type, value}) => (type === 'aws' ? (principalOf(value, partition) ?? []) : []))
  const network = {kind: 'endpoint', vpcEndpointId: endpoint.detail.id, vpcId: endpoint.detail.vpcId} as const
  const caller = (principal: Principal, org: string | null | undefined): Caller => {
    const values = {
      'aws:CurrentTime': {oneOf: [now.toISOString(), new Date(now.getTime() + TEN_YEARS_MS).toISOString()]},
      'aws:VpceAccount': account,
      ...(org === null && {'aws:PrincipalOrgPaths': null}),
    }
    const facts = {tags: null, network, values, ...(org !== undefined && {organization: org})}
    return {principal, values: withOpenKeys(policy, callerContext(principal, facts))}
  }
  return [
    caller(ofAccount(account, 'role'), organization),
    caller(ofAccount(STRANGER, 'role'), FOREIGN_ORGANIZATION),
    caller(ofAccount(STRANGER, 'user'), null),
    ...named.map((principal) => caller(principal, undefined)),
  ]
}

/** An account or ARN in a Principal element as somebody who calls. */
function principalOf(value: string, partition: string): Principal | undefined {
  const [, account, kind] = /^(?:arn:[^:]+:iam::)?(\d{12})(?::(user|role|root).*)?$/.exec(value) ?? []
  if (account === undefined) return undefined
  if (kind === 'user' || kind === 'role') return {kind, arn: value, account}
  return {kind: 'role', arn: `arn:${partition}:iam::${account}:role/probe`, account}
}

/** A key that nothing is known of may have any value or none: only what holds for all of them always holds. */
function withOpenKeys(policy: CompiledPolicy, context: RequestContext): RequestContext {
  const conditions = policy.statements.flatMap((statement) => statement.conditions)
  const open = conditions.filter(({lookUpKey}) => lookUp(context, lookUpKey) === undefined)
  const values = open.map(({lookUpKey}): readonly [string, ContextValue] => {
    const tried = candidates(open.filter((one) => one.lookUpKey === lookUpKey))
    return [lookUpKey, {oneOf: tried.filter((one) => one === null || typeof one === 'string')}]
  })
  return createContext(Object.fromEntries(values), {extends: context})
}

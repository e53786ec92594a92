import type {Workload} from '../../config/project.schema.js'
import {parseArn} from '../../core/arn.js'
import {type CallerNetwork, callerContext} from '../../iam/caller-context.js'
import type {Principal} from '../../iam/principal.js'
import type {ContextValues, RequestContext} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'
import {isNamedBy} from './named-principal.js'

/** Somebody who makes the calls of a workload, as the policy of an endpoint sees it. */
export interface EndpointCaller {
  readonly principal: Principal
  readonly context: RequestContext
  /** Why it is not certain who that is; a denial that depends on it is then not definite. */
  readonly doubts: readonly Missing[]
}

/** Every principal that the declaration means; one that stands for it where that is not known. */
export function callersOf(
  context: AuditContext,
  workload: Workload,
  endpoint: BedrockEndpoint,
): readonly EndpointCaller[] {
  const {policies, now} = context
  const {id, vpcId} = endpoint.detail
  const network: CallerNetwork = {kind: 'endpoint', vpcEndpointId: id, vpcId}
  const values: ContextValues = {
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:VpceAccount': policies.account,
    ...(policies.organization !== undefined && {'aws:VpceOrgID': policies.organization}),
  }
  const {principal: named} = workload
  const {principals} = policies
  if (named !== undefined && principals.state === 'read') {
    const found = principals.value.filter((one) => isNamedBy([named], one))
    if (found.length > 0) {
      return found.map((one) => ({...policies.actor(one, network, values), doubts: []}))
    }
  }
  const stated = named === undefined ? undefined : principalOfArn(named)
  const {organization} = policies
  const isOwn = stated === undefined || stated.account === policies.account
  const facts = {tags: null, network, ...(isOwn && organization !== undefined && {organization})}
  if (stated !== undefined) {
    return [{principal: stated, context: callerContext(stated, {...facts, values}), doubts: []}]
  }
  const principal: Principal = {
    kind: 'role',
    arn: `arn:${policies.partition}:iam::${policies.account}:role/${lastPart(named)}`,
    account: policies.account,
  }
  const open = {...values, 'aws:PrincipalArn': {oneOf: [principal.arn, `${principal.arn}-2`]}}
  return [
    {principal, context: callerContext(principal, {...facts, values: open}), doubts: [doubtOf(context, workload)]},
  ]
}

function principalOfArn(text: string): Exclude<Principal, {kind: 'service'}> | undefined {
  const arn = parseArn(text)
  const kind = /^(user|role)\//.exec(arn?.resource ?? '')?.[1]
  if (arn?.service !== 'iam' || text.includes('*') || (kind !== 'user' && kind !== 'role')) return undefined
  return {kind, arn: text, account: arn.account}
}

function lastPart(named: string | undefined): string {
  return named?.split('/').at(-1)?.replaceAll('*', 'any') ?? 'undeclared'
}

function doubtOf({policies}: AuditContext, {name, principal}: Workload): Missing {
  if (principal === undefined) {
    const reason = `bedrockctl.yaml does not say which principal of workload ${name} calls`
    return {action: 'bedrockctl.yaml: workloads', code: 'NOT_DECLARED', reason}
  }
  if (policies.principals.state === 'unread') return missingOf(policies.principals)
  const reason = `the account has no principal ${principal}, which workload ${name} names`
  return {action: 'iam:GetAccountAuthorizationDetails', code: 'NOT_FOUND', reason}
}

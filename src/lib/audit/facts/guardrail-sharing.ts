import {read, readPart} from '../../account/read.js'
import {callerContext} from '../../iam/caller-context.js'
import {type CompiledPolicy, compilePolicy} from '../../iam/compile-policy.js'
import {evaluateRequest} from '../../iam/evaluate-request.js'
import {layersOf} from '../../iam/policy-layers.js'
import type {Principal} from '../../iam/principal.js'
import {createRequest} from '../../iam/request.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import type {Guardrail} from './guardrail-reference.js'

/** An account that stands for any other when nobody is named. */
const ANY_ACCOUNT = '000000000000'
const ALL = compilePolicy('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}', {
  name: 'everything',
  kind: 'identity',
})

export interface Sharing {
  readonly shared: 'yes' | 'no' | 'unknown'
  readonly gaps: readonly Missing[]
}

/** Whether the policy on a guardrail lets other accounts of the organisation apply it. */
export function guardrailSharing(context: AuditContext, {arn, resourcePolicy}: Guardrail): Sharing {
  const reading = readPart(resourcePolicy)
  if (reading.state === 'unread') return {shared: 'unknown', gaps: [missingOf(reading)]}
  if (reading.value === null) return {shared: 'no', gaps: []}
  const policy = compilePolicy(reading.value, {name: `policy of ${arn}`, kind: 'resource'})
  const outcomes = otherAccounts(context, reading.value).map((account) => decide(context, policy, arn, account))
  if (outcomes.includes('ALLOW')) return {shared: 'yes', gaps: []}
  if (!outcomes.includes('UNKNOWN')) return {shared: 'no', gaps: []}
  const reason =
    'whether the policy of the guardrail admits the accounts of the organisation hangs on what was not read'
  return {shared: 'unknown', gaps: [{action: 'organizations:DescribeOrganization', code: 'UNDECIDED', reason}]}
}

/** Members of the organisation, and whoever the policy names. */
function otherAccounts({snapshot}: AuditContext, policy: string): readonly string[] {
  const own = snapshot.caller.account
  const tree = read(snapshot, 'organizations:tree')
  const members = tree.state === 'read' ? tree.value.filter(({kind}) => kind === 'account').map(({id}) => id) : []
  const named = policy.match(/(?<!\d)\d{12}(?!\d)/g) ?? []
  const accounts = [...new Set([...members, ...named])].filter((account) => account !== own)
  return accounts.length > 0 ? accounts : [ANY_ACCOUNT]
}

function decide(context: AuditContext, policy: CompiledPolicy, resource: string, account: string) {
  const {partition, organization} = context.policies
  const principal: Principal = {kind: 'role', arn: `arn:${partition}:iam::${account}:role/caller`, account}
  const request = createRequest({
    action: 'bedrock:ApplyGuardrail',
    resource,
    principal,
    context: callerContext(principal, {tags: {}, ...(typeof organization === 'string' && {organization})}),
  })
  const layers = layersOf({
    identity: {policies: [ALL], unread: []},
    resource: {policies: [policy], unread: []},
  })
  return evaluateRequest(request, layers, context.iam.rcp).outcome
}

import {type CompiledPolicy, type CompiledStatement, compilePolicy} from '../../iam/compile-policy.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'

/** What an endpoint lets through. Without a policy of its own it has the one of AWS, which allows everything. */
export type EndpointPolicy =
  | {readonly kind: 'none'}
  | {readonly kind: 'refused'; readonly missing: Missing}
  | {readonly kind: 'policy'; readonly policy: CompiledPolicy}

const compiled = new WeakMap<AuditContext, Map<string, EndpointPolicy>>()

/** Endpoints with the same document share what is made of it. */
export function endpointPolicy(context: AuditContext, {detail}: Pick<BedrockEndpoint, 'detail'>): EndpointPolicy {
  const ofContext = compiled.get(context) ?? new Map<string, EndpointPolicy>()
  compiled.set(context, ofContext)
  const text = detail.policy ?? ''
  const known = ofContext.get(text) ?? compile(text)
  ofContext.set(text, known)
  return known
}

/**
 * Works something out of a policy once for all endpoints that lead to the same service in the same Region and have the
 * same policy, unless it asks which endpoint that is.
 */
export function oncePerPolicy<Value>(
  work: (policy: CompiledPolicy, endpoint: BedrockEndpoint, context: AuditContext) => Value,
): typeof work {
  const memo = new WeakMap<CompiledPolicy, Map<string, Value>>()
  return (policy, endpoint, context) => {
    const {id, vpcId} = endpoint.detail
    const isOwn = policy.statements.some(({conditions}) =>
      conditions.some(({lookUpKey}) => /^aws:sourcevpc/.test(lookUpKey)),
    )
    const key = [endpoint.suffix, endpoint.serviceRegion, ...(isOwn ? [id, vpcId] : [])].join(' ')
    const ofPolicy = memo.get(policy) ?? new Map<string, Value>()
    memo.set(policy, ofPolicy)
    const known = ofPolicy.get(key)
    if (known !== undefined) return known
    const found = work(policy, endpoint, context)
    ofPolicy.set(key, found)
    return found
  }
}

function compile(text: string): EndpointPolicy {
  if (text.trim() === '') return {kind: 'none'}
  const policy = compilePolicy(text, {name: 'of the endpoint', kind: 'endpoint'})
  if (!policy.refused) return {kind: 'policy', policy}
  const problem = policy.problems.find(({severity}) => severity === 'error')
  const reason = `AWS would refuse the endpoint policy: ${problem?.path ?? '$'} ${problem?.message ?? ''}`.trim()
  return {kind: 'refused', missing: {action: 'ec2:DescribeVpcEndpoints', code: 'REFUSED_POLICY', reason}}
}

/** Prefix of the actions that its policy is asked about. */
export function actionPrefix({suffix}: Pick<BedrockEndpoint, 'suffix'>): string {
  if (suffix.startsWith('bedrock-mantle')) return 'bedrock-mantle'
  return suffix.startsWith('bedrock-agentcore') ? 'bedrock-agentcore' : 'bedrock'
}

/** The statement as it was written, for a fix. */
export function writtenStatement(
  {detail}: BedrockEndpoint,
  policy: CompiledPolicy,
  statement: CompiledStatement,
): Readonly<Record<string, unknown>> {
  const written = (JSON.parse(detail.policy ?? '{}') as {readonly Statement?: unknown}).Statement
  const all: readonly unknown[] = Array.isArray(written) ? written : [written]
  return (all[policy.statements.indexOf(statement)] ?? {}) as Readonly<Record<string, unknown>>
}

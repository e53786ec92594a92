import type {ReadItem} from '../../account/snapshot.schema.js'
import {type CompiledPolicy, type CompiledStatement, compilePolicy} from '../../iam/compile-policy.js'
import type {Missing} from '../finding.schema.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'

type Endpoint = ReadItem<'ec2:vpc-endpoints'>

/** What an endpoint lets through. Without a policy of its own it has the one of AWS, which allows everything. */
export type EndpointPolicy =
  | {readonly kind: 'none'}
  | {readonly kind: 'refused'; readonly missing: Missing}
  | {readonly kind: 'policy'; readonly policy: CompiledPolicy}

const compiled = new WeakMap<Endpoint, EndpointPolicy>()

export function endpointPolicy({detail}: Pick<BedrockEndpoint, 'detail'>): EndpointPolicy {
  const known = compiled.get(detail)
  if (known !== undefined) return known
  const found = read(detail)
  compiled.set(detail, found)
  return found
}

function read({id, policy: text}: Endpoint): EndpointPolicy {
  if (text === null || text.trim() === '') return {kind: 'none'}
  const policy = compilePolicy(text, {name: id, kind: 'endpoint'})
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

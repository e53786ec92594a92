import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type BedrockEndpoint, endpointPlace} from '../../facts/bedrock-endpoint.js'
import {type DeclaredCall, declaredCalls} from '../../facts/declared-calls.js'
import {callersOf, type EndpointCaller} from '../../facts/endpoint-callers.js'
import {endpointPolicy} from '../../facts/endpoint-policy.js'
import {type LegVerdict, legAtEndpoint} from '../../facts/leg-at-endpoint.js'
import {type WorkloadWay, workloadWays} from '../../facts/workload-endpoints.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {judgeResource, regionPlace, unknown} from '../../judge-resource.js'
import {noWorkloads} from './no-workloads.js'

const MOST = 3

export const workloadLegsCheck: Check = {
  id: 'EP-05',
  family: 'EP',
  severity: 'high',
  title: 'An endpoint policy admits every leg of the declared calls',
  why: 'A call through an inference profile is checked at the profile and at the model in every destination. One leg that the endpoint policy does not admit fails the whole call, often only when the destination changes.',
  resource: 'vpc-endpoint',
  failsWhen:
    'at least one leg of a call that a declared workload makes is blocked by the policy of the endpoint it takes',
  unknownWhen:
    'what the declared model stands for, or who calls, was not read, or a condition asks for what is not known',
  needs: 'workloads',
  reads: [
    'ec2:vpc-endpoints',
    'ec2:vpcs',
    'route53:vpc-hosted-zones',
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
    'bedrock:provisioned-throughputs',
    'bedrock:custom-model-deployments',
    'bedrock:imported-models',
    'bedrock:guardrails',
    'iam:authorization-details',
    'organizations:organization',
  ],
  references: [
    {
      title: 'Geographic cross-Region inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
    },
    {
      title: 'Use interface VPC endpoints with Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html',
    },
  ],
  *judge(context) {
    const ways = workloadWays(context)
    if (ways.length === 0) yield noWorkloads(context)
    for (const way of ways) {
      const calls = declaredCalls(context, way.workload, way.service, way.region)
      if (calls.length === 0) continue
      if (way.missing.length > 0)
        yield unknown(regionPlace(way.region, `${way.workload.name}: ${way.service}`), way.missing)
      for (const endpoint of way.endpoints) {
        for (const call of calls) yield judgeCall(context, way, endpoint, call)
      }
    }
  },
}

function judgeCall(
  context: AuditContext,
  {workload}: WorkloadWay,
  endpoint: BedrockEndpoint,
  call: DeclaredCall,
): Judged {
  const place = endpointPlace(endpoint, `${workload.name}: ${call.name}`)
  const found = endpointPolicy(context, endpoint)
  if (found.kind === 'refused') return unknown(place, [found.missing])
  const who = `workload ${workload.name}`
  if (found.kind === 'none') {
    return judgeResource(place, {defects: [], fine: `The endpoint has no policy of its own, so ${who} passes`})
  }
  const callers = callersOf(context, workload, endpoint)
  const verdicts = callers.flatMap((caller) =>
    call.legs.map((leg): LegVerdict => {
      if (leg.kind === 'open') return {kind: 'unknown', missing: [openLeg(leg.name, leg.unknown)]}
      if (leg.endpoint === 'bypassed' || leg.actor !== 'caller') return {kind: 'passes'}
      return legAtEndpoint(leg, caller, found.policy, context)
    }),
  )
  const blocked = blockedOnce(call, verdicts)
  return judgeResource(place, {
    defects: blocked.length > 0 ? [said(blocked, who)] : [],
    gaps: [...call.missing, ...gapsOf(call, verdicts)],
    fine: `The policy admits all ${call.legs.length} legs of ${call.name} for ${who}`,
    evidence: [
      ...blocked.map(({leg, by}) => ({kind: 'simulated', text: `${leg.action} on ${leg.resource}: ${by}`}) as const),
      {kind: 'declared', text: `${who} calls ${call.name} as ${callers.map(nameOf).join(', ')}`},
    ],
    fix: fixOf(endpoint, blocked, context.policies.account),
  })
}

type Blocked = Extract<LegVerdict, {kind: 'blocked'}>

/** Each resource and action once; of a call whose project is not declared, nothing while some project passes. */
function blockedOnce(call: DeclaredCall, verdicts: readonly LegVerdict[]): readonly Blocked[] {
  const blocked = verdicts.flatMap((one) => (one.kind === 'blocked' ? [one] : []))
  if (isOfMantle(call) && blocked.length < verdicts.length) return []
  return [...new Map(blocked.map((one) => [`${one.leg.action} ${one.leg.resource}`, one])).values()]
}

function gapsOf(call: DeclaredCall, verdicts: readonly LegVerdict[]): readonly Missing[] {
  const gaps = verdicts.flatMap((one) => (one.kind === 'unknown' ? one.missing : []))
  const isPartly = isOfMantle(call) && new Set(verdicts.map(({kind}) => kind)).size > 1
  const reason = 'the policy admits some projects of Mantle, and which one the workload uses is not declared'
  return isPartly ? [...gaps, {action: 'bedrockctl.yaml: workloads', code: 'NOT_DECLARED', reason}] : gaps
}

function isOfMantle({legs}: DeclaredCall): boolean {
  return legs.some((leg) => leg.kind === 'leg' && leg.action.startsWith('bedrock-mantle:'))
}

function openLeg(name: string, reason: string): Missing {
  const action = /\b[a-z-]+:[A-Z]\w+/.exec(reason)?.[0] ?? 'bedrock:GetInferenceProfile'
  return {action, code: 'FACT_MISSING', reason: `${name}: ${reason}`}
}

function nameOf({principal}: EndpointCaller): string {
  return principal.kind === 'service' ? principal.name : principal.arn
}

function said(blocked: readonly Blocked[], who: string): string {
  const arns = [...new Set(blocked.map(({leg}) => leg.resource))]
  const more = arns.length > MOST ? ` and ${arns.length - MOST} more` : ''
  const [first] = blocked
  return `${who} is kept from ${first?.leg.action} on ${arns.slice(0, MOST).join(', ')}${more}: ${first?.by}`
}

function fixOf({detail, region}: BedrockEndpoint, blocked: readonly Blocked[], account: string): Fix {
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: [...new Set(blocked.map(({leg}) => leg.action))],
    Resource: [...new Set(blocked.map(({leg}) => leg.resource))],
    Condition: {StringEquals: {'aws:PrincipalAccount': account}},
  }
  return {
    summary: 'Admit the profile, and the model in every destination, to the callers that the policy already admits.',
    cli: [
      `aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${detail.id} --policy-document file://policy.json`,
    ],
    policyDiff: {policy: detail.id, remove: [], add: [JSON.stringify(statement)]},
  }
}

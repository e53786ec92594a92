import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type BedrockEndpoint, bedrockEndpointsOf, endpointPlace} from '../../facts/bedrock-endpoint.js'
import {endpointPolicy} from '../../facts/endpoint-policy.js'
import {leastEndpointPolicy} from '../../facts/endpoint-policy-proposal.js'
import {admitsEverything} from '../../facts/everything.js'
import {configEvidence, inEachRegion, judgeResource} from '../../judge-resource.js'

const READ = 'ec2:vpc-endpoints'

export const endpointPolicyCheck: Check = {
  id: 'EP-03',
  family: 'EP',
  severity: 'high',
  title: 'An endpoint policy admits less than everything',
  why: 'Whoever reaches the endpoint can use it with any credentials, also those of another account: data of the VPC can leave through it, unseen by the policies of the account.',
  resource: 'vpc-endpoint',
  failsWhen: 'it has no policy of its own, or one that comes to the same as allowing everything',
  unknownWhen: 'AWS would refuse the policy that was read',
  reads: [READ],
  references: [
    {
      title: 'Control access to VPC endpoints using endpoint policies',
      url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    },
    {
      title: 'Use interface VPC endpoints with Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (endpoints, region) =>
      bedrockEndpointsOf(endpoints, region).map((endpoint) => judgePolicy(context, endpoint)),
    ),
}

function judgePolicy(context: AuditContext, endpoint: BedrockEndpoint): Judged {
  const found = endpointPolicy(context, endpoint)
  const {detail, region} = endpoint
  const defect =
    found.kind === 'none'
      ? 'It has no policy of its own, so that the default holds: everything is allowed'
      : found.kind === 'policy' && admitsEverything(found.policy, endpoint, context)
        ? 'Its policy allows everything that the endpoint can carry, to everybody'
        : undefined
  const proposal = leastEndpointPolicy(endpoint, context)
  return judgeResource(endpointPlace(endpoint), {
    defects: defect === undefined ? [] : [defect],
    gaps: found.kind === 'refused' ? [found.missing] : [],
    fine: 'Its policy holds something back',
    evidence: [
      found.kind === 'policy'
        ? {
            kind: 'simulated',
            text: 'every action of the service, by insiders and strangers, on own and foreign resources',
          }
        : configEvidence('no policy document', READ, region),
    ],
    fix: {
      summary: 'Give the endpoint a policy for the actions, models and callers that use it.',
      cli: [
        `aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${detail.id} --policy-document file://policy.json`,
      ],
      terraform: `resource "aws_vpc_endpoint_policy" "this" {\n  vpc_endpoint_id = "${detail.id}"\n  policy          = file("policy.json")\n}`,
      policyDiff: {
        policy: detail.id,
        remove: statementsOf(detail.policy),
        add: proposal.map((statement) => JSON.stringify(statement)),
      },
    },
  })
}

function statementsOf(policy: string | null): readonly string[] {
  try {
    const {Statement} = JSON.parse(policy ?? '{}') as {readonly Statement?: unknown}
    const all: readonly unknown[] = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement]
    return all.map((statement) => JSON.stringify(statement))
  } catch {
    return []
  }
}

import type {Check, Judged} from '../../check.js'
import {type BedrockEndpoint, bedrockEndpointsOf, endpointPlace} from '../../facts/bedrock-endpoint.js'
import {configEvidence, inEachRegion, judgeResource} from '../../judge-resource.js'

const READ = 'ec2:vpc-endpoints'
/** States in which calls do not pass, without hyphens and in lower case. */
const BROKEN = ['pendingacceptance', 'rejected', 'failed', 'expired', 'partial']

export const endpointStateCheck: Check = {
  id: 'EP-09',
  family: 'EP',
  severity: 'high',
  title: 'A VPC endpoint of Bedrock is available',
  why: 'An endpoint that is not available carries no call: workloads fail, or take the public path while everybody believes that the endpoint is there.',
  resource: 'vpc-endpoint',
  failsWhen: 'its state is pendingAcceptance, rejected, failed, expired or partial',
  reads: [READ],
  references: [
    {
      title: 'VpcEndpoint, Amazon EC2 API Reference',
      url: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (endpoints, region) => bedrockEndpointsOf(endpoints, region).map(judgeState)),
}

function judgeState(endpoint: BedrockEndpoint): Judged {
  const {detail, region, state} = endpoint
  const place = endpointPlace(endpoint)
  const evidence = [configEvidence(`State ${detail.state || 'absent'}`, READ, region)]
  if (state === 'pending') {
    return {...place, verdict: 'INFO', message: 'It is being made: its state is pending.', evidence}
  }
  const isBroken = BROKEN.includes(state)
  const because = detail.failure === null ? '' : ` (${detail.failure})`
  return judgeResource(place, {
    defects: isBroken ? [`Its state is ${detail.state}${because}: no call passes through it`] : [],
    gaps:
      isBroken || state === 'available'
        ? []
        : [
            {
              action: 'ec2:DescribeVpcEndpoints',
              code: 'UNDOCUMENTED',
              reason: `the state "${detail.state}" is not known`,
            },
          ],
    fine: 'Its state is available',
    evidence,
    fix: fixOf(endpoint),
  })
}

/** Services of AWS accept by themselves: an endpoint that still waits has gone wrong as one that failed. */
function fixOf({detail, region}: BedrockEndpoint) {
  const subnets = detail.subnetIds.length > 0 ? detail.subnetIds.join(' ') : '<SUBNET> <SUBNET>'
  const groups = detail.securityGroupIds.length > 0 ? detail.securityGroupIds.join(' ') : '<SG>'
  return {
    summary: 'Delete the endpoint and make it anew, with its policy.',
    cli: [
      `aws ec2 delete-vpc-endpoints --region ${region} --vpc-endpoint-ids ${detail.id}`,
      `aws ec2 create-vpc-endpoint --region ${region} --vpc-endpoint-type Interface --vpc-id ${detail.vpcId} --service-name ${detail.service} --subnet-ids ${subnets} --security-group-ids ${groups} --private-dns-enabled --policy-document file://<POLICY>.json`,
    ],
  }
}

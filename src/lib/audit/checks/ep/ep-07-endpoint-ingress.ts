import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type BedrockEndpoint, endpointPlace} from '../../facts/bedrock-endpoint.js'
import {admittance, httpsIngress} from '../../facts/https-ingress.js'
import {type WorkloadWay, workloadWays} from '../../facts/workload-endpoints.js'
import type {Fix} from '../../finding.schema.js'
import {configEvidence, judgeResource, regionPlace, unknown} from '../../judge-resource.js'
import {noWorkloads} from './no-workloads.js'

export const endpointIngressCheck: Check = {
  id: 'EP-07',
  family: 'EP',
  severity: 'high',
  title: 'The security groups of an endpoint admit its workloads on TCP 443',
  why: 'Calls of the workload reach the endpoint and hang until they time out: the error names no security group.',
  resource: 'vpc-endpoint',
  failsWhen:
    'no rule of its security groups admits TCP 443 from the security groups or addresses of a declared workload, else from the subnets of its VPC',
  unknownWhen:
    'rules admit some of the places that a workload may call from, and bedrockctl.yaml does not say which it is',
  needs: 'workloads',
  reads: [
    'ec2:vpc-endpoints',
    'ec2:security-groups',
    'ec2:prefix-lists',
    'ec2:subnets',
    'ec2:vpcs',
    'route53:vpc-hosted-zones',
  ],
  references: [
    {
      title: 'Access an AWS service using an interface VPC endpoint: security groups',
      url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    },
  ],
  *judge(context) {
    const ways = workloadWays(context)
    if (ways.length === 0) yield noWorkloads(context)
    for (const way of ways) {
      if (way.missing.length > 0)
        yield unknown(regionPlace(way.region, `${way.workload.name}: ${way.service}`), way.missing)
      for (const endpoint of way.endpoints) yield judgeIngress(context, way, endpoint)
    }
  },
}

function judgeIngress({snapshot}: AuditContext, {workload, vpcId}: WorkloadWay, endpoint: BedrockEndpoint): Judged {
  const {admitted, sources, missing} = admittance(snapshot, workload, vpcId, endpoint)
  const {cidrs, groups} = httpsIngress(snapshot, endpoint)
  const rules = [...groups, ...cidrs].join(', ') || 'nothing'
  const {detail, region} = endpoint
  return judgeResource(endpointPlace(endpoint, workload.name), {
    defects:
      admitted === 'no'
        ? [`TCP 443 is not admitted from ${sources.join(', ')}, where workload ${workload.name} calls from`]
        : [],
    gaps: missing,
    fine: `TCP 443 is admitted from workload ${workload.name}`,
    evidence: [
      configEvidence(
        `${detail.securityGroupIds.join(', ')} admit TCP 443 from ${rules}`,
        'ec2:security-groups',
        region,
      ),
      {kind: 'declared', text: `workload ${workload.name} calls from ${vpcId}`},
    ],
    fix: fixOf(endpoint, sources),
  })
}

function fixOf({detail, region}: BedrockEndpoint, sources: readonly string[]): Fix {
  const [group = '<SG>'] = detail.securityGroupIds
  return {
    summary: 'Admit TCP 443 from the security groups or addresses of the workload, and from nowhere else.',
    cli: sources.map((source) => {
      const common = `aws ec2 authorize-security-group-ingress --region ${region} --group-id ${group}`
      if (source.startsWith('sg-')) return `${common} --protocol tcp --port 443 --source-group ${source}`
      if (!source.includes(':')) return `${common} --protocol tcp --port 443 --cidr ${source}`
      return `${common} --ip-permissions IpProtocol=tcp,FromPort=443,ToPort=443,Ipv6Ranges=[{CidrIpv6=${source}}]`
    }),
    terraform: `resource "aws_vpc_security_group_ingress_rule" "bedrock" {\n  security_group_id            = "${group}"\n  referenced_security_group_id = aws_security_group.workload.id\n  ip_protocol                  = "tcp"\n  from_port                    = 443\n  to_port                      = 443\n}`,
  }
}

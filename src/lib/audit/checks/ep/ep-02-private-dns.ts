import {read, readPart} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type BedrockEndpoint, bedrockEndpointsOf, endpointPlace} from '../../facts/bedrock-endpoint.js'
import {type HostedName, hostedName, vpcsWithZones} from '../../facts/hosted-name.js'
import {answersByPrivateDns} from '../../facts/private-path.js'
import {vpcOfWorkload} from '../../facts/workload-endpoints.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {configEvidence, inEachRegion, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 'ec2:vpc-endpoints'

export const privateDnsCheck: Check = {
  id: 'EP-02',
  family: 'EP',
  severity: 'high',
  title: 'The name of a Bedrock service leads to its VPC endpoint',
  why: 'SDKs ask for the public name of the service. Where that still resolves publicly, calls pass by the endpoint over the internet, or fail in a VPC without a way out.',
  resource: 'vpc-endpoint',
  failsWhen:
    'private DNS is off and no hosted zone of a VPC leads the service name to the endpoint, or its VPC has DNS support or DNS hostnames off',
  reads: [READ, 'ec2:vpcs', 'ec2:vpc-endpoint-services', 'route53:vpc-hosted-zones'],
  references: [
    {
      title: 'Access an AWS service using an interface VPC endpoint: private DNS names',
      url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    },
    {
      title: 'Considerations when working with a private hosted zone',
      url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (endpoints, region) =>
      bedrockEndpointsOf(endpoints, region).map((endpoint) => judgeName(context, endpoint)),
    ),
}

interface Found {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
}

function judgeName(context: AuditContext, endpoint: BedrockEndpoint): Judged {
  const {detail, region} = endpoint
  const host = hostAsked(context, endpoint)
  const dns = vpcDns(context, endpoint)
  const name = nameDefects(context, endpoint, host)
  return judgeResource(endpointPlace(endpoint), {
    defects: [...name.defects, ...dns.defects],
    gaps: [...name.gaps, ...dns.gaps],
    fine: `${host} leads to it`,
    evidence: [
      configEvidence(
        `private DNS ${answersByPrivateDns(endpoint) ? 'on' : 'off'}; ${host}; ${detail.vpcId}`,
        READ,
        region,
      ),
    ],
    fix: fixOf(endpoint, host, dns.defects.length > 0),
  })
}

/** As the service itself names it, where that was read. */
function hostAsked({snapshot}: AuditContext, {detail, region, host}: BedrockEndpoint): string {
  const services = read(snapshot, 'ec2:vpc-endpoint-services', region)
  const offered = services.state === 'read' ? services.value.find(({service}) => service === detail.service) : undefined
  const names = offered?.privateDnsNames ?? []
  return names.includes(host) ? host : (names[0] ?? host)
}

function nameDefects(context: AuditContext, endpoint: BedrockEndpoint, host: string): Found {
  if (answersByPrivateDns(endpoint)) return {defects: [], gaps: []}
  const {snapshot} = context
  const {detail} = endpoint
  const own = hostedName(snapshot, detail.vpcId, host)
  if (isItself(own, endpoint)) return {defects: [], gaps: []}
  const others = vpcsWithZones(snapshot).filter((vpcId) => vpcId !== detail.vpcId)
  const isShared = others.some((vpcId) => isItself(hostedName(snapshot, vpcId, host), endpoint))
  if (isShared && !hasWorkload(context, endpoint)) return {defects: [], gaps: []}
  if (own.kind === 'unknown') return {defects: [], gaps: own.missing}
  return {defects: [`private DNS is off, and in ${detail.vpcId} ${whereTo(own, host)}`], gaps: []}
}

function isItself(hosted: HostedName, {detail}: BedrockEndpoint): boolean {
  return hosted.kind === 'endpoint' && hosted.endpoint.detail.id === detail.id
}

function whereTo(hosted: HostedName, host: string): string {
  if (hosted.kind === 'endpoint') return `the zone ${hosted.zone} leads ${host} to ${hosted.endpoint.detail.id} instead`
  if (hosted.kind === 'elsewhere') return `the zone ${hosted.zone} leads ${host} to ${hosted.target} instead`
  return `${host} still resolves publicly`
}

/** Whether a declared workload of the endpoint's own VPC asks for the name. */
function hasWorkload({snapshot, project}: AuditContext, {detail, service}: BedrockEndpoint): boolean {
  return project.workloads.some(
    (workload) =>
      vpcOfWorkload(snapshot, workload) === detail.vpcId && workload.services.some((one) => one === service),
  )
}

function vpcDns({snapshot}: AuditContext, {detail, region}: BedrockEndpoint): Found {
  const vpcs = read(snapshot, 'ec2:vpcs', region)
  if (vpcs.state === 'unread') return {defects: [], gaps: [missingOf(vpcs)]}
  const vpc = vpcs.value.find(({id}) => id === detail.vpcId)
  if (vpc === undefined) {
    const reason = `the snapshot does not hold ${detail.vpcId}`
    return {defects: [], gaps: [{action: 'ec2:DescribeVpcs', code: 'NOT_COLLECTED', reason}]}
  }
  const settings = [
    ['DNS support', 'is', readPart(vpc.dnsSupport)],
    ['DNS hostnames', 'are', readPart(vpc.dnsHostnames)],
  ] as const
  return {
    defects: settings.flatMap(([name, verb, reading]) =>
      reading.state === 'read' && !reading.value
        ? [`${name} of ${detail.vpcId} ${verb} off, so that no private name resolves`]
        : [],
    ),
    gaps: settings.flatMap(([, , reading]) => (reading.state === 'unread' ? [missingOf(reading)] : [])),
  }
}

function fixOf({detail, region}: BedrockEndpoint, host: string, isVpcWrong: boolean): Fix {
  const vpcCommands = ['--enable-dns-support', '--enable-dns-hostnames'].map(
    (option) => `aws ec2 modify-vpc-attribute --region ${region} --vpc-id ${detail.vpcId} ${option} Value=true`,
  )
  return {
    summary: `Turn private DNS on, or map ${host} to the endpoint in a private hosted zone of every VPC that uses it.`,
    cli: [
      ...(isVpcWrong ? vpcCommands : []),
      ...(detail.privateDns
        ? []
        : [`aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${detail.id} --private-dns-enabled`]),
    ],
    terraform:
      'private_dns_enabled = true # of aws_vpc_endpoint; the aws_vpc needs enable_dns_support and enable_dns_hostnames',
  }
}

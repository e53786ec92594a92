import {read, regionsOf} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type PrivatePath, privatePath} from '../../facts/private-path.js'
import {unseenUse, type VpcNeed, vpcNeeds} from '../../facts/vpc-needs.js'
import type {Fix} from '../../finding.schema.js'
import {isNowhere, judgeResource, missingOf, type Place, regionPlace, unknown} from '../../judge-resource.js'

export const privatePathCheck: Check = {
  id: 'EP-01',
  family: 'EP',
  severity: 'high',
  title: 'A VPC reaches every service of Bedrock that it uses through an endpoint',
  why: 'Without an endpoint the prompts and answers of the VPC take the public address of the service: through a NAT or internet gateway, outside of endpoint policies and of conditions on the VPC.',
  resource: 'vpc',
  failsWhen:
    'the VPC runs workloads that use a service (declared, or seen in CloudTrail) for which neither it, nor a VPC that one of its hosted zones leads to, has an available interface endpoint',
  unknownWhen: 'calls were seen in a Region with several VPCs and nothing tells from which of them',
  reads: [
    'ec2:vpcs',
    'ec2:vpc-endpoints',
    'ec2:subnets',
    'ec2:vpc-endpoint-services',
    'route53:vpc-hosted-zones',
    'cloudtrail:bedrock-events',
    'cloudwatch:bedrock-usage',
  ],
  references: [
    {
      title: 'Use interface VPC endpoints with Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html',
    },
  ],
  *judge(context) {
    for (const need of vpcNeeds(context)) yield judgeNeed(context, need)
    for (const region of regionsOf(context.snapshot, 'cloudtrail:bedrock-events')) yield* judgeUnseen(context, region)
  },
}

function judgeNeed(context: AuditContext, need: VpcNeed): Judged {
  const {snapshot} = context
  const {vpcId, service, serviceRegion, evidence, certain} = need
  const path = privatePath(snapshot, need)
  const place = placeOf(context, need)
  const lacks = path.kind === 'none' || path.kind === 'unavailable'
  const missing = lacks && !certain ? [doubt(need)] : path.kind === 'unknown' ? path.missing : []
  return judgeResource(place, {
    defects: lacks && certain ? [lackOf(path, need)] : [],
    gaps: missing,
    fine: saidOf(path, need),
    evidence: [
      ...evidence,
      {kind: 'config', text: `${vpcId}: ${saidOf(path, need)}`, read: 'ec2:vpc-endpoints', region: serviceRegion},
    ],
    fix: fixOf(context, need, service),
  })
}

function placeOf({snapshot}: AuditContext, {vpcId, vpcRegion, service, serviceRegion}: VpcNeed): Place {
  const region = vpcRegion ?? serviceRegion
  const vpcs = read(snapshot, 'ec2:vpcs', region)
  const vpc = vpcs.state === 'read' ? vpcs.value.find(({id}) => id === vpcId) : undefined
  const name = vpc?.tags.find(({key}) => key === 'Name')?.value
  const aspect = serviceRegion === region ? service : `${service} of ${serviceRegion}`
  return {region, resource: {type: 'vpc', id: vpcId, ...(name !== undefined && {name})}, aspect}
}

function lackOf(path: PrivatePath, {service, serviceRegion, workloads}: VpcNeed): string {
  const what =
    workloads.length > 0
      ? `Workload ${workloads.map(({name}) => name).join(', ')} calls ${service} of ${serviceRegion}`
      : `Something in it calls ${service} of ${serviceRegion}`
  if (path.kind !== 'unavailable')
    return `${what}, and there is no endpoint for it, neither here nor behind a hosted zone`
  const {detail} = path.endpoint
  return `${what}, and ${detail.id} does not serve it: its state is ${detail.state}`
}

function saidOf(path: PrivatePath, {service}: VpcNeed): string {
  switch (path.kind) {
    case 'private-dns':
    case 'no-dns':
      return `${path.endpoint.detail.id} serves ${path.endpoint.suffix}`
    case 'shared':
      return `${path.endpoint.detail.id} of ${path.endpoint.detail.vpcId} serves ${service}, through the zone ${path.zone}`
    case 'unavailable':
      return `${path.endpoint.detail.id} is ${path.endpoint.detail.state}`
    case 'unknown':
      return `whether an endpoint serves ${service} was not read`
    case 'none':
      return `no endpoint for ${service}`
  }
}

function doubt({service, serviceRegion, vpcId}: VpcNeed) {
  const reason = `${service} of ${serviceRegion} is called, and nothing tells whether from ${vpcId}, which has no endpoint for it: declare the workload in bedrockctl.yaml`
  return {action: 'bedrockctl.yaml: workloads', code: 'NOT_DECLARED', reason}
}

/** Events that were not read may show use where no workload is declared. */
function judgeUnseen(context: AuditContext, region: string): readonly Judged[] {
  const events = unseenUse(context, region)
  if (events === undefined || isNowhere(events)) return []
  const vpcs = read(context.snapshot, 'ec2:vpcs', region)
  if (vpcs.state === 'read' && vpcs.value.every(({id}) => isServed(context, id, region))) return []
  return [unknown(regionPlace(region, 'cloudtrail:bedrock-events'), [missingOf(events)])]
}

/** For inference at least: then it hardly matters which VPC calls. */
function isServed({snapshot}: AuditContext, vpcId: string, region: string): boolean {
  const path = privatePath(snapshot, {vpcId, vpcRegion: region, service: 'bedrock-runtime', serviceRegion: region})
  return path.kind !== 'none' && path.kind !== 'unavailable'
}

function fixOf({snapshot}: AuditContext, {vpcId, vpcRegion, serviceRegion}: VpcNeed, service: string): Fix {
  const region = vpcRegion ?? serviceRegion
  const services = read(snapshot, 'ec2:vpc-endpoint-services', serviceRegion)
  const offered =
    services.state === 'read' ? services.value.find((one) => one.service.endsWith(`.${service}`)) : undefined
  const name = offered?.service ?? `com.amazonaws.${serviceRegion}.${service}`
  const across = region === serviceRegion ? '' : ` --service-region ${serviceRegion}`
  return {
    summary: `Make an interface endpoint for ${service} in the VPC, or lead its name to a central one by a private hosted zone.`,
    cli: [
      `aws ec2 create-vpc-endpoint --region ${region} --vpc-endpoint-type Interface --vpc-id ${vpcId} --service-name ${name}${across} --subnet-ids <SUBNET_IN_EACH_ZONE> --security-group-ids <SG> --private-dns-enabled --policy-document file://policy.json`,
    ],
    terraform: `resource "aws_vpc_endpoint" "${service.replaceAll(/[^a-z]/g, '_')}" {\n  vpc_id              = "${vpcId}"\n  service_name        = "${name}"\n  vpc_endpoint_type   = "Interface"\n  private_dns_enabled = true\n  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]\n  security_group_ids  = [aws_security_group.endpoints.id]\n  policy              = file("policy.json")\n}`,
  }
}

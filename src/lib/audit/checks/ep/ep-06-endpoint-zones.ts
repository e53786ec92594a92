import {read} from '../../../account/read.js'
import type {Workload} from '../../../config/project.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type BedrockEndpoint, bedrockEndpointsOf, endpointPlace} from '../../facts/bedrock-endpoint.js'
import {cidrsOverlap} from '../../facts/cidr.js'
import {endpointZones} from '../../facts/endpoint-zones.js'
import {regionsCalled, vpcOfWorkload} from '../../facts/workload-endpoints.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, inEachRegion, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 'ec2:vpc-endpoints'
/** An endpoint in these states has no network interfaces; EP-09 tells of it. */
const WITHOUT_INTERFACES = ['pendingacceptance', 'rejected', 'failed', 'expired']

export const endpointZonesCheck: Check = {
  id: 'EP-06',
  family: 'EP',
  severity: 'medium',
  title: 'A VPC endpoint of Bedrock stands in every zone of its workloads, and in two at least',
  why: 'When the only zone of an endpoint fails, every call of the VPC to Bedrock fails with it; from other zones each call also crosses a zone.',
  resource: 'vpc-endpoint',
  failsWhen:
    'its network interfaces stand in fewer than two Availability Zones, or miss a zone in which a declared workload has subnets',
  reads: [READ, 'ec2:network-interfaces', 'ec2:subnets'],
  references: [
    {
      title: 'Access an AWS service using an interface VPC endpoint: subnets and Availability Zones',
      url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (endpoints, region) =>
      bedrockEndpointsOf(endpoints, region)
        .filter(({state}) => !WITHOUT_INTERFACES.includes(state))
        .map((endpoint) => judgeZones(context, endpoint)),
    ),
}

function judgeZones(context: AuditContext, endpoint: BedrockEndpoint): Judged {
  const {zones, missing} = endpointZones(context.snapshot, endpoint)
  const needed = neededZones(context, endpoint)
  const absent = needed.zones.filter((zone) => !zones.includes(zone))
  const isKnown = missing.length === 0
  const {detail, region} = endpoint
  const said = zones.length === 0 ? 'no Availability Zone' : zones.join(', ')
  return judgeResource(endpointPlace(endpoint), {
    defects: [
      ...(isKnown && zones.length < 2 ? [`its network interfaces stand in ${said} only`] : []),
      ...(isKnown && absent.length > 0
        ? [`it has none in ${absent.join(', ')}, where ${needed.workloads.join(', ')} has subnets`]
        : []),
    ],
    gaps: [...missing, ...needed.missing],
    fine: `Its network interfaces stand in ${said}`,
    evidence: [
      configEvidence(`zones ${said}; subnets ${detail.subnetIds.join(', ') || 'none'}`, READ, region),
      ...needed.workloads.map(
        (name) => ({kind: 'declared', text: `workload ${name} runs in ${detail.vpcId}`}) as const,
      ),
    ],
    fix: {
      summary: 'Add a subnet in another Availability Zone, one for each zone of the workloads.',
      cli: [
        `aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${detail.id} --add-subnet-ids <SUBNET_IN_ANOTHER_ZONE>`,
      ],
      terraform: 'subnet_ids = [for subnet in aws_subnet.private : subnet.id] # of aws_vpc_endpoint, one a zone',
    },
  })
}

interface NeededZones {
  readonly zones: readonly string[]
  readonly workloads: readonly string[]
  readonly missing: readonly Missing[]
}

/** Zones of the subnets of the declared workloads that use the endpoint; all of the VPC's where no addresses are declared. */
function neededZones(context: AuditContext, {detail, region, service, serviceRegion}: BedrockEndpoint): NeededZones {
  const {snapshot, project} = context
  const workloads = project.workloads.filter(
    (workload) =>
      vpcOfWorkload(snapshot, workload) === detail.vpcId &&
      workload.services.some((one) => one === service) &&
      regionsCalled(context, workload).includes(serviceRegion),
  )
  if (workloads.length === 0) return {zones: [], workloads: [], missing: []}
  const subnets = read(snapshot, 'ec2:subnets', region)
  const names = workloads.map(({name}) => name)
  if (subnets.state === 'unread') return {zones: [], workloads: names, missing: [missingOf(subnets)]}
  const inVpc = subnets.value.filter(({vpcId}) => vpcId === detail.vpcId)
  const used = inVpc.filter(({cidr}) => workloads.some((workload) => mayRunIn(workload, cidr)))
  return {zones: [...new Set(used.map(({zone}) => zone))].sort(), workloads: names, missing: []}
}

function mayRunIn({cidrs}: Workload, cidr: string | null): boolean {
  return cidrs.length === 0 || cidr === null || cidrs.some((one) => cidrsOverlap(one, cidr))
}

import {read, regionsOf} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import type {SubService} from '../../core/sub-services.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'
import {allBedrockEndpoints, type BedrockEndpoint, hostOf, isAvailable} from './bedrock-endpoint.js'
import {type HostedName, hostedName} from './hosted-name.js'

/** How the hosts of a VPC reach a service of Bedrock. */
export type PrivatePath =
  /** An available endpoint of its own answers to the usual name. */
  | {readonly kind: 'private-dns'; readonly endpoint: BedrockEndpoint}
  /** A hosted zone leads to an available endpoint, mostly in a central VPC. */
  | {readonly kind: 'shared'; readonly endpoint: BedrockEndpoint; readonly zone: string}
  /** An available endpoint of its own, which the usual name does not lead to: private DNS is off, or DNS of the VPC. */
  | {readonly kind: 'no-dns'; readonly endpoint: BedrockEndpoint}
  /** There is an endpoint, and it carries no call. */
  | {readonly kind: 'unavailable'; readonly endpoint: BedrockEndpoint}
  | {readonly kind: 'unknown'; readonly missing: readonly Missing[]}
  | {readonly kind: 'none'}

export interface PathInput {
  readonly vpcId: string
  /** Region of the VPC; undefined when the snapshot does not hold it. */
  readonly vpcRegion: string | undefined
  readonly service: SubService
  /** Region called. */
  readonly serviceRegion: string
}

export function privatePath(snapshot: AccountSnapshot, input: PathInput): PrivatePath {
  const {vpcId, service, serviceRegion} = input
  const own = allBedrockEndpoints(snapshot).filter(
    (one) => one.detail.vpcId === vpcId && one.service === service && one.serviceRegion === serviceRegion,
  )
  const available = own.filter(isAvailable)
  const withName = hasDns(snapshot, input) ? available.find(answersByPrivateDns) : undefined
  if (withName !== undefined) return {kind: 'private-dns', endpoint: withName}
  const hosted = [service, `${service}-fips`].map((suffix) =>
    hostedName(snapshot, vpcId, hostOf(suffix, serviceRegion)),
  )
  const mapped = hosted.filter((one) => leadsTo(one, service, serviceRegion))
  const shared = mapped.find(({endpoint}) => isAvailable(endpoint))
  if (shared !== undefined) return {kind: 'shared', endpoint: shared.endpoint, zone: shared.zone}
  const [unnamed] = available
  if (unnamed !== undefined) return {kind: 'no-dns', endpoint: unnamed}
  const missing = [
    ...hosted.flatMap((one) => (one.kind === 'unknown' ? one.missing : [])),
    ...unreadEndpoints(snapshot, input),
  ]
  if (missing.length > 0) return {kind: 'unknown', missing}
  const broken = own[0] ?? mapped[0]?.endpoint
  return broken === undefined ? {kind: 'none'} : {kind: 'unavailable', endpoint: broken}
}

/** Private DNS needs both attributes of the VPC; what was not read is held to be on. */
function hasDns(snapshot: AccountSnapshot, {vpcId}: PathInput): boolean {
  const found = allVpcs(snapshot).find(({vpc}) => vpc.id === vpcId)?.vpc
  if (found === undefined) return true
  return [found.dnsSupport, found.dnsHostnames].every((part) => part.status !== 'read' || part.value)
}

/** Whether the usual name leads to it inside its VPC, as far as the endpoint itself is concerned. */
export function answersByPrivateDns({detail}: BedrockEndpoint): boolean {
  // With this option only what comes in through a Resolver endpoint, from outside the VPC, gets the private answer.
  return detail.privateDns && detail.privateDnsOnlyForResolver !== true
}

type Mapped = Extract<HostedName, {kind: 'endpoint'}>

function leadsTo(hosted: HostedName, service: SubService, region: string): hosted is Mapped {
  return hosted.kind === 'endpoint' && hosted.endpoint.service === service && hosted.endpoint.serviceRegion === region
}

function unreadEndpoints(snapshot: AccountSnapshot, {vpcId, vpcRegion}: PathInput): readonly Missing[] {
  if (vpcRegion === undefined) {
    const reason = `the snapshot does not hold ${vpcId}`
    return [{action: 'ec2:DescribeVpcs', code: 'NOT_COLLECTED', reason}]
  }
  const endpoints = read(snapshot, 'ec2:vpc-endpoints', vpcRegion)
  return endpoints.state === 'unread' && !isNowhere(endpoints) ? [missingOf(endpoints)] : []
}

export type Vpc = ReadItem<'ec2:vpcs'>

export interface PlacedVpc {
  readonly vpc: Vpc
  readonly region: string
}

/** The VPCs of the snapshot with their Regions. */
export function allVpcs(snapshot: AccountSnapshot): readonly PlacedVpc[] {
  return regionsOf(snapshot, 'ec2:vpcs').flatMap((region) => {
    const vpcs = read(snapshot, 'ec2:vpcs', region)
    return vpcs.state === 'read' ? vpcs.value.map((vpc) => ({vpc, region})) : []
  })
}

/** By the list of VPCs, else by what stands in the VPC; undefined when the snapshot does not tell. */
export function regionOfVpc(snapshot: AccountSnapshot, vpcId: string): string | undefined {
  const listed = allVpcs(snapshot).find(({vpc}) => vpc.id === vpcId)
  if (listed !== undefined) return listed.region
  const holds = (region: string) => {
    const [endpoints, subnets] = [read(snapshot, 'ec2:vpc-endpoints', region), read(snapshot, 'ec2:subnets', region)]
    return [endpoints, subnets].some(
      (reading) => reading.state === 'read' && reading.value.some((one: {vpcId: string}) => one.vpcId === vpcId),
    )
  }
  return regionsOf(snapshot, 'ec2:vpc-endpoints').find(holds)
}

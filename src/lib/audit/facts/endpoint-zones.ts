import {read} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'

export interface EndpointZones {
  /** Availability Zones in which it has a network interface, sorted. */
  readonly zones: readonly string[]
  /** What keeps the list from being whole. */
  readonly missing: readonly Missing[]
}

/** Where the network interfaces stand; where they were not read, the subnets that the endpoint names tell it. */
export function endpointZones(snapshot: AccountSnapshot, {detail, region}: BedrockEndpoint): EndpointZones {
  const interfaces = read(snapshot, 'ec2:network-interfaces', region)
  const subnets = read(snapshot, 'ec2:subnets', region)
  const byInterface = new Map(interfaces.state === 'read' ? interfaces.value.map(({id, zone}) => [id, zone]) : [])
  const bySubnet = new Map(subnets.state === 'read' ? subnets.value.map(({id, zone}) => [id, zone]) : [])
  const ofInterfaces = detail.networkInterfaceIds.map((id) => byInterface.get(id))
  if (ofInterfaces.length > 0 && !ofInterfaces.includes(undefined)) return whole(ofInterfaces)
  if (detail.subnetIds.length === 0 && detail.networkInterfaceIds.length === 0) {
    return {
      zones: [],
      missing: [{action: 'ec2:DescribeVpcEndpoints', code: 'ABSENT', reason: 'the endpoint names no subnet'}],
    }
  }
  const ofSubnets = detail.subnetIds.map((id) => bySubnet.get(id))
  if (!ofSubnets.includes(undefined)) return whole(ofSubnets)
  const unread = [interfaces, subnets].flatMap((reading) => (reading.state === 'unread' ? [missingOf(reading)] : []))
  const absent = detail.subnetIds.filter((id) => !bySubnet.has(id))
  const reason = `the zone of ${absent.join(', ')} is not in the snapshot`
  return {
    zones: whole([...ofInterfaces, ...ofSubnets]).zones,
    missing: unread.length > 0 ? unread : [{action: 'ec2:DescribeSubnets', code: 'NOT_COLLECTED', reason}],
  }
}

function whole(zones: readonly (string | undefined)[]): EndpointZones {
  return {zones: [...new Set(zones.flatMap((zone) => zone || []))].sort(), missing: []}
}

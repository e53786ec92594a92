import type * as Ec2 from '@aws-sdk/client-ec2'
import type {NetworkInterface as NetworkInterfaceAnswer, NetworkInterfaceType} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {NetworkState, Subnet} from '../../world/network-state.js'
import {hexId} from '../../world/unique-id.js'
import {zoneId} from '../../world/zones.js'
import {network} from './place.js'
import {type Kind, neverSet, select} from './selection.js'

/** Id of the interface that an endpoint or a NAT gateway has in a subnet. */
export function interfaceId(owner: string, subnet: string): string {
  return `eni-${hexId(`${owner}/${subnet}`)}`
}

interface NetworkInterface {
  readonly id: string
  readonly description: string
  readonly type: 'vpc_endpoint' | 'nat_gateway'
  readonly subnet: Subnet
  readonly address: string
  readonly groups: readonly string[]
  readonly tags: Readonly<Record<string, string>>
}

export const networkInterfaces = handlersFor<typeof Ec2>()({
  DescribeNetworkInterfaces(input, context) {
    const {NetworkInterfaceIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken} = input
    const kind = interfaceKind(context)
    const {items, next} = select(interfaces(network(context)), {ids, filters, maxResults, nextToken}, kind, context)
    return {NetworkInterfaces: items.map((one) => describeInterface(one, context)), NextToken: next}
  },
})

/** The interfaces that AWS's own network resources have: nothing else runs in a sandbox's VPC. */
function interfaces({endpoints, natGateways, subnets}: NetworkState): readonly NetworkInterface[] {
  const at = (id: string): readonly Subnet[] => subnets.filter((subnet) => subnet.id === id)
  const ofEndpoints = endpoints
    .filter(({type, state}) => type === 'Interface' && state === 'available')
    .flatMap((endpoint) =>
      endpoint.subnets.flatMap(at).map((subnet) => ({
        id: interfaceId(endpoint.id, subnet.id),
        description: `VPC Endpoint Interface ${endpoint.id}`,
        type: 'vpc_endpoint' as const,
        subnet,
        address: addressIn(subnet, endpoint.id),
        groups: endpoint.securityGroups,
        tags: {},
      })),
    )
  const ofGateways = natGateways.flatMap((gateway) =>
    at(gateway.subnetId).map((subnet) => ({
      id: interfaceId(gateway.id, subnet.id),
      description: `Interface for NAT Gateway ${gateway.id}`,
      type: 'nat_gateway' as const,
      subnet,
      address: addressIn(subnet, gateway.id),
      groups: [],
      tags: {},
    })),
  )
  return [...ofEndpoints, ...ofGateways]
}

/** An address of the subnet's first 256, beyond those that are AWS's own. */
export function addressIn({cidr}: Subnet, owner: string): string {
  const [a, b, c] = cidr.split('.')
  return `${a}.${b}.${c}.${4 + (Number.parseInt(hexId(owner, 4), 16) % 240)}`
}

function interfaceKind({account}: RequestContext): Kind<NetworkInterface> {
  return {
    prefix: 'eni',
    error: 'InvalidNetworkInterfaceID',
    noun: 'networkInterface ID',
    filters: {
      'availability-zone': ({subnet}) => [subnet.zone],
      description: ({description}) => [description],
      'group-id': ({groups}) => groups,
      'interface-type': ({type}) => [type],
      'network-interface-id': ({id}) => [id],
      'owner-id': () => [account],
      'private-ip-address': ({address}) => [address],
      'requester-managed': () => [true],
      status: () => ['in-use'],
      'subnet-id': ({subnet}) => [subnet.id],
      'vpc-id': ({subnet}) => [subnet.vpcId],
      'addresses.primary': () => [true],
      'addresses.private-ip-address': ({address}) => [address],
      'availability-zone-id': ({subnet}) => [zoneId(subnet.zone)],
      'source-dest-check': ({type}) => [type === 'vpc_endpoint'],
      ...neverSet(
        'addresses.association.owner-id',
        'addresses.association.public-ip',
        'association.allocation-id',
        'association.association-id',
        'association.ip-owner-id',
        'association.public-dns-name',
        'association.public-ip',
        'attachment.attach-time',
        'attachment.attachment-id',
        'attachment.delete-on-termination',
        'attachment.device-index',
        'attachment.instance-id',
        'attachment.instance-owner-id',
        'attachment.status',
        'ipv6-addresses.ipv6-address',
        'mac-address',
        'private-dns-name',
        'requester-id',
      ),
    },
  }
}

function describeInterface(one: NetworkInterface, context: RequestContext): NetworkInterfaceAnswer {
  const {id, description, type, subnet, address, groups} = one
  const known = network(context).securityGroups
  return {
    NetworkInterfaceId: id,
    Description: description,
    // The model's enum says natGateway; EC2 sends nat_gateway.
    InterfaceType: type as NetworkInterfaceType,
    SubnetId: subnet.id,
    VpcId: subnet.vpcId,
    AvailabilityZone: subnet.zone,
    OwnerId: context.account,
    RequesterManaged: true,
    Groups: groups.map((group) => ({GroupId: group, GroupName: known.find((each) => each.id === group)?.name})),
    PrivateIpAddress: address,
    PrivateIpAddresses: [{Primary: true, PrivateIpAddress: address}],
    Ipv6Addresses: [],
    SourceDestCheck: type === 'vpc_endpoint',
    Status: 'in-use',
    TagSet: [],
  }
}

import type * as Ec2 from '@aws-sdk/client-ec2'
import type {Subnet as SubnetAnswer, Vpc as VpcAnswer} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {Subnet, Vpc} from '../../world/network-state.js'
import {hexId} from '../../world/unique-id.js'
import {zoneId} from '../../world/zones.js'
import {ec2Arn, network} from './place.js'
import {checkShape, type Kind, neverSet, notFound, select, tagList} from './selection.js'

export const vpcs = handlersFor<typeof Ec2>()({
  DescribeVpcs({VpcIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const kind = vpcKind(context)
    const {items, next} = select(network(context).vpcs, {ids, filters, maxResults, nextToken}, kind, context)
    return {Vpcs: items.map((vpc) => describeVpc(vpc, context)), NextToken: next}
  },

  DescribeVpcAttribute({VpcId, Attribute}, context) {
    const kind = vpcKind(context)
    checkShape(VpcId, kind)
    const vpc = network(context).vpcs.find(({id}) => id === VpcId)
    if (!vpc) throw notFound(kind, VpcId)
    switch (Attribute) {
      case 'enableDnsSupport':
        return {VpcId, EnableDnsSupport: {Value: vpc.dnsSupport}}
      case 'enableDnsHostnames':
        return {VpcId, EnableDnsHostnames: {Value: vpc.dnsHostnames}}
      default:
        return {VpcId, EnableNetworkAddressUsageMetrics: {Value: false}}
    }
  },

  DescribeSubnets({SubnetIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const kind = subnetKind(context)
    const {items, next} = select(network(context).subnets, {ids, filters, maxResults, nextToken}, kind, context)
    return {Subnets: items.map((subnet) => describeSubnet(subnet, context)), NextToken: next}
  },
})

const optionsId = (vpc: string): string => `dopt-${hexId(`${vpc}/options`)}`
const associationId = (vpc: string): string => `vpc-cidr-assoc-${hexId(`${vpc}/cidr`)}`

function vpcKind({account}: RequestContext): Kind<Vpc> {
  return {
    prefix: 'vpc',
    error: 'InvalidVpcID',
    noun: 'vpc ID',
    filters: {
      cidr: ({cidr}) => [cidr],
      'cidr-block-association.association-id': ({id}) => [associationId(id)],
      'cidr-block-association.cidr-block': ({cidr}) => [cidr],
      'cidr-block-association.state': () => ['associated'],
      'dhcp-options-id': ({id}) => [optionsId(id)],
      ...neverSet(
        'ipv6-cidr-block-association.association-id',
        'ipv6-cidr-block-association.ipv6-cidr-block',
        'ipv6-cidr-block-association.ipv6-pool',
        'ipv6-cidr-block-association.state',
      ),
      'is-default': ({isDefault}) => [isDefault],
      'owner-id': () => [account],
      state: () => ['available'],
      'vpc-id': ({id}) => [id],
    },
  }
}

function describeVpc({id, cidr, isDefault, tags}: Vpc, {account}: RequestContext): VpcAnswer {
  return {
    VpcId: id,
    CidrBlock: cidr,
    CidrBlockAssociationSet: [
      {AssociationId: associationId(id), CidrBlock: cidr, CidrBlockState: {State: 'associated'}},
    ],
    DhcpOptionsId: optionsId(id),
    InstanceTenancy: 'default',
    IsDefault: isDefault,
    OwnerId: account,
    State: 'available',
    Tags: tagList(tags),
  }
}

// Five addresses of a subnet are AWS's own.
const freeAddresses = (cidr: string): number => 2 ** (32 - Number(cidr.split('/')[1])) - 5

function subnetKind(context: RequestContext): Kind<Subnet> {
  return {
    prefix: 'subnet',
    error: 'InvalidSubnetID',
    noun: 'subnet ID',
    filters: {
      'availability-zone': ({zone}) => [zone],
      availabilityZone: ({zone}) => [zone],
      'availability-zone-id': ({zone}) => [zoneId(zone)],
      'available-ip-address-count': ({cidr}) => [freeAddresses(cidr)],
      cidr: ({cidr}) => [cidr],
      'cidr-block': ({cidr}) => [cidr],
      'default-for-az': ({isDefault}) => [isDefault],
      defaultForAz: ({isDefault}) => [isDefault],
      'ipv6-native': () => [false],
      'map-public-ip-on-launch': ({publicAddresses}) => [publicAddresses],
      'owner-id': () => [context.account],
      cidrBlock: ({cidr}) => [cidr],
      'enable-dns64': () => [false],
      'map-customer-owned-ip-on-launch': () => [false],
      ...neverSet(
        'customer-owned-ipv4-pool',
        'enable-lni-at-device-index',
        'ipv6-cidr-block-association.association-id',
        'ipv6-cidr-block-association.ipv6-cidr-block',
        'ipv6-cidr-block-association.state',
        'outpost-arn',
        'private-dns-name-options-on-launch.enable-resource-name-dns-a-record',
        'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record',
        'private-dns-name-options-on-launch.hostname-type',
      ),
      state: () => ['available'],
      'subnet-arn': ({id}) => [ec2Arn(context, `subnet/${id}`)],
      'subnet-id': ({id}) => [id],
      'vpc-id': ({vpcId}) => [vpcId],
    },
  }
}

function describeSubnet(subnet: Subnet, context: RequestContext): SubnetAnswer {
  const {id, vpcId, cidr, zone, isDefault, publicAddresses, tags} = subnet
  return {
    SubnetId: id,
    SubnetArn: ec2Arn(context, `subnet/${id}`),
    VpcId: vpcId,
    CidrBlock: cidr,
    AvailabilityZone: zone,
    AvailabilityZoneId: zoneId(zone),
    AvailableIpAddressCount: freeAddresses(cidr),
    AssignIpv6AddressOnCreation: false,
    DefaultForAz: isDefault,
    EnableDns64: false,
    Ipv6Native: false,
    MapCustomerOwnedIpOnLaunch: false,
    MapPublicIpOnLaunch: publicAddresses,
    OwnerId: context.account,
    State: 'available',
    Tags: tagList(tags),
  }
}

import {
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointServicesCommand,
  EC2Client,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment, tagList} from './shapes.js'

const PAGE = 1000
// EC2 takes at most this many a page for managed prefix lists.
const PREFIX_PAGE = 100

/** VPCs and what stands in them on the way to Bedrock. */
export function networkReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'ec2', prefix: 'ec2', build: (config) => new EC2Client(config)})
  return {
    'ec2:vpcs': (context) => readVpcs(ask(context), context),
    async 'ec2:vpc-endpoints'(context) {
      const found = await ask(context).all(
        'DescribeVpcEndpoints',
        (client, options) => paginateDescribeVpcEndpoints({client, pageSize: PAGE}, {}, options),
        (page) => page.VpcEndpoints,
      )
      return found.map(toEndpoint)
    },
    'ec2:vpc-endpoint-services': (context) => readEndpointServices(ask(context), context.region),
    async 'ec2:network-interfaces'(context) {
      const Filters = [{Name: 'interface-type', Values: ['vpc_endpoint']}]
      const found = await ask(context).all(
        'DescribeNetworkInterfaces',
        (client, options) => paginateDescribeNetworkInterfaces({client, pageSize: PAGE}, {Filters}, options),
        (page) => page.NetworkInterfaces,
      )
      return found.map((one) => ({
        id: one.NetworkInterfaceId ?? '',
        vpcId: one.VpcId ?? '',
        subnetId: one.SubnetId ?? '',
        zone: one.AvailabilityZone ?? '',
        securityGroupIds: (one.Groups ?? []).flatMap(({GroupId}) => GroupId ?? []),
        status: one.Status ?? null,
      }))
    },
    async 'ec2:subnets'(context) {
      const found = await ask(context).all(
        'DescribeSubnets',
        (client, options) => paginateDescribeSubnets({client, pageSize: PAGE}, {}, options),
        (page) => page.Subnets,
      )
      return found.map((one) => ({
        id: one.SubnetId ?? '',
        vpcId: one.VpcId ?? '',
        zone: one.AvailabilityZone ?? '',
        zoneId: one.AvailabilityZoneId ?? null,
        cidr: one.CidrBlock ?? null,
        owner: one.OwnerId ?? null,
        tags: tagList(one.Tags),
      }))
    },
    'ec2:prefix-lists': (context) => readPrefixLists(ask(context), context),
  }
}

async function readVpcs(ec2: Asking<EC2Client>, context: ReadContext) {
  const vpcs = await ec2.all(
    'DescribeVpcs',
    (client, options) => paginateDescribeVpcs({client, pageSize: PAGE}, {}, options),
    (page) => page.Vpcs,
  )
  return mapBounded(vpcs, async ({VpcId = '', ...vpc}): Promise<ReadItem<'ec2:vpcs'>> => {
    const attribute = (Attribute: 'enableDnsHostnames' | 'enableDnsSupport') =>
      context.part('ec2:DescribeVpcAttribute', async () => {
        const answer = await ec2.one('DescribeVpcAttribute', (client, options) =>
          client.send(new DescribeVpcAttributeCommand({VpcId, Attribute}), options),
        )
        return (Attribute === 'enableDnsSupport' ? answer.EnableDnsSupport : answer.EnableDnsHostnames)?.Value === true
      })
    const [dnsSupport, dnsHostnames] = await Promise.all([
      attribute('enableDnsSupport'),
      attribute('enableDnsHostnames'),
    ])
    const associated = (vpc.CidrBlockAssociationSet ?? []).flatMap(({CidrBlock}) => CidrBlock ?? [])
    return {
      id: VpcId,
      cidrs: [...new Set([vpc.CidrBlock ?? '', ...associated])].filter((cidr) => cidr !== ''),
      isDefault: vpc.IsDefault === true,
      owner: vpc.OwnerId ?? null,
      state: vpc.State ?? null,
      dnsSupport,
      dnsHostnames,
      tags: tagList(vpc.Tags),
    }
  })
}

function toEndpoint(one: VpcEndpoint): ReadItem<'ec2:vpc-endpoints'> {
  return {
    ...endpointIdentity(one),
    policy: one.PolicyDocument ?? null,
    privateDns: one.PrivateDnsEnabled === true,
    privateDnsOnlyForResolver: one.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? null,
    ipAddressType: one.IpAddressType ?? null,
    subnetIds: one.SubnetIds ?? [],
    securityGroupIds: (one.Groups ?? []).flatMap(({GroupId}) => GroupId ?? []),
    networkInterfaceIds: one.NetworkInterfaceIds ?? [],
    routeTableIds: one.RouteTableIds ?? [],
    dnsNames: (one.DnsEntries ?? []).map(({DnsName, HostedZoneId}) => ({
      name: DnsName ?? '',
      hostedZoneId: HostedZoneId ?? null,
    })),
    tags: tagList(one.Tags),
  }
}

function endpointIdentity(one: VpcEndpoint) {
  return {
    id: one.VpcEndpointId ?? '',
    type: one.VpcEndpointType ?? '',
    vpcId: one.VpcId ?? '',
    service: one.ServiceName ?? '',
    serviceRegion: one.ServiceRegion ?? null,
    state: one.State ?? '',
    owner: one.OwnerId ?? null,
    failure: one.LastError?.Message ?? one.FailureReason ?? null,
    createdAt: moment(one.CreationTimestamp),
  }
}

async function readEndpointServices(ec2: Asking<EC2Client>, region: string) {
  const Filters = [{Name: 'service-name', Values: [`*.${region}.bedrock*`]}]
  const answer = await ec2.one('DescribeVpcEndpointServices', (client, options) =>
    client.send(new DescribeVpcEndpointServicesCommand({Filters}), options),
  )
  return (answer.ServiceDetails ?? [])
    .filter(({ServiceName}) => ServiceName?.includes('.bedrock'))
    .map((one) => ({
      service: one.ServiceName ?? '',
      zones: one.AvailabilityZones ?? [],
      privateDnsNames: (one.PrivateDnsNames ?? []).flatMap(({PrivateDnsName}) => PrivateDnsName ?? []),
      types: (one.ServiceType ?? []).flatMap(({ServiceType}) => ServiceType ?? []),
      policySupported: one.VpcEndpointPolicySupported ?? null,
    }))
}

async function readPrefixLists(ec2: Asking<EC2Client>, context: ReadContext) {
  const lists = await ec2.all(
    'DescribeManagedPrefixLists',
    (client, options) => paginateDescribeManagedPrefixLists({client, pageSize: PREFIX_PAGE}, {}, options),
    (page) => page.PrefixLists,
  )
  return mapBounded(lists, async ({PrefixListId = '', PrefixListName, OwnerId}) => ({
    id: PrefixListId,
    name: PrefixListName ?? '',
    owner: OwnerId ?? null,
    cidrs: await context.part('ec2:GetManagedPrefixListEntries', async () => {
      const entries = await ec2.all(
        'GetManagedPrefixListEntries',
        (client, options) =>
          paginateGetManagedPrefixListEntries({client, pageSize: PREFIX_PAGE}, {PrefixListId}, options),
        (page) => page.Entries,
      )
      return entries.flatMap(({Cidr}) => Cidr ?? [])
    }),
  }))
}

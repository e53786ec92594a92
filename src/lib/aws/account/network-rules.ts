import {
  EC2Client,
  type IpPermission,
  type NetworkAclEntry,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  type Route,
} from '@aws-sdk/client-ec2'
import type {Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {asks} from './asking.js'
import {tagList} from './shapes.js'

type Rule = ReadItem<'ec2:security-groups'>['ingress'][number]

const PAGE = 1000
const ROUTE_TABLE_PAGE = 100
const TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'VpcPeeringConnectionId',
  'TransitGatewayId',
  'EgressOnlyInternetGatewayId',
  'NetworkInterfaceId',
  'InstanceId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
] as const satisfies readonly (keyof Route)[]

/** What lets packets pass: security groups, network ACLs, routes. */
export function networkRuleReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'ec2', prefix: 'ec2', build: (config) => new EC2Client(config)})
  return {
    async 'ec2:security-groups'(context) {
      const found = await ask(context).all(
        'DescribeSecurityGroups',
        (client, options) => paginateDescribeSecurityGroups({client, pageSize: PAGE}, {}, options),
        (page) => page.SecurityGroups,
      )
      return found.map((one) => ({
        id: one.GroupId ?? '',
        name: one.GroupName ?? '',
        vpcId: one.VpcId ?? null,
        owner: one.OwnerId ?? null,
        ingress: (one.IpPermissions ?? []).map(toRule),
        egress: (one.IpPermissionsEgress ?? []).map(toRule),
        tags: tagList(one.Tags),
      }))
    },
    async 'ec2:network-acls'(context) {
      const found = await ask(context).all(
        'DescribeNetworkAcls',
        (client, options) => paginateDescribeNetworkAcls({client, pageSize: PAGE}, {}, options),
        (page) => page.NetworkAcls,
      )
      return found.map((one) => ({
        id: one.NetworkAclId ?? '',
        vpcId: one.VpcId ?? '',
        isDefault: one.IsDefault === true,
        subnetIds: (one.Associations ?? []).flatMap(({SubnetId}) => SubnetId ?? []),
        entries: (one.Entries ?? []).map(toAclEntry),
      }))
    },
    async 'ec2:route-tables'(context) {
      const found = await ask(context).all(
        'DescribeRouteTables',
        (client, options) => paginateDescribeRouteTables({client, pageSize: ROUTE_TABLE_PAGE}, {}, options),
        (page) => page.RouteTables,
      )
      return found.map((one) => ({
        id: one.RouteTableId ?? '',
        vpcId: one.VpcId ?? '',
        main: (one.Associations ?? []).some(({Main}) => Main === true),
        subnetIds: (one.Associations ?? []).flatMap(({SubnetId}) => SubnetId ?? []),
        routes: (one.Routes ?? []).map(toRoute),
        tags: tagList(one.Tags),
      }))
    },
  }
}

function toRule(permission: IpPermission): Rule {
  return {
    protocol: permission.IpProtocol ?? '',
    fromPort: permission.FromPort ?? null,
    toPort: permission.ToPort ?? null,
    cidrs: (permission.IpRanges ?? []).flatMap(({CidrIp}) => CidrIp ?? []),
    ipv6Cidrs: (permission.Ipv6Ranges ?? []).flatMap(({CidrIpv6}) => CidrIpv6 ?? []),
    prefixListIds: (permission.PrefixListIds ?? []).flatMap(({PrefixListId}) => PrefixListId ?? []),
    groups: (permission.UserIdGroupPairs ?? []).map(({GroupId, UserId}) => ({
      id: GroupId ?? '',
      account: UserId ?? null,
    })),
  }
}

function toAclEntry(entry: NetworkAclEntry): ReadItem<'ec2:network-acls'>['entries'][number] {
  return {
    number: entry.RuleNumber ?? 0,
    egress: entry.Egress === true,
    allow: entry.RuleAction === 'allow',
    protocol: entry.Protocol ?? '',
    fromPort: entry.PortRange?.From ?? null,
    toPort: entry.PortRange?.To ?? null,
    cidr: entry.CidrBlock ?? null,
    ipv6Cidr: entry.Ipv6CidrBlock ?? null,
  }
}

function toRoute(route: Route): ReadItem<'ec2:route-tables'>['routes'][number] {
  return {
    destination: route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '',
    target: TARGETS.map((name) => route[name]).find((target) => target !== undefined) ?? null,
    state: route.State ?? null,
  }
}

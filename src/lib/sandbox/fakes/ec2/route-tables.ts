import type * as Ec2 from '@aws-sdk/client-ec2'
import type {Route as RouteAnswer, RouteTable as RouteTableAnswer, RouteTableAssociation} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {Route, RouteTable} from '../../world/network-state.js'
import {hexId} from '../../world/unique-id.js'
import {network} from './place.js'
import {type Kind, neverSet, select, tagList} from './selection.js'

export const routeTables = handlersFor<typeof Ec2>()({
  DescribeRouteTables({RouteTableIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const kind = routeTableKind(context)
    const {items, next} = select(network(context).routeTables, {ids, filters, maxResults, nextToken}, kind, context)
    return {RouteTables: items.map((table) => describeTable(table, context)), NextToken: next}
  },
})

function routeTableKind({account}: RequestContext): Kind<RouteTable> {
  const routes =
    (pick: (route: RouteAnswer) => string | undefined) =>
    ({routes: all}: RouteTable) =>
      all.map((route) => pick(describeRoute(route)))
  return {
    prefix: 'rtb',
    error: 'InvalidRouteTableID',
    noun: 'routeTable ID',
    filters: {
      ...neverSet(
        'association.gateway-id',
        'route.core-network-arn',
        'route.egress-only-internet-gateway-id',
        'route.instance-id',
        'route.local-gateway-id',
      ),
      'association.main': (table) => associations(table).map(({Main}) => Main),
      'association.route-table-association-id': (table) =>
        associations(table).map(({RouteTableAssociationId}) => RouteTableAssociationId),
      'association.route-table-id': ({id}) => [id],
      'association.subnet-id': ({subnets}) => subnets,
      'owner-id': () => [account],
      'route-table-id': ({id}) => [id],
      'route.destination-cidr-block': routes(({DestinationCidrBlock}) => DestinationCidrBlock),
      'route.destination-ipv6-cidr-block': routes(({DestinationIpv6CidrBlock}) => DestinationIpv6CidrBlock),
      'route.destination-prefix-list-id': routes(({DestinationPrefixListId}) => DestinationPrefixListId),
      'route.gateway-id': routes(({GatewayId}) => GatewayId),
      'route.network-interface-id': routes(({NetworkInterfaceId}) => NetworkInterfaceId),
      'route.nat-gateway-id': routes(({NatGatewayId}) => NatGatewayId),
      'route.origin': routes(({Origin}) => Origin),
      'route.state': routes(({State}) => State),
      'route.transit-gateway-id': routes(({TransitGatewayId}) => TransitGatewayId),
      'route.vpc-peering-connection-id': routes(({VpcPeeringConnectionId}) => VpcPeeringConnectionId),
      'vpc-id': ({vpcId}) => [vpcId],
    },
  }
}

function describeTable(table: RouteTable, {account}: RequestContext): RouteTableAnswer {
  return {
    RouteTableId: table.id,
    VpcId: table.vpcId,
    OwnerId: account,
    Associations: associations(table),
    PropagatingVgws: [],
    Routes: table.routes.map(describeRoute),
    Tags: tagList(table.tags),
  }
}

/** The main table is associated with the VPC itself: that association names no subnet. */
function associations({id, main, subnets}: RouteTable): RouteTableAssociation[] {
  const association = (subnet: string | undefined): RouteTableAssociation => ({
    Main: subnet === undefined,
    RouteTableAssociationId: `rtbassoc-${hexId(`${id}/${subnet ?? 'main'}`)}`,
    RouteTableId: id,
    ...(subnet !== undefined && {SubnetId: subnet}),
    AssociationState: {State: 'associated'},
  })
  return [...(main ? [association(undefined)] : []), ...subnets.map(association)]
}

function describeRoute({to, via}: Route): RouteAnswer {
  const origin = via === 'local' ? 'CreateRouteTable' : 'CreateRoute'
  return {...destination(to), ...target(via), Origin: origin, State: 'active'}
}

function destination(to: string): RouteAnswer {
  if (to.startsWith('pl-')) return {DestinationPrefixListId: to}
  return to.includes(':') ? {DestinationIpv6CidrBlock: to} : {DestinationCidrBlock: to}
}

function target(via: string): RouteAnswer {
  switch (via.split('-')[0]) {
    case 'nat':
      return {NatGatewayId: via}
    case 'tgw':
      return {TransitGatewayId: via}
    case 'pcx':
      return {VpcPeeringConnectionId: via}
    case 'eni':
      return {NetworkInterfaceId: via}
    default:
      return {GatewayId: via}
  }
}

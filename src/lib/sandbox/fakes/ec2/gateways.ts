import type * as Ec2 from '@aws-sdk/client-ec2'
import type {
  AttachmentStatus,
  InternetGateway as InternetGatewayAnswer,
  NatGateway as NatGatewayAnswer,
  NatGatewayState,
} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {InternetGateway, NatGateway} from '../../world/network-state.js'
import {hexId} from '../../world/unique-id.js'
import {addressIn, interfaceId} from './network-interfaces.js'
import {network} from './place.js'
import {type Kind, select, tagList} from './selection.js'

export const gateways = handlersFor<typeof Ec2>()({
  DescribeInternetGateways(input, context) {
    const {InternetGatewayIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken} = input
    const kind = internetKind(context)
    const {items, next} = select(
      network(context).internetGateways,
      {ids, filters, maxResults, nextToken},
      kind,
      context,
    )
    return {InternetGateways: items.map((gateway) => describeInternet(gateway, context)), NextToken: next}
  },

  DescribeNatGateways({NatGatewayIds: ids, Filter: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const {items, next} = select(network(context).natGateways, {ids, filters, maxResults, nextToken}, NAT, context)
    return {NatGateways: items.map((gateway) => describeNat(gateway, context)), NextToken: next}
  },
})

function internetKind({account}: RequestContext): Kind<InternetGateway> {
  return {
    prefix: 'igw',
    error: 'InvalidInternetGatewayID',
    noun: 'internetGateway ID',
    filters: {
      'attachment.state': () => ['available'],
      'attachment.vpc-id': ({vpcId}) => [vpcId],
      'internet-gateway-id': ({id}) => [id],
      'owner-id': () => [account],
    },
  }
}

function describeInternet({id, vpcId, tags}: InternetGateway, {account}: RequestContext): InternetGatewayAnswer {
  // The model's enum knows `attached`; EC2 sends `available`.
  const State = 'available' as AttachmentStatus
  return {InternetGatewayId: id, OwnerId: account, Attachments: [{State, VpcId: vpcId}], Tags: tagList(tags)}
}

const NAT: Kind<NatGateway> = {
  prefix: 'nat',
  error: 'NatGatewayNotFound',
  noun: 'NAT gateway',
  filters: {
    'nat-gateway-id': ({id}) => [id],
    state: ({state}) => [state],
    'subnet-id': ({subnetId}) => [subnetId],
    'vpc-id': ({vpcId}) => [vpcId],
  },
}

function describeNat(gateway: NatGateway, context: RequestContext): NatGatewayAnswer {
  const {id, vpcId, subnetId, state, publicIp, createdAt, tags} = gateway
  const subnet = network(context).subnets.find((each) => each.id === subnetId)
  return {
    NatGatewayId: id,
    VpcId: vpcId,
    SubnetId: subnetId,
    State: state as NatGatewayState,
    ConnectivityType: 'public',
    CreateTime: new Date(createdAt),
    NatGatewayAddresses: [
      {
        AllocationId: `eipalloc-${hexId(`${id}/address`)}`,
        AssociationId: `eipassoc-${hexId(`${id}/association`)}`,
        IsPrimary: true,
        NetworkInterfaceId: interfaceId(id, subnetId),
        PrivateIp: subnet && addressIn(subnet, id),
        PublicIp: publicIp,
        Status: 'succeeded',
      },
    ],
    Tags: tagList(tags),
  }
}

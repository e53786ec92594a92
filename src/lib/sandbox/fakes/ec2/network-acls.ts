import type * as Ec2 from '@aws-sdk/client-ec2'
import type {NetworkAcl as NetworkAclAnswer} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {AclEntry, NetworkAcl} from '../../world/network-state.js'
import {hexId} from '../../world/unique-id.js'
import {network} from './place.js'
import {type Kind, select, tagList} from './selection.js'

export const networkAcls = handlersFor<typeof Ec2>()({
  DescribeNetworkAcls({NetworkAclIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const kind = aclKind(context)
    const {items, next} = select(network(context).networkAcls, {ids, filters, maxResults, nextToken}, kind, context)
    return {NetworkAcls: items.map((acl) => describeAcl(acl, context)), NextToken: next}
  },
})

const associationId = (acl: string, subnet: string): string => `aclassoc-${hexId(`${acl}/${subnet}`)}`

function aclKind({account}: RequestContext): Kind<NetworkAcl> {
  const entries =
    (pick: (entry: AclEntry) => string | number | boolean | undefined) =>
    ({entries: all}: NetworkAcl) =>
      all.map(pick)
  return {
    prefix: 'acl',
    error: 'InvalidNetworkAclID',
    noun: 'networkAcl ID',
    filters: {
      'association.association-id': ({id, subnets}) => subnets.map((subnet) => associationId(id, subnet)),
      'association.network-acl-id': ({id, subnets}) => (subnets.length > 0 ? [id] : []),
      'association.subnet-id': ({subnets}) => subnets,
      default: ({isDefault}) => [isDefault],
      'entry.cidr': entries(({cidr}) => (cidr.includes(':') ? undefined : cidr)),
      'entry.egress': entries(({egress}) => egress),
      'entry.icmp.code': () => [],
      'entry.icmp.type': () => [],
      'entry.ipv6-cidr': entries(({cidr}) => (cidr.includes(':') ? cidr : undefined)),
      'entry.port-range.from': entries(({ports}) => ports?.[0]),
      'entry.port-range.to': entries(({ports}) => ports?.[1]),
      'entry.protocol': entries(({protocol}) => protocol),
      'entry.rule-action': entries(({allows}) => (allows ? 'allow' : 'deny')),
      'entry.rule-number': entries(({number}) => number),
      'network-acl-id': ({id}) => [id],
      'owner-id': () => [account],
      'vpc-id': ({vpcId}) => [vpcId],
    },
  }
}

function describeAcl({id, vpcId, isDefault, subnets, entries, tags}: NetworkAcl, {account}: RequestContext) {
  return {
    NetworkAclId: id,
    VpcId: vpcId,
    OwnerId: account,
    IsDefault: isDefault,
    Associations: subnets.map((subnet) => ({
      NetworkAclAssociationId: associationId(id, subnet),
      NetworkAclId: id,
      SubnetId: subnet,
    })),
    Entries: entries.map(({number, egress, allows, protocol, ports, cidr}) => ({
      RuleNumber: number,
      Egress: egress,
      RuleAction: allows ? ('allow' as const) : ('deny' as const),
      Protocol: protocol,
      ...(cidr.includes(':') ? {Ipv6CidrBlock: cidr} : {CidrBlock: cidr}),
      ...(ports && {PortRange: {From: ports[0], To: ports[1]}}),
    })),
    Tags: tagList(tags),
  } satisfies NetworkAclAnswer
}

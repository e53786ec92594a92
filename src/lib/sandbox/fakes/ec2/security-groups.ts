import type * as Ec2 from '@aws-sdk/client-ec2'
import type {IpPermission, SecurityGroup as SecurityGroupAnswer, SecurityGroupRule} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {SecurityGroup, SecurityRule} from '../../world/network-state.js'
import {ec2Arn, network} from './place.js'
import {type Kind, select, tagList} from './selection.js'

export const securityGroups = handlersFor<typeof Ec2>()({
  DescribeSecurityGroups(
    {GroupIds, GroupNames, Filters: filters, MaxResults: maxResults, NextToken: nextToken},
    context,
  ) {
    const kind = groupKind(context)
    const all = network(context).securityGroups
    const ids = [...(GroupIds ?? []), ...idsOf(GroupNames ?? [], all, context)]
    const {items, next} = select(all, {ids, filters, maxResults, nextToken}, kind, context)
    return {SecurityGroups: items.map((group) => describeGroup(group, context)), NextToken: next}
  },

  DescribeSecurityGroupRules(input, context) {
    const {SecurityGroupRuleIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken} = input
    const all = network(context).securityGroups.flatMap(({id: groupId, rules}) =>
      rules.map((rule) => ({...rule, groupId, tags: {}})),
    )
    const {items, next} = select(all, {ids, filters, maxResults, nextToken}, RULE, context)
    return {SecurityGroupRules: items.map((rule) => describeRule(rule, context)), NextToken: next}
  },
})

/** Names mean groups of the default VPC alone. */
function idsOf(names: readonly string[], all: readonly SecurityGroup[], context: RequestContext): readonly string[] {
  const defaultVpc = network(context).vpcs.find(({isDefault}) => isDefault)?.id
  return names.map((name) => {
    const group = all.find((each) => each.name === name && each.vpcId === defaultVpc)
    if (!group) {
      const where = `in default VPC '${defaultVpc ?? 'null'}'`
      throw new WireError('InvalidGroup.NotFound', `The security group '${name}' does not exist ${where}`)
    }
    return group.id
  })
}

function groupKind({account}: RequestContext): Kind<SecurityGroup> {
  const rules =
    (egress: boolean, pick: (rule: SecurityRule) => string | number | undefined) => (group: SecurityGroup) =>
      group.rules.filter((rule) => rule.egress === egress).map(pick)
  const both = (name: string, pick: (rule: SecurityRule) => string | number | undefined) => ({
    [`ip-permission.${name}`]: rules(false, pick),
    [`egress.ip-permission.${name}`]: rules(true, pick),
  })
  return {
    prefix: 'sg',
    error: 'InvalidGroup',
    noun: 'security group',
    filters: {
      description: ({description}) => [description],
      'group-id': ({id}) => [id],
      'group-name': ({name}) => [name],
      'owner-id': () => [account],
      'vpc-id': ({vpcId}) => [vpcId],
      ...both('cidr', ({cidr}) => (cidr?.includes(':') ? undefined : cidr)),
      ...both('from-port', ({from}) => from),
      ...both('group-id', ({group}) => group),
      ...both('group-name', () => undefined),
      ...both('ipv6-cidr', ({cidr}) => (cidr?.includes(':') ? cidr : undefined)),
      ...both('prefix-list-id', ({prefixList}) => prefixList),
      ...both('protocol', ({protocol}) => protocol),
      ...both('to-port', ({to}) => to),
      ...both('user-id', ({group}) => (group === undefined ? undefined : account)),
    },
  }
}

function describeGroup(group: SecurityGroup, context: RequestContext): SecurityGroupAnswer {
  const {id, name, description, vpcId, rules, tags} = group
  return {
    GroupId: id,
    GroupName: name,
    Description: description,
    OwnerId: context.account,
    SecurityGroupArn: ec2Arn(context, `security-group/${id}`),
    VpcId: vpcId,
    IpPermissions: permissions(
      rules.filter(({egress}) => !egress),
      context,
    ),
    IpPermissionsEgress: permissions(
      rules.filter(({egress}) => egress),
      context,
    ),
    Tags: tagList(tags),
  }
}

/** Rules of the same protocol and ports are one permission. */
function permissions(rules: readonly SecurityRule[], {account}: RequestContext): IpPermission[] {
  const byPorts = new Map<string, SecurityRule[]>()
  for (const rule of rules) {
    const key = `${rule.protocol}/${rule.from}/${rule.to}`
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule])
  }
  return [...byPorts.values()].map((same) => ({
    IpProtocol: same[0]?.protocol,
    FromPort: same[0]?.from,
    ToPort: same[0]?.to,
    IpRanges: same.flatMap(({cidr, description}) =>
      cidr === undefined || cidr.includes(':') ? [] : [{CidrIp: cidr, Description: description}],
    ),
    Ipv6Ranges: same.flatMap(({cidr, description}) =>
      cidr?.includes(':') ? [{CidrIpv6: cidr, Description: description}] : [],
    ),
    PrefixListIds: same.flatMap(({prefixList, description}) =>
      prefixList === undefined ? [] : [{PrefixListId: prefixList, Description: description}],
    ),
    UserIdGroupPairs: same.flatMap(({group, description}) =>
      group === undefined ? [] : [{GroupId: group, UserId: account, Description: description}],
    ),
  }))
}

type RuleOfGroup = SecurityRule & {readonly groupId: string; readonly tags: Readonly<Record<string, string>>}

const RULE: Kind<RuleOfGroup> = {
  prefix: 'sgr',
  error: 'InvalidSecurityGroupRuleId',
  noun: 'security group rule ID',
  filters: {
    'group-id': ({groupId}) => [groupId],
    'security-group-rule-id': ({id}) => [id],
  },
}

function describeRule(rule: RuleOfGroup, context: RequestContext): SecurityGroupRule {
  const {id, groupId, egress, protocol, from = -1, to = -1, cidr, group, prefixList, description} = rule
  return {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: ec2Arn(context, `security-group-rule/${id}`),
    GroupId: groupId,
    GroupOwnerId: context.account,
    IsEgress: egress,
    IpProtocol: protocol,
    FromPort: from,
    ToPort: to,
    ...(cidr !== undefined && (cidr.includes(':') ? {CidrIpv6: cidr} : {CidrIpv4: cidr})),
    ...(prefixList !== undefined && {PrefixListId: prefixList}),
    ...(group !== undefined && {ReferencedGroupInfo: {GroupId: group, UserId: context.account}}),
    ...(description !== undefined && {Description: description}),
    Tags: [],
  }
}

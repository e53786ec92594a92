import type {AclEntry, NetworkAcl, SecurityGroup, SecurityRule} from './network-state.js'
import {type ScenarioVpc, tagsOf} from './scenario-network.js'
import {hexId} from './unique-id.js'

type ScenarioGroup = NonNullable<ScenarioVpc['securityGroups']>[number]
type ScenarioRule = NonNullable<ScenarioGroup['inbound']>[number]
type ScenarioAcl = NonNullable<ScenarioVpc['networkAcls']>[number]
type ScenarioEntry = NonNullable<ScenarioAcl['entries']>[number]

const EVERYWHERE: ScenarioRule = {protocol: '-1', cidr: '0.0.0.0/0'}

export function toGroup(group: ScenarioGroup, vpcId: string): SecurityGroup {
  const inbound = (group.inbound ?? []).map((rule, index) => toRule(rule, `${group.id}/in/${index}`, false))
  const outbound = (group.outbound ?? [EVERYWHERE]).map((rule, index) => toRule(rule, `${group.id}/out/${index}`, true))
  const {id, groupName: name, description = name} = group
  return {id, vpcId, name, description, rules: [...inbound, ...outbound], tags: tagsOf(group)}
}

/** The group every VPC has: its members may reach each other, and everything else. */
export function defaultGroup(vpcId: string): SecurityGroup {
  const id = `sg-${hexId(`${vpcId}/default`)}`
  const inbound = [{protocol: '-1' as const, group: id}]
  return toGroup({id, groupName: 'default', description: 'default VPC security group', inbound}, vpcId)
}

function toRule(rule: ScenarioRule, name: string, egress: boolean): SecurityRule {
  const all = rule.protocol === '-1'
  return {
    id: `sgr-${hexId(name)}`,
    egress,
    protocol: rule.protocol,
    from: all ? undefined : (rule.from ?? rule.to ?? 0),
    to: all ? undefined : (rule.to ?? rule.from ?? 65_535),
    cidr: rule.cidr ?? (rule.group === undefined && rule.prefixList === undefined ? '0.0.0.0/0' : undefined),
    group: rule.group,
    prefixList: rule.prefixList,
    description: rule.description,
  }
}

const LAST = 32_767
const FIRST = 100
const PROTOCOL_NUMBERS = {tcp: '6', udp: '17', icmp: '1', '-1': '-1'} as const

/** An ACL and the two entries at its end, which deny what nothing before them decided. */
export function toAcl(acl: ScenarioAcl, vpcId: string): NetworkAcl {
  const entries = [...(acl.entries ?? []).map(toEntry), ...bothWays(LAST, false)]
  const {id, default: isDefault = false, subnets = []} = acl
  return {id, vpcId, isDefault, subnets, entries, tags: tagsOf(acl)}
}

/** The ACL every VPC has, for subnets that have no other: it lets everything through. */
export function defaultAcl(vpcId: string, subnets: readonly string[]): NetworkAcl {
  const id = `acl-${hexId(`${vpcId}/default`)}`
  return {id, vpcId, isDefault: true, subnets, entries: [...bothWays(FIRST, true), ...bothWays(LAST, false)], tags: {}}
}

function bothWays(number: number, allows: boolean): readonly AclEntry[] {
  return [true, false].map((egress) => ({
    number,
    egress,
    allows,
    protocol: '-1',
    ports: undefined,
    cidr: '0.0.0.0/0',
  }))
}

function toEntry({number, direction, action, protocol, from = 0, to = 65_535, cidr}: ScenarioEntry): AclEntry {
  return {
    number,
    egress: direction === 'out',
    allows: action === 'allow',
    protocol: PROTOCOL_NUMBERS[protocol],
    ports: protocol === '-1' ? undefined : [from, to],
    cidr,
  }
}

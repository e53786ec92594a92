import {read, readPart} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import type {Workload} from '../../config/project.schema.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'
import {coverage, parseCidr} from './cidr.js'
import {allVpcs} from './private-path.js'

type Rule = ReadItem<'ec2:security-groups'>['ingress'][number]

/** From where the security groups of an endpoint admit TCP 443, all of them together. */
export interface HttpsIngress {
  readonly cidrs: readonly string[]
  readonly groups: readonly string[]
  /** Groups and prefix lists that were not read: they may admit more. */
  readonly missing: readonly Missing[]
}

export function httpsIngress(snapshot: AccountSnapshot, {detail, region}: BedrockEndpoint): HttpsIngress {
  const groups = read(snapshot, 'ec2:security-groups', region)
  if (groups.state === 'unread') return {cidrs: [], groups: [], missing: [missingOf(groups)]}
  const absent = detail.securityGroupIds.filter((id) => !groups.value.some((group) => group.id === id))
  const rules = groups.value
    .filter(({id}) => detail.securityGroupIds.includes(id))
    .flatMap(({ingress}) => ingress)
    .filter(isHttps)
  const lists = prefixes(snapshot, region, [...new Set(rules.flatMap(({prefixListIds}) => prefixListIds))])
  return {
    cidrs: [...rules.flatMap(({cidrs, ipv6Cidrs}) => [...cidrs, ...ipv6Cidrs]), ...lists.cidrs],
    groups: rules.flatMap((rule) => rule.groups.map(({id}) => id)),
    missing: [...lists.missing, ...noRules(detail, absent)],
  }
}

function noRules({securityGroupIds}: BedrockEndpoint['detail'], absent: readonly string[]): readonly Missing[] {
  const action = 'ec2:DescribeSecurityGroups'
  if (securityGroupIds.length === 0) {
    return [{action: 'ec2:DescribeVpcEndpoints', code: 'ABSENT', reason: 'the endpoint names no security group'}]
  }
  if (absent.length === 0) return []
  return [{action, code: 'NOT_COLLECTED', reason: `the snapshot does not hold ${absent.join(', ')}`}]
}

function isHttps({protocol, fromPort, toPort}: Rule): boolean {
  const name = protocol.toLowerCase()
  if (name === '-1' || name === 'all') return true
  return (name === 'tcp' || name === '6') && (fromPort ?? 0) <= 443 && 443 <= (toPort ?? 65_535)
}

function prefixes(
  snapshot: AccountSnapshot,
  region: string,
  ids: readonly string[],
): Pick<HttpsIngress, 'cidrs' | 'missing'> {
  if (ids.length === 0) return {cidrs: [], missing: []}
  const lists = read(snapshot, 'ec2:prefix-lists', region)
  if (lists.state === 'unread') return {cidrs: [], missing: [missingOf(lists)]}
  const found = ids.map((id) => {
    const list = lists.value.find((one) => one.id === id)
    const reason = `the snapshot does not hold ${id}`
    if (list === undefined) return {action: 'ec2:DescribeManagedPrefixLists', code: 'NOT_COLLECTED', reason}
    const cidrs = readPart(list.cidrs)
    return cidrs.state === 'read' ? cidrs.value : missingOf(cidrs)
  })
  return {
    cidrs: found.flatMap((one) => ('action' in one ? [] : one)),
    missing: found.flatMap((one) => ('action' in one ? [one] : [])),
  }
}

/** Where the calls of a workload come from, and whether they are admitted. */
export interface Admittance {
  readonly admitted: 'yes' | 'no' | 'open'
  /** The sources that are not admitted, or not for certain. */
  readonly sources: readonly string[]
  /** Of `open`: what would settle it. */
  readonly missing: readonly Missing[]
}

/**
 * Groups that are declared are admitted by name, or where the rules hold all addresses that their members may have;
 * addresses by the rules alone. With neither declared, any subnet of the VPC may be meant.
 */
export function admittance(
  snapshot: AccountSnapshot,
  workload: Workload,
  vpcId: string,
  endpoint: BedrockEndpoint,
): Admittance {
  const ingress = httpsIngress(snapshot, endpoint)
  const found = sourcesOf(snapshot, workload, vpcId, endpoint)
  if (found.missing.length > 0) return {admitted: 'open', sources: [], missing: found.missing}
  const states = found.sources.map((source) => [source, stateOf(source, ingress)] as const)
  const wrong = states.filter(([, state]) => state !== 'yes')
  const sources = wrong.map(([{name}]) => name)
  if (wrong.length === 0) return {admitted: 'yes', sources, missing: []}
  if (ingress.missing.length > 0) return {admitted: 'open', sources, missing: ingress.missing}
  // Where nothing is declared one subnet that is admitted may be the one that counts.
  const isDefinite = found.declared
    ? wrong.some(([, state]) => state === 'no')
    : states.every(([, state]) => state === 'no')
  return isDefinite
    ? {admitted: 'no', sources, missing: []}
    : {admitted: 'open', sources, missing: [undeclared(workload)]}
}

interface Source {
  readonly name: string
  readonly group: string | undefined
  readonly cidrs: readonly string[]
  /** Whether the addresses are exactly those that calls come from. */
  readonly exact: boolean
}

interface Sources {
  readonly sources: readonly Source[]
  readonly declared: boolean
  readonly missing: readonly Missing[]
}

function sourcesOf(
  snapshot: AccountSnapshot,
  {securityGroups, cidrs}: Workload,
  vpcId: string,
  endpoint: BedrockEndpoint,
): Sources {
  const declared = reachable(cidrs, endpoint)
  const ofVpc = allVpcs(snapshot).find(({vpc}) => vpc.id === vpcId)?.vpc.cidrs ?? []
  if (securityGroups.length > 0) {
    const exact = declared.length > 0
    const addresses = exact ? declared : ofVpc
    const sources = securityGroups.map((group) => ({name: group, group, cidrs: addresses, exact}))
    return {sources, declared: true, missing: []}
  }
  const plain = (cidr: string) => ({name: cidr, group: undefined, cidrs: [cidr], exact: true})
  if (declared.length > 0) return {sources: declared.map(plain), declared: true, missing: []}
  const subnets = subnetsOf(snapshot, vpcId)
  const addresses = subnets.length > 0 ? subnets : ofVpc
  if (addresses.length > 0) return {sources: addresses.map(plain), declared: false, missing: []}
  const reason = `the addresses of ${vpcId} are not in the snapshot`
  return {sources: [], declared: false, missing: [{action: 'ec2:DescribeSubnets', code: 'NOT_COLLECTED', reason}]}
}

/** An endpoint with IPv4 addresses alone is not called from IPv6 ones. */
function reachable(cidrs: readonly string[], {detail}: BedrockEndpoint): readonly string[] {
  const isIpv4 = (detail.ipAddressType ?? 'ipv4').toLowerCase() === 'ipv4'
  const ipv4 = cidrs.filter((cidr) => parseCidr(cidr)?.family === 4)
  return isIpv4 && ipv4.length > 0 ? ipv4 : cidrs
}

function subnetsOf(snapshot: AccountSnapshot, vpcId: string): readonly string[] {
  return (snapshot.reads['ec2:subnets'] ?? []).flatMap((entry) =>
    entry.status === 'read'
      ? entry.value.flatMap((one) => (one.vpcId === vpcId && one.cidr !== null ? [one.cidr] : []))
      : [],
  )
}

function stateOf({group, cidrs, exact}: Source, ingress: HttpsIngress): Admittance['admitted'] {
  if (group !== undefined && ingress.groups.includes(group)) return 'yes'
  const covered = cidrs.map((cidr) => coverage(cidr, ingress.cidrs))
  if (covered.length > 0 && covered.every((one) => one === 'all')) return 'yes'
  // Members of an admitted group may stand at these addresses.
  if (group === undefined) return ingress.groups.length > 0 ? 'open' : 'no'
  return exact || covered.every((one) => one === 'none') ? 'no' : 'open'
}

function undeclared({name}: Workload): Missing {
  const reason = `which security groups and addresses ${name} calls from: declare them in bedrockctl.yaml`
  return {action: 'bedrockctl.yaml: workloads', code: 'NOT_DECLARED', reason}
}

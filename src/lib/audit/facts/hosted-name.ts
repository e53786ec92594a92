import {type Reading, read, readPart, regionsOf} from '../../account/read.js'
import type {AccountSnapshot, PartValue, ReadItem} from '../../account/snapshot.schema.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'
import {allBedrockEndpoints, type BedrockEndpoint} from './bedrock-endpoint.js'

type Zone = PartValue<ReadItem<'route53:vpc-hosted-zones'>['zones']>[number]
type ZoneRecord = PartValue<Zone['records']>[number]

/** What the private hosted zones of a VPC make of a host name. */
export type HostedName =
  /** No zone is about it, so that others answer: private DNS of an endpoint, else the public name. */
  | {readonly kind: 'not-hosted'}
  | {readonly kind: 'endpoint'; readonly endpoint: BedrockEndpoint; readonly zone: string}
  /** Somewhere else, or nowhere where the zone does not hold the name. */
  | {readonly kind: 'elsewhere'; readonly target: string; readonly zone: string}
  | {readonly kind: 'unknown'; readonly missing: readonly Missing[]}

const NOT_HOSTED: HostedName = {kind: 'not-hosted'}

/** As the resolver of a VPC does: the zone with the longest name that the host ends with answers, and no other. */
export function hostedName(snapshot: AccountSnapshot, vpcId: string, host: string): HostedName {
  const zones = zonesOf(snapshot, vpcId)
  if (zones.state === 'unread') return {kind: 'unknown', missing: [missingOf(zones)]}
  const [zone] = zones.value
    .filter((one) => isOurs(one) && isAbout(one, host))
    .toSorted((a, b) => b.name.length - a.name.length)
  if (zone === undefined) return NOT_HOSTED
  const records = readPart(zone.records)
  if (records.state === 'unread') {
    return records.code === 'NOT_NEEDED' ? NOT_HOSTED : {kind: 'unknown', missing: [missingOf(records)]}
  }
  const targets = targetsOf(records.value, host)
  if (targets.length === 0) return {kind: 'elsewhere', target: 'no record', zone: zone.name}
  return answerOf(snapshot, targets, zone.name)
}

/** Every VPC of which the snapshot lists the hosted zones. */
export function vpcsWithZones(snapshot: AccountSnapshot): readonly string[] {
  return regionsOf(snapshot, 'route53:vpc-hosted-zones').flatMap((region) => {
    const lists = read(snapshot, 'route53:vpc-hosted-zones', region)
    return lists.state === 'read' ? lists.value.map(({vpcId}) => vpcId) : []
  })
}

function zonesOf(snapshot: AccountSnapshot, vpcId: string): Reading<readonly Zone[]> {
  let unread: Reading<readonly Zone[]> | undefined
  for (const region of regionsOf(snapshot, 'route53:vpc-hosted-zones')) {
    const lists = read(snapshot, 'route53:vpc-hosted-zones', region)
    if (lists.state === 'unread') {
      if (!isNowhere(lists)) unread = lists
      continue
    }
    const found = lists.value.find((one) => one.vpcId === vpcId)
    if (found !== undefined) return readPart(found.zones)
  }
  return unread ?? {state: 'read', value: []}
}

/** Zones that AWS keeps for private DNS of an endpoint say nothing that the endpoint itself does not. */
function isOurs({owner}: Zone): boolean {
  return owner === null || /^\d{12}$/.test(owner)
}

function isAbout({name}: Zone, host: string): boolean {
  const zone = plain(name)
  return zone !== '' && (host === zone || host.endsWith(`.${zone}`))
}

/** A record of the very name, else the nearest wildcard. */
function targetsOf(records: readonly ZoneRecord[], host: string): readonly string[] {
  const labels = host.split('.')
  const names = [host, ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)]
  for (const name of names) {
    const found = records.filter((record) => plain(record.name) === name && /^(A|AAAA|CNAME)$/i.test(record.type))
    if (found.length > 0) return found.flatMap(({aliasTarget, values}) => aliasTarget ?? values).map(plain)
  }
  return []
}

function answerOf(snapshot: AccountSnapshot, targets: readonly string[], zone: string): HostedName {
  const endpoints = allBedrockEndpoints(snapshot)
  for (const target of targets) {
    const endpoint = endpoints.find((one) => isNameOf(one, target))
    if (endpoint !== undefined) return {kind: 'endpoint', endpoint, zone}
  }
  const target = targets.join(', ')
  const id = /^(?:[^.]+\.)*?(vpce-[0-9a-f]+)-[^.]*\..*\.vpce\./.exec(target)?.[1]
  if (id !== undefined) {
    const reason = `the zone ${zone} leads to ${id}, which the snapshot does not hold`
    return {kind: 'unknown', missing: [{action: 'ec2:DescribeVpcEndpoints', code: 'NOT_COLLECTED', reason}]}
  }
  if (
    targets.some((one) =>
      /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/.test(one),
    )
  ) {
    const reason = `the zone ${zone} leads to ${target}, and whose address that is, is not read`
    return {kind: 'unknown', missing: [{action: 'ec2:DescribeNetworkInterfaces', code: 'NOT_COLLECTED', reason}]}
  }
  return {kind: 'elsewhere', target, zone}
}

function isNameOf({detail}: BedrockEndpoint, target: string): boolean {
  const [first = ''] = target.replace(/^dualstack\./, '').split('.')
  return (
    first === detail.id || first.startsWith(`${detail.id}-`) || detail.dnsNames.some(({name}) => plain(name) === target)
  )
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '').replaceAll('\\052', '*')
}

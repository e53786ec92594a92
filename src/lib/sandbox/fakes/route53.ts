import type * as Route53 from '@aws-sdk/client-route-53'
import {
  InvalidInput,
  InvalidPaginationToken,
  NoSuchHostedZone,
  type ResourceRecordSet,
  type VPCRegion,
} from '@aws-sdk/client-route-53'
import {handlersFor, type RequestContext} from '../handler.js'
import {ownRecords} from '../world/build-hosted-zones.js'
import type {DnsRecord, HostedZone} from '../world/dns-state.js'
import {hexId} from '../world/unique-id.js'
import {pageOf} from './page.js'

const USUAL_PAGE = 100

export default handlersFor<typeof Route53>()({
  ListHostedZonesByVPC({VPCId, VPCRegion: region, MaxItems, NextToken}, {world, account, operation}) {
    if (!world.regional(account, region).network.vpcs.some(({id}) => id === VPCId)) {
      const message = `The VPC ${VPCId} in ${region} does not exist or is not yours.`
      throw new InvalidInput({message, $metadata: {}})
    }
    const all = [...world.accounts.values()]
      .flatMap(({hostedZones}) => hostedZones)
      .filter(({vpcs}) => vpcs.some((vpc) => vpc.id === VPCId && vpc.region === region))
    const size = Number(MaxItems ?? USUAL_PAGE)
    const page = pageOf(all, {token: NextToken, size, scope: `${operation}:${region}/${VPCId}`})
    if (!page) throw new InvalidPaginationToken({message: 'The NextToken is not valid.', $metadata: {}})
    const HostedZoneSummaries = page.items.map(({id, domain, owner}) => ({
      HostedZoneId: id,
      Name: domain,
      Owner: {OwningAccount: owner},
    }))
    return {HostedZoneSummaries, MaxItems: size, NextToken: page.next}
  },

  ListHostedZones({Marker, MaxItems, HostedZoneType}, context) {
    const own = zones(context).filter(({vpcs}) => HostedZoneType === undefined || vpcs.length > 0)
    const size = Number(MaxItems ?? USUAL_PAGE)
    const from = Marker === undefined ? 0 : own.findIndex(({id}) => id === bareId(Marker))
    if (from < 0) throw new InvalidInput({message: `Invalid marker: ${Marker}`, $metadata: {}})
    const next = own[from + size]
    return {
      HostedZones: own.slice(from, from + size).map(zoneEntry),
      // The model requires it even of a first page, which has none.
      Marker: Marker ?? '',
      IsTruncated: next !== undefined,
      ...(next && {NextMarker: next.id}),
      MaxItems: size,
    }
  },

  GetHostedZone({Id}, context) {
    const zone = findZone(Id, context)
    const servers = ownRecords(zone)[0]?.values ?? []
    return {
      HostedZone: zoneEntry(zone),
      ...(zone.vpcs.length === 0
        ? {DelegationSet: {NameServers: servers.map((name) => name.replace(/\.$/, ''))}}
        : {VPCs: zone.vpcs.map(({id, region}) => ({VPCId: id, VPCRegion: region as VPCRegion}))}),
    }
  },

  ListResourceRecordSets({HostedZoneId, StartRecordName, StartRecordType, MaxItems}, context) {
    const all = recordsOf(findZone(HostedZoneId, context))
    const size = Math.min(Number(MaxItems ?? USUAL_PAGE * 3), USUAL_PAGE * 3)
    const start = all.findIndex((record) => !comesBefore(record, StartRecordName, StartRecordType))
    const from = start < 0 ? all.length : start
    const next = all[from + size]
    return {
      ResourceRecordSets: all.slice(from, from + size).map(recordEntry),
      IsTruncated: next !== undefined,
      ...(next && {NextRecordName: next.name, NextRecordType: next.type}),
      MaxItems: size,
    }
  },
})

function zones({world, account}: RequestContext): readonly HostedZone[] {
  return world.account(account).hostedZones
}

/** Answers have ids with `/hostedzone/`, and every client sends them back without. */
const bareId = (id: string): string => id.replace(/^\/hostedzone\//, '')

function findZone(id: string, context: RequestContext): HostedZone {
  const zone = zones(context).find((one) => one.id === bareId(id))
  if (!zone) throw new NoSuchHostedZone({message: `No hosted zone found with ID: ${bareId(id)}`, $metadata: {}})
  return zone
}

function zoneEntry(zone: HostedZone) {
  const {id, domain, comment, vpcs} = zone
  return {
    Id: `/hostedzone/${id}`,
    Name: domain,
    CallerReference: hexId(id, 32),
    Config: {...(comment !== undefined && {Comment: comment}), PrivateZone: vpcs.length > 0},
    ResourceRecordSetCount: recordsOf(zone).length,
  }
}

type AnyRecord = Omit<DnsRecord, 'type'> & {readonly type: DnsRecord['type'] | 'NS' | 'SOA'}

/** In the order of Route 53: by the labels of the name from the last to the first, then by type. */
function recordsOf(zone: HostedZone): readonly AnyRecord[] {
  return [...ownRecords(zone), ...zone.records].sort((a, b) =>
    sortKey(a.name, a.type) < sortKey(b.name, b.type) ? -1 : 1,
  )
}

function sortKey(name: string, type: string): string {
  return `${name.replace(/\.$/, '').split('.').reverse().join('.')} ${type}`
}

function comesBefore({name, type}: AnyRecord, startName: string | undefined, startType: string | undefined): boolean {
  if (startName === undefined) return false
  const absolute = startName.endsWith('.') ? startName : `${startName}.`
  return sortKey(name, type) < sortKey(absolute, startType ?? '')
}

function recordEntry({name, type, values, alias, ttl}: AnyRecord): ResourceRecordSet {
  if (alias === undefined) return {Name: name, Type: type, TTL: ttl, ResourceRecords: values.map((Value) => ({Value}))}
  const HostedZoneId = `Z${hexId(alias, 20).toUpperCase()}`
  return {Name: name, Type: type, AliasTarget: {DNSName: alias, HostedZoneId, EvaluateTargetHealth: false}}
}

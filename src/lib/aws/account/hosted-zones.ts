import {
  type HostedZoneSummary,
  ListHostedZonesByVPCCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
  type VPCRegion,
} from '@aws-sdk/client-route-53'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'

type Zone = PartValue<ReadItem<'route53:vpc-hosted-zones'>['zones']>[number]
type Records = PartValue<Zone['records']>

/** A zone that can answer for a host of Bedrock: one of its names, or of the domain above it. */
const MAY_NAME_BEDROCK = /(^|\.)bedrock|(^|\.)amazonaws\.com(\.cn)?$|(^|\.)api\.aws$/
const ABOUT_BEDROCK = /bedrock|^(\*|\\052)\./
const TYPES = new Set(['A', 'AAAA', 'CNAME'])

export function hostedZoneReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'route53', prefix: 'route53', build: (config) => new Route53Client(config)})
  return {
    'route53:vpc-hosted-zones': (context, vpcIds) => {
      const route53 = ask(context)
      return mapBounded(vpcIds, async (vpcId) => ({
        vpcId,
        zones: await context.part('route53:ListHostedZonesByVPC', async () => {
          const zones = await route53.all(
            'ListHostedZonesByVPC',
            (client, options) => zonePages(client, {vpcId, region: context.region}, options.abortSignal),
            (page) => page.HostedZoneSummaries,
          )
          return mapBounded(zones, (zone) => readZone(zone, route53, context))
        }),
      }))
    },
  }
}

async function* zonePages(
  client: Route53Client,
  {vpcId: VPCId, region}: {readonly vpcId: string; readonly region: string},
  abortSignal: AbortSignal,
) {
  let token: string | undefined
  do {
    const page = await client.send(
      new ListHostedZonesByVPCCommand({
        VPCId,
        // Any Region the VPC can be in; the SDK's list of them ends with its release.
        VPCRegion: region as VPCRegion,
        ...(token === undefined ? {} : {NextToken: token}),
      }),
      {abortSignal},
    )
    token = page.NextToken
    yield page
  } while (token !== undefined)
}

async function readZone(zone: HostedZoneSummary, route53: Asking<Route53Client>, context: ReadContext): Promise<Zone> {
  const {HostedZoneId: id = '', Name = '', Owner} = zone
  const name = Name.replace(/\.$/, '')
  return {
    id,
    name,
    owner: Owner?.OwningAccount ?? Owner?.OwningService ?? null,
    records: MAY_NAME_BEDROCK.test(name)
      ? await context.part('route53:ListResourceRecordSets', () => readRecords(id, route53))
      : {
          status: 'skipped',
          action: 'route53:ListResourceRecordSets',
          code: 'NOT_NEEDED',
          reason: 'The zone cannot answer for a host of Bedrock.',
        },
  }
}

async function readRecords(id: string, route53: Asking<Route53Client>): Promise<Records> {
  const records = await route53.all(
    'ListResourceRecordSets',
    (client, options) => recordPages(client, id, options.abortSignal),
    (page) => page.ResourceRecordSets?.filter(isAboutBedrock),
  )
  return records.map((record) => ({
    name: (record.Name ?? '').replace(/\.$/, ''),
    type: record.Type ?? '',
    aliasTarget: record.AliasTarget?.DNSName?.replace(/\.$/, '') ?? null,
    values: (record.ResourceRecords ?? []).flatMap(({Value}) => Value ?? []),
  }))
}

function isAboutBedrock({Name = '', Type}: ResourceRecordSet): boolean {
  return TYPES.has(Type ?? '') && ABOUT_BEDROCK.test(Name)
}

async function* recordPages(client: Route53Client, HostedZoneId: string, abortSignal: AbortSignal) {
  let start: Pick<ResourceRecordSet, 'Name' | 'Type' | 'SetIdentifier'> | undefined
  do {
    const page = await client.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId,
        StartRecordName: start?.Name,
        StartRecordType: start?.Type,
        StartRecordIdentifier: start?.SetIdentifier,
      }),
      {abortSignal},
    )
    start = page.IsTruncated
      ? {Name: page.NextRecordName, Type: page.NextRecordType, SetIdentifier: page.NextRecordIdentifier}
      : undefined
    yield page
  } while (start !== undefined)
}

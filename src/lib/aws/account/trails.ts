import {
  type AdvancedEventSelector,
  CloudTrailClient,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventDataStoreCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  paginateListEventDataStores,
  type Trail,
} from '@aws-sdk/client-cloudtrail'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'
import {readEvents} from './trail-events.js'

type TrailItem = ReadItem<'cloudtrail:trails'>
type Selectors = PartValue<TrailItem['selectors']>

export function trailReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'cloudtrail', prefix: 'cloudtrail', build: (config) => new CloudTrailClient(config)})
  return {
    async 'cloudtrail:trails'(context) {
      const cloudtrail = ask(context)
      const {trailList = []} = await cloudtrail.one('DescribeTrails', (client, options) =>
        client.send(new DescribeTrailsCommand({includeShadowTrails: true}), options),
      )
      return mapBounded(trailList, (trail) => readTrail(trail, cloudtrail, context))
    },
    async 'cloudtrail:event-data-stores'(context) {
      const cloudtrail = ask(context)
      const stores = await cloudtrail.all(
        'ListEventDataStores',
        (client, options) => paginateListEventDataStores({client}, {}, options),
        (page) => page.EventDataStores,
      )
      return mapBounded(stores, async ({EventDataStoreArn: arn = '', Name}) => ({
        arn,
        name: Name ?? '',
        detail: await context.part('cloudtrail:GetEventDataStore', () => readStore(arn, cloudtrail)),
      }))
    },
    'cloudtrail:bedrock-events': (context) => readEvents(ask(context), context),
  }
}

async function readTrail(trail: Trail, cloudtrail: Asking<CloudTrailClient>, context: ReadContext): Promise<TrailItem> {
  const arn = trail.TrailARN ?? ''
  const [status, selectors] = await Promise.all([
    context.part('cloudtrail:GetTrailStatus', async () => {
      const answer = await cloudtrail.one('GetTrailStatus', (client, options) =>
        client.send(new GetTrailStatusCommand({Name: arn}), options),
      )
      return {
        logging: answer.IsLogging === true,
        deliveryError: answer.LatestDeliveryError || null,
        deliveredAt: moment(answer.LatestDeliveryTime),
      }
    }),
    context.part('cloudtrail:GetEventSelectors', async () => {
      const answer = await cloudtrail.one('GetEventSelectors', (client, options) =>
        client.send(new GetEventSelectorsCommand({TrailName: arn}), options),
      )
      return {
        basic: (answer.EventSelectors ?? []).map(toBasic),
        advanced: (answer.AdvancedEventSelectors ?? []).map(toAdvanced),
      }
    }),
  ])
  return {...identityOf(trail), arn, status, selectors}
}

function identityOf(trail: Trail) {
  return {
    name: trail.Name ?? '',
    homeRegion: trail.HomeRegion ?? '',
    multiRegion: trail.IsMultiRegionTrail === true,
    organization: trail.IsOrganizationTrail === true,
    bucket: trail.S3BucketName ?? null,
    logGroupArn: trail.CloudWatchLogsLogGroupArn ?? null,
    kmsKey: trail.KmsKeyId ?? null,
    validated: trail.LogFileValidationEnabled === true,
  }
}

function toBasic(selector: EventSelector): Selectors['basic'][number] {
  return {
    readWrite: selector.ReadWriteType ?? 'All',
    management: selector.IncludeManagementEvents === true,
    excludes: selector.ExcludeManagementEventSources ?? [],
    data: (selector.DataResources ?? []).map(({Type, Values}) => ({type: Type ?? '', values: Values ?? []})),
  }
}

function toAdvanced({Name, FieldSelectors}: AdvancedEventSelector): Selectors['advanced'][number] {
  return {
    name: Name ?? null,
    fields: (FieldSelectors ?? []).map((field) => ({
      field: field.Field ?? '',
      equals: field.Equals ?? [],
      notEquals: field.NotEquals ?? [],
      startsWith: field.StartsWith ?? [],
      notStartsWith: field.NotStartsWith ?? [],
      endsWith: field.EndsWith ?? [],
      notEndsWith: field.NotEndsWith ?? [],
    })),
  }
}

async function readStore(arn: string, cloudtrail: Asking<CloudTrailClient>) {
  const found = await cloudtrail.one('GetEventDataStore', (client, options) =>
    client.send(new GetEventDataStoreCommand({EventDataStore: arn}), options),
  )
  return {
    status: found.Status ?? '',
    multiRegion: found.MultiRegionEnabled === true,
    organization: found.OrganizationEnabled === true,
    retentionDays: found.RetentionPeriod ?? null,
    kmsKey: found.KmsKeyId ?? null,
    selectors: (found.AdvancedEventSelectors ?? []).map(toAdvanced),
  }
}

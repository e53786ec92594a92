import type * as CloudTrail from '@aws-sdk/client-cloudtrail'
import {
  type AdvancedEventSelector,
  EventDataStoreARNInvalidException,
  EventDataStoreNotFoundException,
  InvalidNextTokenException,
} from '@aws-sdk/client-cloudtrail'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi, type EventDataStore} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {pageOf} from '../page.js'

const DEFAULT_RETENTION_DAYS = 366
const MANAGEMENT = [
  {Name: 'Default management events', FieldSelectors: [{Field: 'eventCategory', Equals: ['Management']}]},
]

export const stores = handlersFor<typeof CloudTrail>()({
  // AWS leaves all but name and ARN out of this list.
  ListEventDataStores({NextToken, MaxResults = 1000}, context) {
    const page = pageOf(storesHere(context), {token: NextToken, size: MaxResults, scope: 'stores'})
    if (!page) throw new InvalidNextTokenException({message: 'Invalid next token.', $metadata: {}})
    const list = page.items.map(({id, name}) => ({EventDataStoreArn: storeArn(id, context), Name: name}))
    return {EventDataStores: list, NextToken: page.next}
  },

  GetEventDataStore({EventDataStore: wanted}, context) {
    const id = /^(?:arn:.+:eventdatastore\/)?([0-9a-f-]{36})$/.exec(wanted)?.[1]
    if (id === undefined) {
      throw new EventDataStoreARNInvalidException({
        message: `${wanted} is not a valid event data store.`,
        $metadata: {},
      })
    }
    const store = storesHere(context).find((one) => one.id === id)
    if (!store) {
      throw new EventDataStoreNotFoundException({
        message: 'The specified event data store was not found.',
        $metadata: {},
      })
    }
    const created = placeOf(context).date(store.createdOn)
    return {
      EventDataStoreArn: storeArn(id, context),
      Name: store.name,
      Status: store.status ?? ('ENABLED' as const),
      AdvancedEventSelectors: asApi<AdvancedEventSelector[]>(store.selectors ?? MANAGEMENT),
      MultiRegionEnabled: store.multiRegion ?? true,
      OrganizationEnabled: store.organization ?? false,
      RetentionPeriod: store.retentionDays ?? DEFAULT_RETENTION_DAYS,
      TerminationProtectionEnabled: true,
      CreatedTimestamp: created,
      UpdatedTimestamp: created,
      ...(store.kmsKeyArn !== undefined && {KmsKeyId: store.kmsKeyArn}),
      BillingMode: 'EXTENDABLE_RETENTION_PRICING' as const,
    }
  },
})

const storesHere = (context: RequestContext): readonly EventDataStore[] =>
  placeOf(context).resources.eventDataStores ?? []

const storeArn = (id: string, context: RequestContext): string =>
  placeOf(context).arn('cloudtrail', `eventdatastore/${id}`)

import type * as CloudTrail from '@aws-sdk/client-cloudtrail'
import {
  type Event,
  InvalidLookupAttributesException,
  InvalidNextTokenException,
  InvalidTimeRangeException,
  type LookupAttribute,
} from '@aws-sdk/client-cloudtrail'
import {handlersFor, type RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {pageOf} from '../page.js'
import {eventRecords} from './records.js'

const DAY_MS = 86_400_000
const KEPT_DAYS = 90

export const events = handlersFor<typeof CloudTrail>()({
  LookupEvents({LookupAttributes = [], StartTime, EndTime, EventCategory, MaxResults = 50, NextToken}, context) {
    if (LookupAttributes.length > 1) {
      throw new InvalidLookupAttributesException({message: 'You can specify only one lookup attribute.', $metadata: {}})
    }
    const now = context.now()
    const from = Math.max(StartTime?.getTime() ?? 0, now - KEPT_DAYS * DAY_MS)
    const to = EndTime?.getTime() ?? now
    if (StartTime && StartTime.getTime() > to) {
      throw new InvalidTimeRangeException({message: 'The start time must be before the end time.', $metadata: {}})
    }
    const all = EventCategory === 'insight' ? [] : eventsHere(context)
    const wanted = all.filter(
      (event) => isWithin(event, from, to) && LookupAttributes.every((attribute) => hasAttribute(event, attribute)),
    )
    const scope = JSON.stringify([LookupAttributes, StartTime, EndTime, EventCategory])
    const page = pageOf(wanted, {token: NextToken, size: MaxResults, scope})
    if (!page) throw new InvalidNextTokenException({message: 'Invalid next token.', $metadata: {}})
    return {Events: page.items, NextToken: page.next}
  },
})

const made = new WeakMap<object, readonly Event[]>()

/** Newest first, as CloudTrail answers. */
function eventsHere(context: RequestContext): readonly Event[] {
  const {resources} = placeOf(context)
  const known = made.get(resources)
  if (known) return known
  const {partition} = context.world.account(context.account)
  const place = {account: context.account, region: context.region, partition, startedAt: resources.startedAt}
  const records = (resources.events ?? [])
    .flatMap((event, index) => eventRecords(event, index, place))
    .sort((a, b) => (b.EventTime?.getTime() ?? 0) - (a.EventTime?.getTime() ?? 0))
  made.set(resources, records)
  return records
}

function isWithin({EventTime}: Event, from: number, to: number): boolean {
  const time = EventTime?.getTime() ?? 0
  return time >= from && time <= to
}

function hasAttribute(event: Event, {AttributeKey, AttributeValue}: LookupAttribute): boolean {
  switch (AttributeKey) {
    case 'ResourceType':
      return event.Resources?.some(({ResourceType}) => ResourceType === AttributeValue) ?? false
    case 'ResourceName':
      return event.Resources?.some(({ResourceName}) => ResourceName === AttributeValue) ?? false
    case undefined:
      return true
    default:
      return event[AttributeKey] === AttributeValue
  }
}

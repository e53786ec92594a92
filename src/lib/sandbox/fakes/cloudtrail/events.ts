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
import {liveEvents} from './live-events.js'
import {eventRecords} from './records.js'

const DAY_MS = 86_400_000
const KEPT_DAYS = 90

export const events = handlersFor<typeof CloudTrail>()({
  LookupEvents({LookupAttributes = [], StartTime, EndTime, EventCategory, MaxResults = 50, NextToken}, context) {
    if (LookupAttributes.length > 1) {
      throw new InvalidLookupAttributesException({message: 'You can specify only one lookup attribute.', $metadata: {}})
    }
    const {until, token} = readToken(NextToken, context.now())
    const from = Math.max(StartTime?.getTime() ?? 0, until - KEPT_DAYS * DAY_MS)
    const to = EndTime?.getTime() ?? until
    if (StartTime && StartTime.getTime() > to) {
      throw new InvalidTimeRangeException({message: 'The start time must be before the end time.', $metadata: {}})
    }
    const all = EventCategory === 'insight' ? [] : [...eventsHere(context), ...liveEvents(context, from, until)]
    const wanted = all
      .filter((event) => isWithin(event, from, to) && LookupAttributes.every((one) => hasAttribute(event, one)))
      .sort((a, b) => (b.EventTime?.getTime() ?? 0) - (a.EventTime?.getTime() ?? 0))
    const scope = JSON.stringify([LookupAttributes, StartTime, EndTime, EventCategory])
    const page = pageOf(wanted, {token, size: MaxResults, scope})
    if (!page) throw new InvalidNextTokenException({message: 'Invalid next token.', $metadata: {}})
    return {Events: page.items, NextToken: page.next && `${until}.${page.next}`}
  },
})

/** Pages of one look are of one moment: what happens meanwhile does not shift them. */
function readToken(token: string | undefined, now: number): {until: number; token: string | undefined} {
  if (token === undefined) return {until: now, token}
  const [until = '', rest = ''] = token.split('.')
  return {until: Math.min(now, Number(until) || 0), token: rest}
}

const made = new WeakMap<object, readonly Event[]>()

/** Those of the scenario. */
function eventsHere(context: RequestContext): readonly Event[] {
  const {resources} = placeOf(context)
  const known = made.get(resources)
  if (known) return known
  const {partition} = context.world.account(context.account)
  const place = {account: context.account, region: context.region, partition, startedAt: resources.startedAt}
  const records = (resources.events ?? []).flatMap((event, index) => eventRecords(event, index, place))
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

import {
  type CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail'
import type {ReadContext} from '../../account/ports/readers.js'
import type {ReadValues} from '../../account/snapshot.schema.js'
import type {Asking} from './asking.js'
import {pause} from './pause.js'

type Events = ReadValues['cloudtrail:bedrock-events']

/** Event sources of Bedrock. */
export const TRAIL_SOURCES = ['bedrock.amazonaws.com', 'bedrock-mantle.amazonaws.com'] as const
const DAYS = 14
const PAGE = 50
/** 2,500 events a source: what a judge needs to see a pattern, in an amount that many Regions can hold. */
const PAGES = 50
/** CloudTrail answers two look-ups a second in a Region; a little more than a second, as calls do not arrive evenly. */
const AT_ONCE = 2
const PERIOD_MS = 1100

/** The latest management events of Bedrock, without what was asked and answered. */
export async function readEvents(cloudtrail: Asking<CloudTrailClient>, context: ReadContext): Promise<Events> {
  const to = context.now
  const from = new Date(to.getTime() - DAYS * 86_400_000)
  const events: Events['events'][number][] = []
  let complete = true
  const look = paced(context.signal)
  for (const source of TRAIL_SOURCES) {
    const pages = await readSource(source, {from, to}, cloudtrail, look)
    events.push(...pages.events)
    complete &&= pages.complete
  }
  events.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  return {from: from.toISOString(), to: to.toISOString(), complete, events}
}

/** Runs a call when its turn has come. */
export type Paced = <Answer>(call: () => Promise<Answer>) => Promise<Answer>

/**
 * Makes calls one after the other, never more than a few in any period: as many as CloudTrail answers. `answered` is
 * when the last ones were, for who goes on with it.
 */
export function paced(signal: AbortSignal, answered: number[] = []): Paced {
  return async (call) => {
    const earlier = answered.at(-AT_ONCE)
    const wait = earlier === undefined ? 0 : earlier + PERIOD_MS - performance.now()
    if (wait > 0) await pause(wait, signal)
    const answer = await call()
    // A call may have waited long before it was sent; its answer is certain to come after.
    answered.push(performance.now())
    if (answered.length > AT_ONCE) answered.shift()
    return answer
  }
}

async function readSource(
  source: string,
  {from, to}: {readonly from: Date; readonly to: Date},
  cloudtrail: Asking<CloudTrailClient>,
  look: Paced,
) {
  const events: Events['events'][number][] = []
  let NextToken: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const input = {
      LookupAttributes: [{AttributeKey: 'EventSource' as const, AttributeValue: source}],
      StartTime: from,
      EndTime: to,
      MaxResults: PAGE,
      ...(NextToken === undefined ? {} : {NextToken}),
    }
    const answer = await look(() => lookUp(cloudtrail, input))
    events.push(...(answer.Events ?? []).map(toEvent))
    NextToken = answer.NextToken
    if (NextToken === undefined) return {events, complete: true}
  }
  return {events, complete: false}
}

function lookUp(cloudtrail: Asking<CloudTrailClient>, input: LookupEventsCommandInput) {
  return cloudtrail.one('LookupEvents', (client, options) => client.send(new LookupEventsCommand(input), options))
}

type Tree = Readonly<Record<string, unknown>>

/** What a record tells but for what was asked and answered. */
export function toEvent(event: Event): Events['events'][number] {
  const record = parseRecord(event.CloudTrailEvent)
  const identity = tree(record['userIdentity'])
  const asked = tree(record['requestParameters'])
  const further = tree(record['additionalEventData'])
  return {
    id: event.EventId ?? '',
    name: event.EventName ?? '',
    source: event.EventSource ?? '',
    at: (event.EventTime ?? new Date(0)).toISOString(),
    principalArn: text(identity['arn']),
    principalType: text(identity['type']),
    sourceIp: text(record['sourceIPAddress']),
    userAgent: text(record['userAgent']),
    error: text(record['errorCode']),
    readOnly: truth(record['readOnly']) ?? truth(event.ReadOnly),
    modelId: text(asked['modelId']),
    inferenceRegion: text(further['inferenceRegion']),
    vpcEndpointId: text(record['vpcEndpointId']),
    vpcAccount: text(record['vpcEndpointAccountId']),
    host: text(tree(record['tlsDetails'])['clientProvidedHostHeader']),
    bearerToken: truth(further['callWithBearerToken'] ?? asked['callWithBearerToken']),
    bearerTokenType: text(further['bearerTokenType'] ?? asked['bearerTokenType']),
  }
}

/** The members of a record; a record that is no JSON still has what the look-up says beside it. */
export function parseRecord(record: string | undefined): Tree {
  try {
    return tree(JSON.parse(record ?? '{}'))
  } catch {
    return {}
  }
}

function tree(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {}
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function truth(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' ? false : null
}

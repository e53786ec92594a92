import {CloudTrailClient, type Event, LookupEventsCommand} from '@aws-sdk/client-cloudtrail'
import type {TrailEvent, TrailSource} from '../monitor/board/events/ports.js'
import {paced, parseRecord, TRAIL_SOURCES, toEvent} from './account/trail-events.js'
import type {Wire} from './wire.js'

const PAGE = 50

export function createTrailSource(wire: Wire): TrailSource {
  const answered = new Map<string, number[]>()
  const timesOf = (region: string): number[] => {
    const times = answered.get(region) ?? []
    answered.set(region, times)
    return times
  }
  return {
    sources: TRAIL_SOURCES,
    async *pages(region, {from, source, to}, signal) {
      const client = wire.client('cloudtrail', region, (config) => new CloudTrailClient(config))
      const inTurn = paced(signal, timesOf(region))
      let NextToken: string | undefined
      do {
        const command = new LookupEventsCommand({
          LookupAttributes: [{AttributeKey: 'EventSource', AttributeValue: source}],
          ...{StartTime: from, EndTime: to, MaxResults: PAGE},
          ...(NextToken !== undefined && {NextToken}),
        })
        const answer = await inTurn(() =>
          wire.call('cloudtrail', {action: 'cloudtrail:LookupEvents', region}, signal, (abortSignal) =>
            client.send(command, {abortSignal}),
          ),
        )
        yield (answer.Events ?? []).map(toTrailEvent)
        NextToken = answer.NextToken
      } while (NextToken !== undefined && !signal.aborted)
    },
  }
}

function toTrailEvent(event: Event): TrailEvent {
  const message = parseRecord(event.CloudTrailEvent)['errorMessage']
  return {
    ...toEvent(event),
    resource: event.Resources?.[0]?.ResourceName ?? null,
    message: typeof message === 'string' ? message : null,
  }
}

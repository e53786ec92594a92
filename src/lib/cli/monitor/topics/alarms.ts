import type {TopicReader} from '../../../monitor/board/ports.js'
import type {MonitorDoor} from '../door.js'

const EVERY_MS = 30_000

/** Reads the alarms that look at metrics of Bedrock. */
export async function openAlarmReader({session}: Pick<MonitorDoor, 'session'>): Promise<TopicReader<'alarms'>> {
  const source = await session.alarms()
  return {
    topic: 'alarms',
    scope: 'region',
    everyMs: EVERY_MS,
    async look({place, signal}) {
      return {rows: await source.list(place ?? '', signal), metrics: 0}
    },
  }
}

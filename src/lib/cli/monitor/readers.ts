import type {AnyReader} from '../../monitor/board/ports.js'
import type {Topic} from '../../monitor/board/topics.js'
import type {MonitorDoor} from './door.js'

/** Opens the readers of the topics that are wanted; none asks AWS before it is asked itself. */
export async function openReaders(
  door: MonitorDoor,
  wanted: ReadonlySet<Topic> | undefined,
): Promise<readonly AnyReader[]> {
  const {notingModels, seenModels} = await import('../../monitor/board/prices/seen-models.js')
  const seen = seenModels()
  const openers: readonly (readonly [Topic, () => Promise<AnyReader>])[] = [
    ['traffic', async () => notingModels(await (await import('./topics/traffic.js')).openTrafficReader(door), seen)],
    ['alarms', async () => (await import('./topics/alarms.js')).openAlarmReader(door)],
    ['prices', async () => (await import('./topics/prices.js')).pricesReader(door, seen)],
    ['quotas', async () => (await import('./topics/quotas.js')).quotasReader(door)],
    ['jobs', async () => (await import('./jobs/jobs.js')).openJobsReader(door)],
    ['costs', async () => (await import('./topics/costs.js')).costsReader(door)],
    ['findings', async () => (await import('./topics/findings.js')).findingReader(door)],
    ['endpoints', async () => (await import('./topics/endpoints.js')).endpointReader(door)],
    ['capacity', async () => (await import('./topics/capacity.js')).capacityReader(door)],
    ['events', async () => (await import('./topics/events.js')).eventReader(door)],
    ['bench', async () => (await import('./topics/bench.js')).benchReader(door)],
  ]
  const open = openers.filter(([topic]) => wanted === undefined || wanted.has(topic))
  return Promise.all(open.map(([, opener]) => opener()))
}

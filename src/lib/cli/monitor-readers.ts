import type {AnyReader} from '../monitor/board/ports.js'
import type {Topic} from '../monitor/board/topics.js'
import type {MonitorDoor} from './monitor-door.js'

/** Opens the readers of the topics that are wanted; none asks AWS before it is asked itself. */
export async function openReaders(
  door: MonitorDoor,
  wanted: ReadonlySet<Topic> | undefined,
): Promise<readonly AnyReader[]> {
  const {notingModels, seenModels} = await import('../monitor/board/prices/seen-models.js')
  const seen = seenModels()
  const openers: readonly (readonly [Topic, () => Promise<AnyReader>])[] = [
    ['traffic', async () => notingModels(await (await import('./monitor-traffic.js')).openTrafficReader(door), seen)],
    ['alarms', async () => (await import('./monitor-alarms.js')).openAlarmReader(door)],
    ['prices', async () => (await import('./monitor-prices.js')).pricesReader(door, seen)],
    ['quotas', async () => (await import('./monitor-quotas.js')).quotasReader(door)],
    ['jobs', async () => (await import('./monitor-jobs.js')).openJobsReader(door)],
    ['costs', async () => (await import('./monitor-costs.js')).costsReader(door)],
    ['findings', async () => (await import('./monitor-findings.js')).findingReader(door)],
    ['endpoints', async () => (await import('./monitor-endpoints.js')).endpointReader(door)],
    ['capacity', async () => (await import('./monitor-capacity.js')).capacityReader(door)],
    ['events', async () => (await import('./monitor-events.js')).eventReader(door)],
    ['bench', async () => (await import('./monitor-bench.js')).benchReader(door)],
  ]
  const open = openers.filter(([topic]) => wanted === undefined || wanted.has(topic))
  return Promise.all(open.map(([, opener]) => opener()))
}

import type {TopicReader} from '../../../monitor/board/ports.js'
import type {CalledResource} from '../../../monitor/board/traffic/about.js'
import type {LookMemory} from '../../../monitor/board/traffic/plan-look.js'
import type {TrafficAbout} from '../../../monitor/board/traffic/traffic.schema.js'
import type {MonitorDoor} from '../door.js'

/** Each metric is of a whole minute: asked more often it tells nothing else, and every ask is billed. */
const EVERY_MS = 10_000
/** What could not be looked up is tried again after so long. */
const FORGET_MS = 600_000
/** Resources that are known, those that were called last: as many as the board has rows for. */
const MOST_KNOWN = 1000

type Lookup = (modelId: string, nowMs: number, signal: AbortSignal) => Promise<CalledResource | undefined>

/** Reads what is called: metrics of CloudWatch by Region, with what each called id leads to. */
export async function openTrafficReader({
  connection: {catalog},
  session,
}: MonitorDoor): Promise<TopicReader<'traffic'>> {
  const [
    {FIRST_LOOK, isListDue, planLook, withAnswer, withList, withoutAnswers},
    {minutesOf},
    {aboutOf, isOwnResource},
    source,
  ] = await Promise.all([
    import('../../../monitor/board/traffic/plan-look.js'),
    import('../../../monitor/board/traffic/minutes-of.js'),
    import('../../../monitor/board/traffic/about.js'),
    session.trafficMetrics(),
  ])
  const memories = new Map<string, LookMemory>()
  const lookUp = await resourceLookup({catalog, session})
  const about = async (modelId: string, region: string, nowMs: number, signal: AbortSignal): Promise<TrafficAbout> => {
    const resource = isOwnResource(modelId) ? await lookUp(modelId, nowMs, signal) : undefined
    return aboutOf(catalog, {modelId, region, resource, at: new Date(nowMs)})
  }

  return {
    topic: 'traffic',
    scope: 'region',
    everyMs: EVERY_MS,
    async look({intervalMs: boardMs, isAnew, nowMs, place, signal}) {
      const region = place ?? ''
      const intervalMs = Math.max(boardMs, EVERY_MS)
      const before = memories.get(region) ?? FIRST_LOOK
      let memory = isAnew ? withoutAnswers(before) : before
      if (isListDue(memory, {nowMs, intervalMs})) {
        memory = withList(memory, await source.list(region, signal), nowMs)
        memories.set(region, memory)
      }
      const plan = planLook(memory, {nowMs, intervalMs})
      if (plan.metrics.length === 0) return {rows: [], metrics: 0}
      const read = await source.read(region, plan, signal)
      memories.set(region, withAnswer(memory, plan, read.series, nowMs))
      const bare = minutesOf(read.series, memory.metrics)
      const rows = await Promise.all(
        bare.map(async (series) => ({...series, about: await about(series.modelId, region, nowMs, signal)})),
      )
      return {rows, metrics: read.queries}
    },
  }
}

interface KnownResource {
  readonly untilMs: number
  readonly found: Promise<CalledResource | undefined>
}

/** Looks each resource of the account up once; one that is gone, or may not be read, stays unknown for a while. */
async function resourceLookup({
  catalog,
  session,
}: Pick<MonitorDoor['connection'], 'catalog'> & Pick<MonitorDoor, 'session'>): Promise<Lookup> {
  const [{resolveReference}, {BedrockctlError}, references] = await Promise.all([
    import('../../../models/references/resolve-base-models.js'),
    import('../../../core/errors.js'),
    session.references(),
  ])
  const known = new Map<string, KnownResource>()
  const keep = (modelId: string, one: KnownResource): void => {
    known.delete(modelId)
    known.set(modelId, one)
    const [oldest] = known.size > MOST_KNOWN ? known.keys() : []
    if (oldest !== undefined) known.delete(oldest)
  }
  return async (modelId, nowMs, signal) => {
    const before = known.get(modelId)
    if (before && before.untilMs > nowMs) {
      keep(modelId, before)
      return before.found
    }
    const found = resolveReference(modelId, {catalog, offers: [], references}, signal).then(
      (resolved) => {
        if (resolved.resource === null) return undefined
        keep(modelId, {untilMs: Number.POSITIVE_INFINITY, found})
        return {modelId: resolved.modelId, resource: resolved.resource}
      },
      (error: unknown) => {
        if (!(error instanceof BedrockctlError)) throw error
        if (error.fault === 'interrupted') known.delete(modelId)
        return undefined
      },
    )
    keep(modelId, {untilMs: nowMs + FORGET_MS, found})
    return found
  }
}

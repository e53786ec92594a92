import type {TopicReader} from '../ports.js'
import type {TrafficAbout, TrafficSeries} from '../traffic/traffic.schema.js'

/** An id that CloudWatch counted calls of. */
export interface SeenModel extends Pick<TrafficSeries, 'endpoint' | 'modelId' | 'tier'> {
  readonly about: TrafficAbout
}

/** What the readings of traffic have shown so far: which ids need prices. */
export interface SeenModels {
  note(region: string, rows: readonly SeenModel[]): void
  in(region: string): readonly SeenModel[]
  /** Resolved once the Region was noted; at once where it was. */
  noted(region: string): Promise<void>
}

/** Ids of a Region that are kept, the newest: no account calls so many that matter. */
const MOST = 1000

export function seenModels(): SeenModels {
  const regions = new Map<string, Map<string, SeenModel>>()
  const waiting = new Map<string, (() => void)[]>()
  return {
    note(region, rows) {
      const known = regions.get(region) ?? new Map<string, SeenModel>()
      regions.set(region, known)
      for (const {about, endpoint, modelId, tier} of rows) {
        const key = `${endpoint} ${modelId} ${tier}`
        known.delete(key)
        known.set(key, {about, endpoint, modelId, tier})
      }
      for (const key of [...known.keys()].slice(0, Math.max(0, known.size - MOST))) known.delete(key)
      for (const tell of waiting.get(region) ?? []) tell()
      waiting.delete(region)
    },
    in: (region) => [...(regions.get(region)?.values() ?? [])],
    noted: (region) =>
      regions.has(region)
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.set(region, [...(waiting.get(region) ?? []), resolve])
          }),
  }
}

/** The reader of traffic, each look of which is noted; one that fails shows nothing, and nobody waits for it. */
export function notingModels(reader: TopicReader<'traffic'>, seen: SeenModels): TopicReader<'traffic'> {
  return {
    ...reader,
    async look(look) {
      const {place} = look
      try {
        const looked = await reader.look(look)
        if (place !== null) seen.note(place, looked.rows)
        return looked
      } catch (error) {
        if (place !== null) seen.note(place, [])
        throw error
      }
    },
  }
}

import type {CallMetricSource, CallSeries} from '../traffic/ports.js'

/** What follows the metrics of capacity from look to look. */
export interface FollowedCalls extends CallMetricSource {
  /** Metrics asked of GetMetricData since it was asked before. */
  taken(): number
  /** When a Region was last looked through as far back as was asked; undefined: it was not. */
  wholeAtMs(region: string): number | undefined
}

interface Kept {
  readonly wholeAtMs: number
  /** Where the last query ended. */
  readonly to: number
  readonly series: ReadonlyMap<string, CallSeries>
}

const HOUR_MS = 3_600_000
/** Metrics come a few minutes late, and what a period holds grows until it is over. */
const AGAIN_MS = 2 * HOUR_MS

/**
 * The same answers as `source` gives, by asking for the last hour alone once all was read; all is read again when so
 * long has passed, and when a metric appears that was not there.
 */
export function followCalls(
  source: CallMetricSource,
  {wholeEveryMs, now}: {readonly wholeEveryMs: number; readonly now: () => number},
): FollowedCalls {
  const known = new Map<string, Kept>()
  const wholeAt = new Map<string, number>()
  let taken = 0
  const read: CallMetricSource['readCalls'] = async (region, query, signal) => {
    const series = await source.readCalls(region, query, signal)
    taken += series.length
    return series
  }
  return {
    async readCalls(region, query, signal) {
      const key = `${region} ${query.periodSeconds} ${query.metrics.join(' ')}`
      const kept = known.get(key)
      const keep = (wholeAtMs: number, series: Kept['series']) => {
        known.set(key, {wholeAtMs, to: query.to, series})
        return [...series.values()]
      }
      if (kept !== undefined && now() - kept.wholeAtMs < wholeEveryMs) {
        const from = Math.max(query.from, kept.to - AGAIN_MS)
        const recent = await read(region, {...query, from}, signal)
        if (recent.every((one) => kept.series.has(nameOf(one)))) {
          return keep(kept.wholeAtMs, joined(kept.series, recent, query))
        }
      }
      const whole = await read(region, query, signal)
      wholeAt.set(region, now())
      return keep(now(), new Map(whole.map((one) => [nameOf(one), one])))
    },
    taken() {
      const since = taken
      taken = 0
      return since
    },
    wholeAtMs: (region) => wholeAt.get(region),
  }
}

function nameOf({metric, modelId}: CallSeries): string {
  return `${metric} ${modelId}`
}

/** The kept points with what was read anew over them, from where the query begins. */
function joined(
  kept: Kept['series'],
  recent: readonly CallSeries[],
  {from, isWanted}: {readonly from: number; readonly isWanted: (modelId: string) => boolean},
): Kept['series'] {
  const anew = new Map(recent.map((one) => [nameOf(one), one]))
  const wanted = [...kept].filter(([, {modelId}]) => isWanted(modelId))
  return new Map(
    wanted.map(([name, one]) => {
      const points = [...one.points, ...(anew.get(name)?.points ?? [])].filter(([second]) => second * 1000 >= from)
      return [name, {...one, points: new Map(points)}]
    }),
  )
}

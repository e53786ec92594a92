import type {MetricPoint, MetricSeries} from './metrics.schema.js'
import type {MetricSummary} from './summary.schema.js'

/** A series in four of its points. */
export function summarise(series: readonly MetricSeries[]): readonly MetricSummary[] {
  return series.flatMap(({name, of, points}): readonly MetricSummary[] => {
    const [first] = points
    const last = points.at(-1)
    if (first === undefined || last === undefined) return []
    const best = (better: (a: number, b: number) => boolean) =>
      points.reduce((kept, point) => (better(point.value, kept.value) ? point : kept), first)
    const placed = ({step, value}: MetricPoint) => ({step, value})
    return [
      {
        name,
        of,
        points: points.length,
        first: placed(first),
        last: placed(last),
        least: placed(best((a, b) => a < b)),
        most: placed(best((a, b) => a > b)),
      },
    ]
  })
}

import type {Chart} from '../../output/chart/chart.js'
import type {MetricSeries} from './metrics.schema.js'

interface ChartWords {
  readonly job: string
  readonly note?: string | undefined
}

/** A chart for each kind of metric, that of the losses first: training and validation are drawn in one. */
export function metricCharts(series: readonly MetricSeries[], words: ChartWords): readonly Chart[] {
  const kinds = [...new Set(series.map(({name}) => kindOf(name)))].toSorted((a, b) => rankOf(a) - rankOf(b))
  return kinds.map((kind) =>
    toChart(
      kind,
      series.filter(({name}) => kindOf(name) === kind),
      words,
    ),
  )
}

/** The chart that tells most: the losses, else the rewards, else what there is. */
export function mainChart(series: readonly MetricSeries[], words: ChartWords): Chart | undefined {
  return metricCharts(series, words)[0]
}

/** `loss` of `training_loss` and `validation_loss`; `rewards` of `critic/rewards/mean` and `val-score/rewards/mean@1`. */
function kindOf(name: string): string {
  if (/^(?:training|validation)_/.test(name)) return name.replace(/^(?:training|validation)_/, '')
  return /\/rewards\//.test(name) ? 'rewards' : name
}

function rankOf(kind: string): number {
  const at = ['loss', 'rewards', 'perplexity'].indexOf(kind)
  return at === -1 ? 3 : at
}

function toChart(kind: string, series: readonly MetricSeries[], {job, note}: ChartWords): Chart {
  const steps = series.flatMap(({points}) => points.map(({step}) => step))
  const min = steps.reduce((least, step) => Math.min(least, step), Number.POSITIVE_INFINITY)
  const max = steps.reduce((most, step) => Math.max(most, step), 0)
  return {
    title: `${kind} of ${job} by step`,
    note,
    // One step alone is given some width to stand in.
    x: {label: 'step', unit: 'step', scale: 'linear', min: Math.min(min, max), max: Math.max(max, min + 1)},
    y: {label: kind, unit: '', scale: 'linear'},
    series: series.map(({name, of, points}) => ({
      id: `${of}-${name}`,
      name: name.includes(of) ? name : `${name} (${of})`,
      points: points.map(({step, value}) => ({x: step, y: value})),
      dashed: of === 'validation',
    })),
    crossings: [],
  }
}

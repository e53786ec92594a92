import type {Chart} from '../../../output/chart/chart.js'
import {lineChart} from '../../../output/chart/line-chart.js'
import type {Room} from '../view.js'
import type {JobRow} from './jobs.schema.js'

/** The title of a chart, and a blank line: the page has its own. */
const TITLE_LINES = 2
const PLOT_ROWS = 10

/** The losses of a training by step, else what it has; none where nothing was measured, or where there is no room. */
export function metricLines({metrics}: Pick<JobRow, 'metrics'>, {columns, unicode}: Room): readonly string[] {
  const chart = chartOf(metrics)
  if (chart === undefined || columns < LEAST_COLUMNS) return []
  const terminal = {width: columns, color: false, interactive: true, unicode}
  return lineChart(chart, terminal, {rows: PLOT_ROWS}).split('\n').slice(TITLE_LINES)
}

const LEAST_COLUMNS = 40

function chartOf(metrics: JobRow['metrics']): Chart | undefined {
  const losses = metrics.filter(({name}) => name.endsWith('loss'))
  const shown = losses.length > 0 ? losses : metrics.slice(0, 1)
  const steps = shown.flatMap(({points}) => points.map(([step]) => step))
  if (steps.length === 0) return undefined
  const min = Math.min(...steps)
  const label = losses.length > 0 ? 'loss' : (shown[0]?.name ?? '')
  return {
    title: label,
    // One step alone is given some width to stand in.
    x: {label: 'step', unit: 'step', scale: 'linear', min, max: Math.max(min + 1, ...steps)},
    y: {label, unit: '', scale: 'linear'},
    series: shown.map(({name, points}) => ({
      id: name,
      name,
      points: points.map(([x, y]) => ({x, y})),
      dashed: name.startsWith('validation'),
    })),
    crossings: [],
  }
}

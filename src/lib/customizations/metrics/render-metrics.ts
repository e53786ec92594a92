import {sanitise} from '../../core/text.js'
import {chartPage} from '../../output/chart/chart-page.js'
import {lineChart} from '../../output/chart/line-chart.js'
import {lineChartSvg} from '../../output/chart/line-chart-svg.js'
import type {PageTable} from '../../output/chart/page-parts.js'
import {SIMULATED} from '../../output/simulated.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {atWord, metricWord, stateWord} from '../customization-words.js'
import type {CustomizationMetricsResult} from './customization-metrics.schema.js'
import {mainChart, metricCharts} from './metric-charts-words.js'
import {summarise} from './summarise.js'
import type {MetricSummary} from './summary.schema.js'

/** One value of one metric: what CSV has a line of. */
interface MetricRow {
  readonly of: string
  readonly metric: string
  readonly step: number
  readonly epoch: number | null
  readonly value: number
}

const COLUMNS: readonly Column<MetricRow>[] = [
  {key: 'step', title: 'STEP', value: ({step}) => step, align: 'right', weight: 0},
  {key: 'epoch', title: 'EPOCH', value: ({epoch}) => epoch, align: 'right'},
  {key: 'of', title: 'OF', value: ({of}) => of},
  {key: 'metric', title: 'METRIC', value: ({metric}) => metric, weight: 0},
  {key: 'value', title: 'VALUE', value: ({value}) => value, align: 'right', weight: 0},
]

const SUMMARY: readonly Column<MetricSummary>[] = [
  {key: 'metric', title: 'METRIC', value: ({name}) => name, weight: 0},
  {key: 'of', title: 'OF', value: ({of}) => of, weight: 2},
  {key: 'points', title: 'STEPS', value: ({points}) => points, align: 'right', weight: 3},
  placed('first', 'FIRST', 2),
  placed('last', 'LAST', 0),
  placed('least', 'LEAST', 1),
  placed('most', 'MOST', 2),
]

function placed(key: 'first' | 'last' | 'least' | 'most', title: string, weight: number): Column<MetricSummary> {
  const words = ({step, value}: MetricSummary['last']) => `${metricWord(value)} at ${step}`
  return {key, title, value: (row) => row[key].value, text: (row) => words(row[key]), align: 'right', weight}
}

/** The view of `customizations metrics`; `version` is what the HTML page says of the tool. */
export function customizationMetricsView(version: string): View<CustomizationMetricsResult, MetricRow> {
  return {
    rows: ({series}) =>
      series.flatMap(({name, of, points}) =>
        points.map(({epoch, step, value}) => ({of, metric: name, step, epoch, value})),
      ),
    columns: () => COLUMNS,
    text: renderMetrics,
    extra: {
      svg: (result) => {
        const chart = mainChart(result.series, wordsOf(result))
        return chart ? lineChartSvg(chart).trimEnd() : ''
      },
      html: (result) => metricsPage(result, version).trimEnd(),
    },
  }
}

function wordsOf({job, simulated}: CustomizationMetricsResult) {
  return {job: job.name, note: simulated ? `Simulated: ${SIMULATED}` : undefined}
}

async function renderMetrics(result: CustomizationMetricsResult, terminal: Terminal): Promise<string> {
  const {files, job, series} = result
  const chart = mainChart(series, {job: job.name})
  const head = [paint('strong', sanitise(job.name), terminal), stateWord(job.state, terminal), atWord(job)]
  if (chart === undefined) return [head.filter((word) => word !== '-').join('  '), noneYet(result)].join('\n')
  return [
    lineChart(chart, terminal),
    '',
    await renderTable(summarise(series), SUMMARY, terminal),
    '',
    ...files.flatMap(({modifiedAt, rows, uri}) =>
      wrapText(`${sanitise(uri)}  ${rows} rows, of ${modifiedAt}`, terminal.width).map((line) =>
        paint('faint', line, terminal),
      ),
    ),
  ].join('\n')
}

function noneYet({job}: CustomizationMetricsResult): string {
  return job.endedAt === null
    ? 'It has written no metrics yet.'
    : 'There are no metrics below its output: it ended before it wrote any, or they were removed.'
}

function metricsPage(result: CustomizationMetricsResult, version: string): string {
  const {asOf, files, job, series, simulated} = result
  return chartPage({
    title: `Training of ${sanitise(job.name)}`,
    summary: [
      `${job.state}: ${job.type ?? 'customization'} of ${job.baseModel} in ${job.region}, as of ${asOf}.`,
      ...(series.length === 0 ? [noneYet(result)] : []),
    ],
    charts: metricCharts(series, {job: job.name}),
    tables: series.length === 0 ? [] : [summaryTable(summarise(series))],
    footnotes: files.map(({modifiedAt, rows, uri}) => `${uri}: ${rows} rows, of ${modifiedAt}.`),
    tool: `bedrockctl ${version}`,
    simulated,
  })
}

function summaryTable(rows: readonly MetricSummary[]): PageTable {
  const right = {align: 'right'} as const
  return {
    caption: 'Metrics',
    columns: [
      {title: 'Metric'},
      {title: 'Of'},
      {title: 'Steps', ...right},
      {title: 'First', ...right},
      {title: 'Last', ...right},
      {title: 'Least', ...right},
      {title: 'Most', ...right},
    ],
    rows: rows.map(({first, last, least, most, name, of, points}) => [
      name,
      of,
      String(points),
      ...[first, last, least, most].map(({step, value}) => `${metricWord(value)} at ${step}`),
    ]),
  }
}

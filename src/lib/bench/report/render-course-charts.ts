import type {Chart, ChartBand} from '../../output/chart/chart.js'
import type {ChartPanels} from '../../output/chart/panels-svg.js'
import {numberText} from '../show/number-words.js'
import {laneName} from '../show/run-words.js'
import {TELEMETRY_UNITS, type TelemetryName} from '../telemetry/ports.js'
import type {Lane, ReportedRun} from './read-report.js'
import type {Subject} from './subjects.js'

/** More cells than these have names too close to read. */
const MOST_BANDS = 8

/** Failures a second of each class, as the run went on: a chart a target that had any. */
export function errorCharts(subjects: readonly Subject[]): readonly Chart[] {
  return subjects.flatMap(({cells, name, run}) => {
    const courses = cells.flatMap(({cell}) => {
      const series = run.series.get(cell)
      return series ? [{series, at: run.starts.get(cell) ?? 0}] : []
    })
    const classes = [...new Set(courses.flatMap(({series}) => [...series.errorsOverTime.keys()]))]
    if (classes.length === 0) return []
    const end = Math.max(...courses.map(({at, series}) => at + series.lengthMs)) / 1000
    return [
      {
        title: `Failures over time, ${name}`,
        x: {label: 'Seconds since the run began', unit: 's', scale: 'linear', min: 0, max: end},
        y: {label: 'Failures a second', unit: '/s', scale: 'linear'},
        series: classes.map((error) => ({
          id: error,
          name: error,
          // Each cell begins and ends on the ground: nothing is said of the time between two of them.
          points: courses.flatMap(({at, series}) =>
            [{x: 0, y: 0}, ...(series.errorsOverTime.get(error) ?? []), {x: series.lengthMs, y: 0}].map(({x, y}) => ({
              x: (at + x) / 1000,
              y,
            })),
          ),
        })),
        crossings: [],
        description: `Classes of failure: ${classes.join(', ')}.`,
      },
    ]
  })
}

const GPU: readonly TelemetryName[] = ['utilization', 'memory-used', 'memory-share', 'power', 'sm-clock', 'temperature']
const SERVER: readonly TelemetryName[] = [
  'running',
  'queue',
  'kv-cache',
  'generation-tokens',
  'prefix-hit-rate',
  'preemptions',
]

/** What devices and servers told, under one another over one time axis. */
export function laneFigures({lanes, series, starts, summary}: ReportedRun): readonly ChartPanels[] {
  const end = Math.max(0, ...lanes.flatMap(({points}) => points.map(({x}) => x))) / 1000
  if (end === 0) return []
  const bands = bandsOf({lanes, series, starts, summary})
  const groups = [
    {title: 'Devices', metrics: GPU},
    {title: 'Servers', metrics: SERVER},
  ]
  return groups.flatMap(({metrics, title}) => {
    const own = lanes.filter(({metric}) => (metrics as readonly string[]).includes(metric))
    const devices = [...new Map(own.map((lane) => [deviceName(lane), lane])).keys()]
    const shown = metrics.filter((metric) => own.some((lane) => lane.metric === metric))
    if (shown.length === 0) return []
    const panels = shown.map((metric) => panelOf(metric, own, devices, {end, bands}))
    return [
      {
        title,
        note: title === 'Devices' ? 'utilisation: share of time in which any kernel ran.' : undefined,
        panels,
        description: summary.telemetry.flatMap(laneWords).join(' '),
      },
    ]
  })
}

function panelOf(
  metric: TelemetryName,
  lanes: readonly Lane[],
  devices: readonly string[],
  {bands, end}: {readonly bands: readonly ChartBand[]; readonly end: number},
): Chart {
  const unit = TELEMETRY_UNITS[metric]
  return {
    title: laneName(metric),
    x: {label: 'Seconds since the run began', unit: 's', scale: 'linear', min: 0, max: end},
    y: {label: `${laneName(metric)} (${unit})`, unit, scale: 'linear'},
    series: devices.map((device) => ({
      id: device,
      name: device,
      points: lanes
        .filter((lane) => lane.metric === metric && deviceName(lane) === device)
        .flatMap(({points}) => points.map(({x, y}) => ({x: x / 1000, y}))),
    })),
    crossings: [],
    bands,
  }
}

function deviceName({device, source}: Lane): string {
  return `${source} ${device}`.trim()
}

function laneWords({device, lanes, name, source}: ReportedRun['summary']['telemetry'][number]): readonly string[] {
  return lanes.map(
    ({max, mean, metric, unit}) =>
      `${name ?? source} ${device}: ${laneName(metric)} ${numberText(mean)} ${unit} on average, at most ${numberText(max)}.`,
  )
}

/** Which cell ran when, where there are few enough to name. */
function bandsOf({series, starts, summary}: ReportedRun): readonly ChartBand[] {
  if (summary.cells.length > MOST_BANDS) return []
  return summary.cells.flatMap(({cell, label, target}, index) => {
    const [from, length] = [starts.get(cell), series.get(cell)?.lengthMs]
    if (from === undefined || length === undefined) return []
    const name = summary.targets[target]?.name ?? ''
    return [
      {
        from: from / 1000,
        to: (from + length) / 1000,
        label: index % 2 === 0 || summary.cells.length < 5 ? `${name}, ${label}` : '',
      },
    ]
  })
}

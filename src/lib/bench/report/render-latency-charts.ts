import type {Chart, ChartSeries} from '../../output/chart/chart.js'
import type {Objectives} from '../metrics/summary.schema.js'
import {givenText, lengthText} from '../show/number-words.js'
import {type CellSeries, cumulative, pooled} from './cell-series.js'
import {labelsOf, type Subject, seriesAt, someLabels} from './subjects.js'

type Metric = 'ttft' | 'tpot' | 'e2e'

const NAMES = {ttft: 'TTFT', tpot: 'TPOT', e2e: 'E2E'} as const
const OBJECTIVES = {ttft: 'ttftMs', tpot: 'tpotMs', e2e: 'e2eMs'} as const
/** Levels with charts of their own: what lies between them is in the tables. */
const MOST_LEVELS = 4
/** Of a chart of which there are several a level, as a part of its width. */
const HEIGHT = 0.34
/** Lines of one chart: beyond these they are not told apart. */
const MOST_LINES = 8
/** The slowest thousandth may take a hundred times as long: a linear axis would show nothing else. */
const WIDE = 30

/** How latencies are distributed: a line a target, repeats of a level together. */
export function distributionCharts(subjects: readonly Subject[]): readonly Chart[] {
  const labels = labelsOf(subjects)
  if (labels.length > MOST_LEVELS) return subjects.flatMap((subject) => byLevel(subject, labels))
  const metrics: readonly Metric[] = ['ttft', 'tpot', 'e2e']
  return labels.flatMap((label) =>
    metrics.flatMap((metric) => {
      const lines = subjects.flatMap((subject) => {
        const own = pooled(seriesAt(subject, label).map((series) => series[metric]))
        return own.length === 0 ? [] : [{name: subject.name, hue: subject.hue, sorted: own}]
      })
      const open = metric !== 'tpot' && subjects.some((subject) => seriesAt(subject, label).some(isOpen))
      return cumulativeChart(`${NAMES[metric]}, ${label}`, lines, {metric, open, slo: subjects[0]?.run.summary.slo})
    }),
  )
}

function byLevel(subject: Subject, labels: readonly string[]): readonly Chart[] {
  const lines = someLabels(labels, MOST_LINES).flatMap((label, hue) => {
    const own = pooled(seriesAt(subject, label).map(({ttft}) => ttft))
    return own.length === 0 ? [] : [{name: label, hue, sorted: own}]
  })
  const open = labels.some((label) => seriesAt(subject, label).some(isOpen))
  return cumulativeChart(`TTFT by level, ${subject.name}`, lines, {metric: 'ttft', open, slo: subject.run.summary.slo})
}

function isOpen({fromSchedule}: CellSeries): boolean {
  return fromSchedule
}

function cumulativeChart(
  title: string,
  lines: readonly {readonly name: string; readonly hue: number; readonly sorted: Float64Array}[],
  {metric, open, slo}: {readonly metric: Metric; readonly open: boolean; readonly slo: Objectives | null | undefined},
): readonly Chart[] {
  const ends = lines.flatMap(({sorted}) => [sorted.find((value) => value > 0) ?? 1, sorted.at(-1) ?? 1])
  if (ends.length === 0) return []
  const bound = slo?.[OBJECTIVES[metric]] ?? null
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const reach = bound !== null && bound < most * 10 && bound > least / 10 ? [bound] : []
  return [
    {
      title,
      note: open ? 'From the moment a request was due, waiting in the client included.' : undefined,
      x: {
        label: `${NAMES[metric]}${metric === 'tpot' ? ' (ms per token)' : ''}`,
        unit: 'ms',
        scale: 'log',
        min: Math.min(least, ...reach) * 0.95,
        max: Math.max(most, ...reach) * 1.05,
      },
      y: {label: 'Share of answers at or below', unit: 'share', scale: 'linear'},
      height: HEIGHT,
      series: lines.map(({hue, name, sorted}) => ({id: name, name, hue, points: cumulative(sorted)})),
      crossings: [],
      rules: bound === null ? [] : [{axis: 'x', at: bound, label: `objective ${givenText(bound)} ms`}],
      description: lines.map((line) => distributionWords(line)).join(' '),
    },
  ]
}

function distributionWords({name, sorted}: {readonly name: string; readonly sorted: Float64Array}): string {
  const at = (share: number) => lengthText(sorted[Math.round(share * (sorted.length - 1))] ?? 0)
  return `${name}: half within ${at(0.5)}, 99 of 100 within ${at(0.99)}, ${sorted.length.toLocaleString('en-US')} answers.`
}

/** TTFT as the run went on: requests as specks, their median and p99 as lines; a chart a level. */
export function timeCharts(subjects: readonly Subject[]): readonly Chart[] {
  return someLabels(labelsOf(subjects), MOST_LEVELS).flatMap((label) => {
    const cells = subjects.flatMap((subject) =>
      seriesAt(subject, label).map((series, repeat) => ({subject, series, repeat})),
    )
    const drawn = cells.slice(0, MOST_LINES / 2)
    const lines = drawn.flatMap(({repeat, series, subject}) =>
      lineOf(subject, series, repeat, cells.length > subjects.length),
    )
    const lengths = drawn.map(({series}) => series.lengthMs / 1000)
    if (lengths.length === 0) return []
    const values = lines.flatMap(({points}) => points.map(({y}) => y)).filter((value) => value > 0)
    const warm = warmUpOf(subjects, label)
    return [
      {
        title: `TTFT over time, ${label}`,
        note: cells.length > drawn.length ? `${cells.length - drawn.length} more repeats are not drawn.` : undefined,
        x: {
          label: 'Seconds since the first request of the level',
          unit: 's',
          scale: 'linear',
          min: 0,
          max: Math.max(...lengths),
        },
        y: {label: 'TTFT', unit: 'ms', scale: Math.max(...values) > Math.min(...values) * WIDE ? 'log' : 'linear'},
        series: lines,
        crossings: [],
        bands: warm > 0 ? [{from: 0, to: warm / 1000, label: 'warm-up'}] : [],
        rules: objectiveRule(subjects),
        description: 'Whether it was settled: a level line is; one that climbs is a queue that grows.',
      } satisfies Chart,
    ]
  })
}

function lineOf({hue, name}: Subject, series: CellSeries, repeat: number, told: boolean): readonly ChartSeries[] {
  const own = told ? `${name}, repeat ${repeat + 1}` : name
  const points = (of: 'p50' | 'p99') => series.ttftOverTime.map((bucket) => ({x: bucket.atMs / 1000, y: bucket[of]}))
  const cloud = series.ttftCloud.map(({x, y}) => ({x: x / 1000, y}))
  return [
    {id: `${own} p50`, name: `${own}, p50`, hue, points: points('p50'), cloud},
    {id: `${own} p99`, name: `${own}, p99`, hue, points: points('p99'), dashed: true},
  ]
}

function warmUpOf(subjects: readonly Subject[], label: string): number {
  const cells = subjects.flatMap((subject) => subject.cells).filter((cell) => cell.label === label)
  return Math.max(0, ...cells.filter(({counts}) => counts.warmUp > 0).map(({window}) => window.fromMs))
}

function objectiveRule(subjects: readonly Subject[]): Chart['rules'] {
  const bound = subjects[0]?.run.summary.slo?.ttftMs ?? null
  return bound === null ? [] : [{axis: 'y', at: bound, label: `objective ${givenText(bound)} ms`}]
}

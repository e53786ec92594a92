import type {Chart, ChartInterval, ChartSeries} from '../../output/chart/chart.js'
import type {CellSummary, Distribution} from '../metrics/summary.schema.js'
import {numberText} from '../show/number-words.js'
import {labelsOf, type Subject} from './subjects.js'

/** A level of a subject: the mean of its repeats, and from the least to the largest that any of them may be. */
interface Measured {
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
}

type ValueOf = (
  cell: CellSummary,
) => {readonly value: number; readonly low?: number | null; readonly high?: number | null} | undefined

/** What more load costs in latency: as many points as there are levels. Nothing of one level. */
export function loadCharts(subjects: readonly Subject[]): readonly Chart[] {
  if (labelsOf(subjects).length < 2) return []
  const throughput: ValueOf = ({throughput: {outputTokensPerSecond}}) => ({value: outputTokensPerSecond})
  const rate: ValueOf = ({throughput: {requestsPerSecond}}) => ({value: requestsPerSecond})
  const ttft =
    (key: '50' | '99'): ValueOf =>
    (cell) =>
      percentile(cell.fromSchedule?.ttft ?? cell.ttft, key)
  const perUser: ValueOf = (cell) => (cell.perUser ? {value: cell.perUser.tokensPerSecondP50} : undefined)
  return [
    curve(
      'Latency against throughput',
      subjects,
      rate,
      [
        ['p50', ttft('50'), false],
        ['p99', ttft('99'), true],
      ],
      {x: 'Requests answered a second', y: 'TTFT', unit: 'ms'},
    ),
    curve('What each user gets of the whole', subjects, throughput, [['', perUser, false]], {
      x: 'Output tokens a second, of all users',
      y: 'Output tokens a second, of each user (median)',
      unit: 'tokens/s',
    }),
  ].flatMap((chart) => chart ?? [])
}

/** Requests that met all objectives against what was asked for. Nothing without objectives or of one level. */
export function goodputCharts(subjects: readonly Subject[]): readonly Chart[] {
  const cells = subjects.flatMap((subject) => subject.cells)
  if (labelsOf(subjects).length < 2 || cells.every(({goodput}) => goodput === null)) return []
  const kinds = new Set(cells.map(({level}) => level.kind))
  if (kinds.size !== 1 || cells.some(({level}) => level.value === null)) return []
  const asked: ValueOf = ({level}) => (level.value === null ? undefined : {value: level.value})
  const good: ValueOf = ({goodput}) => (goodput ? {value: goodput.requestsPerSecond} : undefined)
  const all: ValueOf = ({throughput}) => ({value: throughput.requestsPerSecond})
  const chart = curve(
    'Goodput against load',
    subjects,
    asked,
    [
      ['met all objectives', good, false],
      ['answered', all, true],
    ],
    {
      x: kinds.has('rate') ? 'Requests asked for a second' : 'Users at once',
      y: 'Requests a second',
      unit: 'requests/s',
    },
  )
  return chart ? [chart] : []
}

function curve(
  title: string,
  subjects: readonly Subject[],
  x: ValueOf,
  lines: readonly (readonly [name: string, y: ValueOf, dashed: boolean])[],
  words: {readonly x: string; readonly y: string; readonly unit: string},
): Chart | undefined {
  const series = subjects.flatMap((subject) =>
    lines.flatMap(([name, y, dashed]): readonly ChartSeries[] => {
      const points = measuredPoints(subject, x, y)
      if (points.length === 0) return []
      const own = name === '' ? subject.name : `${subject.name}, ${name}`
      const intervals: readonly ChartInterval[] = points.filter(({high, low}) => high > low)
      return [{id: own, name: own, hue: subject.hue, dashed, dots: true, points, intervals}]
    }),
  )
  const xs = series.flatMap(({points}) => points.map((point) => point.x)).filter((value) => value > 0)
  if (xs.length < 2) return undefined
  const [least, most] = [Math.min(...xs), Math.max(...xs)]
  const ys = series.flatMap(({points}) => points.map((point) => point.y)).filter((value) => value > 0)
  const spread = ys.length > 0 && Math.max(...ys) > Math.min(...ys) * 30
  const wide = most > least * 20
  return {
    title,
    x: {label: words.x, unit: '', scale: wide ? 'log' : 'linear', min: wide ? least * 0.9 : 0, max: most * 1.04},
    y: {label: words.y, unit: words.unit, scale: spread ? 'log' : 'linear'},
    series,
    crossings: [],
    description: series.map(({name, points}) => `${name}: ${pointWords(points)}.`).join(' '),
  }
}

function pointWords(points: ChartSeries['points']): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return 'nothing'
  return `${numberText(first.y)} at ${numberText(first.x)}, ${numberText(last.y)} at ${numberText(last.x)}`
}

function percentile(distribution: Distribution | null, key: '50' | '99'): ReturnType<ValueOf> {
  return distribution?.p[key]
}

/** A point a level. The chart joins them in order of x: where throughput falls again past saturation, by throughput. */
function measuredPoints({cells}: Subject, x: ValueOf, y: ValueOf): readonly Measured[] {
  const labels = [...new Set(cells.map(({label}) => label))]
  return labels.flatMap((label) => {
    const own = cells.filter((cell) => cell.label === label)
    const xs = own.flatMap((cell) => x(cell)?.value ?? [])
    const ys = own.flatMap((cell) => y(cell) ?? [])
    if (xs.length === 0 || ys.length === 0) return []
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    return [
      {
        x: mean(xs),
        y: mean(ys.map(({value}) => value)),
        low: Math.min(...ys.map(({low, value}) => low ?? value)),
        high: Math.max(...ys.map(({high, value}) => high ?? value)),
      },
    ]
  })
}

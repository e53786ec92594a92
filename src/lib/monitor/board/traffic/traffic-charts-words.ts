import type {Chart, ChartSeries} from '../../../output/chart/chart.js'
import {lineChart} from '../../../output/chart/line-chart.js'
import type {SpanLine} from '../../span.js'
import {toWidth} from '../../text-width.js'
import type {TrafficRow} from '../data.js'
import type {Room} from '../view.js'
import {failedOf, requestsOf} from './figures.js'
import type {TrafficMinute} from './traffic.schema.js'
import {minuteText} from './traffic-words.js'

/** Two charts stand side by side from this width on; a chart alone is no wider than it needs. */
const SIDE_BY_SIDE = 120
const GAP = 3
/** Rows of a plot, by the rows of the screen. */
const FEWEST_ROWS = 5
const MOST_ROWS = 12
/** Minutes that are drawn, by the width. */
const WIDE = 90
const MINUTES = {narrow: 60, wide: 180} as const
/** Fewer are drawn where there is no more to draw. */
const FEWEST_MINUTES = 15

type Line = readonly [name: string, fieldOf: (minute: TrafficMinute) => number | null]

interface Drawn {
  readonly title: string
  readonly label: string
  readonly unit: string
  readonly lines: readonly Line[]
  /** A minute in which nothing was counted is 0, not a gap. */
  readonly isCount: boolean
}

const CHARTS: readonly Drawn[] = [
  {
    title: 'Requests',
    label: 'a minute',
    unit: '',
    isCount: true,
    lines: [
      ['all', requestsOf],
      ['throttled', ({throttles}) => throttles],
      ['failed', failedOf],
    ],
  },
  {
    title: 'Tokens',
    label: 'a minute',
    unit: '',
    isCount: true,
    lines: [
      ['input', ({input}) => input],
      ['output', ({output}) => output],
      ['read from cache', ({cacheRead}) => cacheRead],
    ],
  },
  {
    title: 'Whole answer',
    label: 'of each minute',
    unit: 'ms',
    isCount: false,
    lines: [
      ['p50', ({latencyP50}) => latencyP50],
      ['p99', ({latencyP99}) => latencyP99],
    ],
  },
  {
    title: 'First token (streams)',
    label: 'of each minute',
    unit: 'ms',
    isCount: false,
    lines: [
      ['p50', ({ttftP50}) => ttftP50],
      ['p99', ({ttftP99}) => ttftP99],
    ],
  },
]

/** Charts of what a row came to up to a minute; what no metric told is not drawn, and a chart of nothing is left out. */
export function trafficCharts(row: TrafficRow, last: number, room: Room): readonly SpanLine[] {
  const columns = room.columns >= SIDE_BY_SIDE ? Math.floor((room.columns - GAP) / 2) : room.columns
  const known = last - (row.minutes[0]?.minute ?? last) + 1
  const count = Math.min(columns >= WIDE ? MINUTES.wide : MINUTES.narrow, Math.max(FEWEST_MINUTES, known))
  const rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.floor(room.rows / 4) - FEWEST_ROWS))
  const drawn = CHARTS.flatMap((one) => {
    const chart = chartOf(one, row, {last, count})
    if (!chart) return []
    const terminal = {width: columns, color: false, interactive: true, unicode: room.unicode}
    return [lineChart(chart, terminal, {rows}).split('\n')]
  })
  if (columns === room.columns) return drawn.flatMap((lines) => [...lines.map((text) => [{text}]), []])
  return pairs(drawn).flatMap(([left, right]) => [...sideBySide(left, right, columns), []])
}

function chartOf(
  {isCount, label, lines, title, unit}: Drawn,
  {minutes}: TrafficRow,
  {count, last}: {readonly count: number; readonly last: number},
): Chart | undefined {
  const first = last - count + 1
  const shown = minutes.filter(({minute}) => minute >= first && minute <= last)
  const series = lines.flatMap(([name, fieldOf]): readonly ChartSeries[] => {
    const told = new Map(shown.flatMap((one) => pointAt(one.minute, fieldOf(one))))
    const isNothing = [...told.values()].every((value) => value === 0)
    if (told.size === 0 || (isNothing && name !== lines[0]?.[0])) return []
    const times = isCount ? Array.from({length: count}, (_, at) => first + at) : [...told.keys()]
    const begin = minutes[0]?.minute ?? first
    const points = times.filter((minute) => minute >= begin).map((x) => ({x: x - last, y: told.get(x) ?? 0}))
    return [{id: name, name, points}]
  })
  if (series.length === 0) return undefined
  return {
    title,
    x: {label: `minutes before ${minuteText(last)} UTC`, unit: '', scale: 'linear', min: 1 - count, max: 0},
    y: {label, unit, scale: 'linear'},
    series,
    crossings: [],
  }
}

function pointAt(minute: number, value: number | null): readonly (readonly [number, number])[] {
  return value === null ? [] : [[minute, value]]
}

function pairs<Item>(items: readonly Item[]): readonly (readonly [Item, Item | undefined])[] {
  return items.flatMap((item, index) => (index % 2 === 0 ? [[item, items[index + 1]] as const] : []))
}

function sideBySide(left: readonly string[], right: readonly string[] | undefined, width: number): readonly SpanLine[] {
  if (right === undefined) return left.map((text) => [{text}])
  return Array.from({length: Math.max(left.length, right.length)}, (_, index) => [
    {text: `${toWidth(left[index] ?? '', width + GAP)}${right[index] ?? ''}`},
  ])
}

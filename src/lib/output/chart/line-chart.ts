import {cleanCell} from '../paint-codes.js'
import {paint} from '../style.js'
import type {Terminal} from '../terminal.js'
import {widthOf, wrapText} from '../wrap.js'
import {axisLabel} from './axis-label.js'
import type {Axis, Chart} from './chart.js'
import {drawPlot, isCrossing, type Plot, type PlotCell, type PlotSize} from './draw-plot.js'
import {formatAmount} from './format-amount.js'
import {chartLegend} from './line-chart-legend.js'
import {type PlotWindow, plotWindow} from './plot-window.js'
import {paintSeries} from './series-marks.js'

/** Narrower than this, lines cannot be told apart. */
const NARROWEST = 40
const WIDEST = 140
/** Off a terminal nothing is wrapped, but a chart must have some width. */
const OFF_TERMINAL = 100
const FEWEST_ROWS = 12
const MOST_ROWS = 26
const COLUMNS_PER_ROW = 4
const ROWS_PER_TICK = 3
const COLUMNS_PER_TICK = 12

/** What the parts of one chart share. */
interface Frame {
  readonly chart: Chart
  readonly window: PlotWindow
  readonly plot: Plot
  readonly size: PlotSize
  /** Columns to the left of the axis. */
  readonly gutter: number
  readonly terminal: Terminal
}

/**
 * The chart as lines of text, none wider than the terminal: title, plot, axes, legend. `rows` are those of the plot
 * alone; it has as many as go with its width unless given.
 */
export function lineChart(chart: Chart, terminal: Terminal, {rows}: {readonly rows?: number} = {}): string {
  const wrap = (text: string) => wrapText(cleanCell(text, false), terminal.width)
  const head = [
    ...wrap(chart.title).map((line) => paint('strong', line, terminal)),
    ...(chart.note === undefined ? [] : wrap(chart.note).map((line) => paint('faint', line, terminal))),
  ]
  if (terminal.width < NARROWEST) return [...head, ...wrap(`A chart needs ${NARROWEST} columns.`)].join('\n')
  const width = Number.isFinite(terminal.width) ? Math.min(terminal.width, WIDEST) : OFF_TERMINAL
  const frame = frameOf(chart, width, terminal, rows)
  const axisName = (axis: Axis) => wrapText(cleanCell(axisLabel(axis), false), width)
  return [
    ...head,
    '',
    ...axisName(chart.y).map((line) => paint('faint', line, terminal)),
    ...plotLines(frame),
    ...xAxis(frame),
    ...axisName(chart.x).map((line) => paint('faint', centre(line, frame.gutter, width), terminal)),
    '',
    ...chartLegend(chart, frame.plot, terminal, width),
  ].join('\n')
}

function frameOf(chart: Chart, width: number, terminal: Terminal, given: number | undefined): Frame {
  const window = plotWindow(chart)
  const rows = given ?? Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.round(width / COLUMNS_PER_ROW)))
  const labels = valueTicks(window, rows).map((value) => formatAmount(value, chart.y.unit))
  const gutter = Math.max(0, ...labels.map(widthOf)) + 1
  const size = {columns: width - gutter - 1, rows}
  return {chart, window, plot: drawPlot(chart, window, size, terminal.unicode), size, gutter, terminal}
}

function valueTicks({y}: PlotWindow, rows: number): readonly number[] {
  return y.ticks(Math.max(2, Math.floor(rows / ROWS_PER_TICK)))
}

function plotLines({chart, window, plot, size, gutter, terminal}: Frame): string[] {
  const labels = new Map(
    valueTicks(window, size.rows).map((value) => [
      plot.cellAt({x: 0, y: window.y.share(value) ?? 0}).row,
      formatAmount(value, chart.y.unit),
    ]),
  )
  return Array.from({length: size.rows}, (_, row) => {
    const label = labels.get(row)
    const tick = label === undefined ? (terminal.unicode ? '│' : '|') : terminal.unicode ? '┤' : '+'
    const cells = Array.from({length: size.columns}, (_, column) => cellText(plot.cell(column, row), terminal))
    return `${(label ?? '').padStart(gutter - 1)} ${tick}${cells.join('')}`.trimEnd()
  })
}

function cellText(cell: PlotCell | undefined, terminal: Terminal): string {
  if (!cell) return ' '
  return isCrossing(cell) ? paint('strong', cell.text, terminal) : paintSeries(cell.owner, cell.text, terminal)
}

/** The line with its ticks and the numbers below it, as many as stand apart. */
function xAxis({chart, window, plot, size: {columns}, gutter, terminal: {unicode}}: Frame): string[] {
  const line = Array<string>(columns).fill(unicode ? '─' : '-')
  const end = gutter + 1 + columns
  let numbers = ''
  for (const value of window.x.ticks(Math.max(2, Math.floor(columns / COLUMNS_PER_TICK)))) {
    const {column} = plot.cellAt({x: window.x.share(value) ?? 0, y: 0})
    const text = formatAmount(value, chart.x.unit)
    const start = Math.min(end - text.length, Math.max(0, gutter + 1 + column - Math.floor(text.length / 2)))
    if (numbers !== '' && start < numbers.length + 2) continue
    line[column] = unicode ? '┬' : '+'
    numbers = numbers.padEnd(start) + text
  }
  return [`${' '.repeat(gutter)}${unicode ? '└' : '+'}${line.join('')}`, numbers]
}

/** In the middle of what lies to the right of the gutter, as far as it fits there. */
function centre(line: string, gutter: number, width: number): string {
  const blank = width - widthOf(line)
  return ' '.repeat(Math.min(blank, Math.max(0, Math.floor((blank + gutter) / 2)))) + line
}

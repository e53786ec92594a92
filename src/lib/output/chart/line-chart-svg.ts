import {axisLabel} from './axis-label.js'
import type {Chart} from './chart.js'
import {CHART_STYLE} from './chart-style.js'
import {formatAmount} from './format-amount.js'
import {MOST_SERIES, markOf} from './series-marks.js'
import type {PlotBox} from './svg-annotations.js'
import {markAt, strokeOf, svgMark, svgPlot, valueLabelWidth} from './svg-plot.js'
import {escapeXml, px, textLines} from './svg-text.js'

/** How a chart stands alone or in a page, where ids differ from chart to chart. */
export interface SvgOptions {
  readonly id: string
  readonly width: number
  /** Empty where the page has the rules. */
  readonly style: string
  /** Where the page has a table of the crossings, their words need not stand under the chart. */
  readonly crossingWords: boolean
}

const WIDTH = 760
const MARGIN = 16
const LINE_HEIGHT = 18
const TEXT_SIZE = 12
const TITLE_SIZE = 16
const TITLE_HEIGHT = 22
const PLOT_SHARE = 0.46
const LEAST_HEIGHT = 250
/** For charts that ask to be low. */
const LEAST_LOW = 170
const LEGEND_INDENT = 62
/** Under the plot: the numbers of its axis, and its name. */
const AXIS_HEIGHT = 48

/** The chart as a file of its own, light or dark as the reader has it; the same chart is always the same text. */
export function lineChartSvg(chart: Chart): string {
  return `${chartSvg(chart, {id: 'chart', width: WIDTH, style: CHART_STYLE, crossingWords: true})}\n`
}

/** The chart as an `svg` element of a page. */
export function chartSvg(chart: Chart, {crossingWords, id, style, width}: SvgOptions): string {
  const inner = width - 2 * MARGIN
  const parts: string[] = []
  let y = MARGIN
  const write = (lines: readonly string[], className: string, height: number, x = MARGIN) => {
    for (const line of lines) {
      y += height
      parts.push(`<text class="${className}" x="${px(x)}" y="${px(y)}" dy="-5">${escapeXml(line)}</text>`)
    }
  }
  write(textLines(chart.title, TITLE_SIZE, inner), 'title', TITLE_HEIGHT)
  if (chart.note !== undefined) write(textLines(chart.note, TEXT_SIZE, inner), 'soft', LINE_HEIGHT)
  y += 8
  write(textLines(axisLabel(chart.y), TEXT_SIZE, inner), 'soft', LINE_HEIGHT)
  const box = plotBox(chart, y + 10, width)
  parts.push(svgPlot(chart, box))
  y = box.top + box.height + AXIS_HEIGHT - LINE_HEIGHT
  write(textLines(axisLabel(chart.x), TEXT_SIZE, box.width), 'soft middle', LINE_HEIGHT, box.left + box.width / 2)
  y += 10
  for (const [index, {name, dashed}] of chart.series.slice(0, MOST_SERIES).entries()) {
    const mark = markAt(chart, index)
    parts.push(`<path ${strokeOf(mark, dashed === true)} d="M${MARGIN} ${px(y + 9)}h36"/>`)
    parts.push(svgMark(mark, {x: MARGIN + 18, y: y + 9}))
    write(textLines(name, TEXT_SIZE, inner - LEGEND_INDENT + MARGIN), '', LINE_HEIGHT, LEGEND_INDENT)
    y += 3
  }
  y += 4
  write(notDrawn(chart), 'soft', LINE_HEIGHT)
  for (const [index, {label}] of (crossingWords ? chart.crossings : []).entries()) {
    parts.push(`<text class="number" x="${MARGIN + 18}" y="${px(y + LINE_HEIGHT)}" dy="-5">${index + 1}</text>`)
    write(textLines(label, TEXT_SIZE, inner - LEGEND_INDENT + MARGIN), '', LINE_HEIGHT, LEGEND_INDENT)
  }
  const height = Math.ceil(y + MARGIN)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title id="${id}-title">${escapeXml(chart.title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(describe(chart))}</desc>`,
    ...(style === '' ? [] : [`<style>${style}</style>`]),
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...parts,
    '</svg>',
  ].join('\n')
}

function plotBox(chart: Chart, top: number, width: number): PlotBox {
  const height = Math.round(
    chart.height === undefined ? Math.max(LEAST_HEIGHT, width * PLOT_SHARE) : Math.max(LEAST_LOW, width * chart.height),
  )
  const left = MARGIN + valueLabelWidth(chart, height) + 8
  return {left, top, width: width - left - MARGIN - 8, height}
}

function notDrawn({series}: Chart): readonly string[] {
  const left = series.length - MOST_SERIES
  return left > 0 ? [`${left} more ${left === 1 ? 'line is' : 'lines are'} not drawn.`] : []
}

/** What the picture says, for those who hear it. */
function describe({description, note, x, y, series, crossings}: Chart): string {
  const lines = series.slice(0, MOST_SERIES).map(({name}, index) => `${markOf(index)}: ${name}`)
  const places = crossings.map(({label}, index) => `${index + 1}: ${label}`)
  return [
    `Line chart of ${y.label} over ${x.label}, from ${formatAmount(x.min, x.unit)} to ${formatAmount(x.max, x.unit)}.`,
    note === undefined ? '' : `${note}.`,
    `Lines: ${lines.join('; ')}.`,
    description ?? (places.length > 0 ? `Crossings: ${places.join('; ')}.` : 'No lines cross here.'),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

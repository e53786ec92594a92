import type {Chart, ChartSeries} from './chart.js'
import {dashOf, HUE_COUNT} from './chart-style.js'
import {formatAmount} from './format-amount.js'
import {type PlotPoint, type PlotWindow, placeIn, plotWindow} from './plot-window.js'
import {MOST_SERIES, markOf} from './series-marks.js'
import {type PlotBox, svgBands, svgCloud, svgMeasured, svgRules} from './svg-annotations.js'
import {px, textWidth} from './svg-text.js'
import {traceSeries} from './trace-series.js'

const SAMPLES = 120
const TICK_HEIGHT = 45
const TICK_WIDTH = 85
const LABEL_SIZE = 12
/** Marks and numbers keep at least this distance from each other. */
const APART = 19
/** Where along a line its letter is tried, as parts of the width. */
const MARK_TRIES = 24
const MARKS_PER_LINE = 2
/** A crossing's number stands at one of these distances from its point, above it where there is room. */
const RINGS = [11, 22, 34, 48]
const ANGLES = [-90, 90, 0, 180, -45, -135, 45, 135].map((degrees) => (degrees * Math.PI) / 180)
/** A number may have two digits: it needs more room to its sides than above and below. */
const WIDER = 1.5
/** From the middle of a digit down to the line it stands on. */
const HALF_DIGIT = 4.5

/** What the labels of the value axis need to its left. */
export function valueLabelWidth(chart: Chart, height: number): number {
  const window = plotWindow(chart)
  const labels = window.y.ticks(rowTicks(height)).map((value) => formatAmount(value, chart.y.unit))
  return Math.max(0, ...labels.map((label) => textWidth(label, LABEL_SIZE)))
}

/** What of a plot another part of the picture has: the numbers of the x axis, the letters on the lines. */
export interface PlotParts {
  readonly xNumbers: boolean
  readonly marks: boolean
}

/** Grid, axes, lines, letters and crossings, as elements of an SVG. */
export function svgPlot(chart: Chart, box: PlotBox, parts: PlotParts = {xNumbers: true, marks: true}): string {
  const window = plotWindow(chart)
  const onPaper = ({x, y}: PlotPoint): PlotPoint => ({x: box.left + x * box.width, y: box.top + (1 - y) * box.height})
  const lines = chart.series
    .slice(0, MOST_SERIES)
    .map(({points}) => traceSeries(points, window, SAMPLES).map((run) => run.map(onPaper)))
  const crossings = chart.crossings.flatMap((crossing, index) => {
    const place = placeIn(window, crossing)
    return place ? [{number: index + 1, at: onPaper(place)}] : []
  })
  const taken: PlotPoint[] = crossings.map(({at}) => at)
  return [
    ...svgBands(chart, window, box),
    ...gridLines(chart, window, box, parts.xNumbers),
    ...chart.series.slice(0, MOST_SERIES).flatMap((line, index) => svgCloud(line, hueOf(line, index), window, box)),
    ...svgRules(chart, window, box),
    ...lines.map((runs, index) => linePath(runs, index, chart.series[index])),
    ...chart.series.slice(0, MOST_SERIES).flatMap((line, index) => svgMeasured(line, hueOf(line, index), window, box)),
    ...crossings.map(({at}) => `<circle class="point" cx="${px(at.x)}" cy="${px(at.y)}" r="4"/>`),
    ...crossings.map(({number, at}) => crossingNumber(number, at, box, taken)),
    ...(parts.marks ? lines : []).flatMap((runs, index) =>
      lineMarks(runs.flat(), markAt(chart, index), lines.length, box, taken),
    ),
  ].join('\n')
}

/** A line's place among the lines, and its colour. */
export interface LineMark {
  readonly index: number
  readonly hue: number
}

/** The mark of a line of the chart. */
export function markAt({series}: Chart, index: number): LineMark {
  return {index, hue: hueOf(series[index], index)}
}

/** The number of a line's colour. */
function hueOf(line: ChartSeries | undefined, index: number): number {
  return (line?.hue ?? index) % HUE_COUNT
}

/** A letter in its disc, as on a line and in the legend. */
export function svgMark({hue, index}: LineMark, {x, y}: PlotPoint): string {
  return `<circle class="disc h${hue}" cx="${px(x)}" cy="${px(y)}" r="8"/><text class="mark t${hue}" x="${px(x)}" y="${px(y + 4)}">${markOf(index)}</text>`
}

/** The stroke of a line, as attributes. */
export function strokeOf({hue, index}: LineMark, dashed: boolean): string {
  const dash = dashOf(index, dashed)
  return `class="line h${hue}${dashed ? ' dots' : ''}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`
}

function linePath(runs: readonly (readonly PlotPoint[])[], index: number, line: ChartSeries | undefined): string {
  // A run of one point is a dot: a stroke of no length, which round ends make visible.
  const steps = runs.map((run) => {
    const places = [...new Set(run.map(({x, y}) => `${px(x)} ${px(y)}`))]
    return `M${places.join('L')}${places.length === 1 ? 'h.1' : ''}`
  })
  return steps.length === 0
    ? ''
    : `<path ${strokeOf({index, hue: hueOf(line, index)}, line?.dashed === true)} d="${steps.join('')}"/>`
}

function gridLines(chart: Chart, {x, y}: PlotWindow, {left, top, width, height}: PlotBox, xNumbers: boolean): string[] {
  const bottom = top + height
  const rows = y.ticks(rowTicks(height)).map((value) => {
    const at = px(bottom - (y.share(value) ?? 0) * height)
    const label = `<text class="soft end" x="${px(left - 8)}" y="${at}" dy="4">${formatAmount(value, chart.y.unit)}</text>`
    return `<path class="grid" d="M${px(left)} ${at}h${px(width)}"/>${label}`
  })
  const columns = x.ticks(Math.max(2, Math.floor(width / TICK_WIDTH)))
  const numbers = apart(
    columns.map((value) => ({
      value,
      at: left + (x.share(value) ?? 0) * width,
      text: formatAmount(value, chart.x.unit),
    })),
  )
  const lines = columns.map((value) => {
    const at = px(left + (x.share(value) ?? 0) * width)
    return `<path class="grid" d="M${at} ${px(top)}v${px(height)}"/>`
  })
  return [
    ...rows,
    ...lines,
    ...(xNumbers ? numbers : []).map(
      ({at, text}) => `<text class="soft middle" x="${px(at)}" y="${px(bottom + 18)}">${text}</text>`,
    ),
    `<path class="axis" fill="none" d="M${px(left)} ${px(top)}V${px(bottom)}h${px(width)}"/>`,
  ]
}

interface AxisNumber {
  readonly value: number
  readonly at: number
  readonly text: string
}

/** Numbers that stand clear of one another; on a logarithmic axis they crowd, and the rounder ones stay. */
function apart(numbers: readonly AxisNumber[]): readonly AxisNumber[] {
  const kept: AxisNumber[] = []
  for (const one of numbers.toSorted((left, right) => roundness(right.value) - roundness(left.value))) {
    const isClear = kept.every(
      ({at, text}) =>
        Math.abs(at - one.at) > (textWidth(text, LABEL_SIZE) + textWidth(one.text, LABEL_SIZE)) / 2 + NUMBER_GAP,
    )
    if (isClear) kept.push(one)
  }
  return kept.toSorted((left, right) => left.at - right.at)
}

const NUMBER_GAP = 4

/** Powers of ten before 2 and 5 times one, those before the rest. */
function roundness(value: number): number {
  const digits = value.toExponential().split('e')[0]
  return digits === '1' || value === 0 ? 2 : digits === '2' || digits === '5' ? 1 : 0
}

/** A low plot still has the numbers of its ends. */
function rowTicks(height: number): number {
  return Math.max(2, Math.floor(height / TICK_HEIGHT))
}

function crossingNumber(number: number, at: PlotPoint, box: PlotBox, taken: PlotPoint[]): string {
  const places = RINGS.flatMap((radius) =>
    ANGLES.map((angle) => ({x: at.x + WIDER * radius * Math.cos(angle), y: at.y + radius * Math.sin(angle)})),
  ).filter((place) => isInside(place, box))
  const place = places.find((candidate) => isFree(candidate, taken, RINGS[0] ?? 0, WIDER)) ?? at
  taken.push(place)
  return `<text class="number" x="${px(place.x)}" y="${px(place.y + HALF_DIGIT)}">${number}</text>`
}

/** Letters at equal distances along a line, those of each line a little further than those of the line before. */
function lineMarks(
  places: readonly PlotPoint[],
  mark: LineMark,
  lines: number,
  box: PlotBox,
  taken: PlotPoint[],
): string[] {
  const marks: string[] = []
  const every = MARK_TRIES / MARKS_PER_LINE
  for (let part = 0; part < MARKS_PER_LINE; part++) {
    const tries = Array.from(
      {length: every},
      (_, at) => (part + ((at / every + (mark.index + 0.5) / lines) % 1)) / MARKS_PER_LINE,
    )
    const near = tries.flatMap((share) => nearest(places, box.left + share * box.width) ?? [])
    const free = near.find((place) => isFree(place, taken, APART))
    const place = free ?? (marks.length === 0 && part === MARKS_PER_LINE - 1 ? places[0] : undefined)
    if (!place) continue
    taken.push(place)
    marks.push(svgMark(mark, place))
  }
  return marks
}

/** The place of a line at this height of the page, if it is there. */
function nearest(places: readonly PlotPoint[], x: number): PlotPoint | undefined {
  const after = places.findIndex((place) => place.x >= x)
  return after > 0 || places[after]?.x === x ? places[after] : undefined
}

function isFree(place: PlotPoint, taken: readonly PlotPoint[], distance: number, wider = 1): boolean {
  return taken.every((other) => Math.hypot((other.x - place.x) / wider, other.y - place.y) >= distance)
}

function isInside({x, y}: PlotPoint, {left, top, width, height}: PlotBox): boolean {
  return x >= left + 6 && x <= left + width - 6 && y >= top + 6 && y <= top + height - 6
}

import type {Axis, Chart, ChartInterval, ChartPoint} from './chart.js'
import {type ChartScale, createScale, isDrawable, roundOut} from './chart-scale.js'

/** What of the plane a chart shows. */
export interface PlotWindow {
  readonly x: ChartScale
  readonly y: ChartScale
}

/** A place in the window: 0, 0 at the start of both axes, 1, 1 at their ends. */
export interface PlotPoint {
  readonly x: number
  readonly y: number
}

/** A logarithmic axis goes down as many powers of ten from the largest value: what is less is all but nothing. */
const MOST_POWERS = 12
/** A smaller range is no range. */
const NARROWEST = 1e-240

/** The window of a chart: x as given, y from the points in it, rounded outwards; a linear y axis begins at 0. */
export function plotWindow({x, y, series, crossings}: Chart): PlotWindow {
  const points = [...series.flatMap((line) => line.points), ...crossings]
  const scale = createScale(x.scale, startOf(x, points), x.max)
  const inView = [
    ...series.flatMap((line) => [...within(line.points, scale), ...edges(line.points, scale)]),
    ...within(crossings, scale),
    ...series.flatMap(({intervals = []}) => within(intervals.flatMap(ends), scale)),
  ]
  return {
    x: scale,
    y: valueScale(
      y,
      inView.map((point) => point.y),
    ),
  }
}

/** Where a point lies; undefined outside the window. */
export function placeIn(window: PlotWindow, point: ChartPoint): PlotPoint | undefined {
  const x = window.x.share(point.x)
  const y = window.y.share(point.y)
  return x === undefined || y === undefined || !isShare(x) || !isShare(y) ? undefined : {x, y}
}

/** The points that an axis can hold, in order of x; those of the same x stay as they came. */
export function orderedPoints(points: readonly ChartPoint[]): readonly ChartPoint[] {
  return points
    .filter((point) => isDrawable(point.x, 'linear') && isDrawable(point.y, 'linear'))
    .sort((left, right) => left.x - right.x)
}

/** The height of the straight line between two points. */
export function heightBetween(from: ChartPoint, to: ChartPoint, x: number): number {
  return to.x === from.x ? to.y : from.y + (to.y - from.y) * ((x - from.x) / (to.x - from.x))
}

function ends({high, low, x}: ChartInterval): readonly ChartPoint[] {
  return [
    {x, y: low},
    {x, y: high},
  ]
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1
}

function startOf(x: Chart['x'], points: readonly ChartPoint[]): number {
  if (x.scale === 'linear' || x.min > 0) return x.min
  const positive = points.map((point) => point.x).filter((value) => value > 0 && value < x.max)
  return positive.length > 0 ? positive.reduce((least, value) => Math.min(least, value)) : x.max / 1000
}

function within(points: readonly ChartPoint[], {min, max}: ChartScale): readonly ChartPoint[] {
  return points.filter((point) => point.x >= min && point.x <= max)
}

/** Where a line that comes from outside enters the window, and where it leaves. */
function edges(points: readonly ChartPoint[], {min, max}: ChartScale): readonly ChartPoint[] {
  const ordered = orderedPoints(points)
  return [min, max].flatMap((x) => {
    const after = ordered.findIndex((point) => point.x > x)
    const [from, to] = [ordered[after - 1], ordered[after]]
    return from && to ? [{x, y: heightBetween(from, to, x)}] : []
  })
}

function valueScale({scale}: Axis, values: readonly number[]): ChartScale {
  const drawable = values.filter((value) => isDrawable(value, scale))
  if (drawable.length === 0) return createScale(scale, scale === 'log' ? 1 : 0, 10)
  const least = drawable.reduce((low, value) => Math.min(low, value))
  const most = drawable.reduce((high, value) => Math.max(high, value))
  const low = scale === 'log' ? Math.max(least, most / 10 ** MOST_POWERS) : Math.min(0, least)
  const high = scale === 'log' ? most : Math.max(0, most)
  const span = high - low
  if (span < NARROWEST) return scale === 'linear' ? createScale(scale, 0, 1) : createScale(scale, low, high)
  return createScale(scale, roundOut(scale, low, span, 'down'), roundOut(scale, high, span, 'up'))
}

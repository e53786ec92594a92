import type {Chart, ChartSeries} from './chart.js'
import {type PlotPoint, type PlotWindow, placeIn} from './plot-window.js'
import {escapeXml, px, textWidth} from './svg-text.js'

/** Where the plot lies in the picture. */
export interface PlotBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const LABEL_SIZE = 11
/** Half of the bar across the end of an interval. */
const CAP = 4

/** Shaded stretches of the x axis, their names at the top. */
export function svgBands({bands = []}: Chart, {x}: PlotWindow, box: PlotBox): readonly string[] {
  return bands.flatMap(({from, label, to}) => {
    const [start, end] = [clamped(x.share(from) ?? 0), clamped(x.share(to) ?? 0)]
    if (end <= start) return []
    const [left, width] = [box.left + start * box.width, (end - start) * box.width]
    return [
      `<rect class="band" x="${px(left)}" y="${px(box.top)}" width="${px(width)}" height="${px(box.height)}"/>`,
      ...labelAt(label, {x: left + 4, y: box.top + 12}, box),
    ]
  })
}

/** Values to hold the lines against, with their names. */
export function svgRules({rules = []}: Chart, {x, y}: PlotWindow, box: PlotBox): readonly string[] {
  return rules.flatMap(({at, axis, label}, index) => {
    const share = (axis === 'x' ? x : y).share(at)
    if (share === undefined || share < 0 || share > 1) return []
    if (axis === 'y') {
      const height = box.top + (1 - share) * box.height
      const below = share > 0.9 ? 13 : -4
      return [
        `<path class="rule" d="M${px(box.left)} ${px(height)}h${px(box.width)}"/>`,
        ...labelAt(label, {x: box.left + box.width, y: height + below}, box),
      ]
    }
    const left = box.left + share * box.width
    return [
      `<path class="rule" d="M${px(left)} ${px(box.top)}v${px(box.height)}"/>`,
      ...labelAt(label, {x: left + 5, y: box.top + box.height - 8 - 14 * index}, box),
    ]
  })
}

/** The specks that a line sums up, as one path. */
export function svgCloud({cloud = []}: ChartSeries, hue: number, window: PlotWindow, box: PlotBox): readonly string[] {
  const places = cloud.flatMap((point) => placeIn(window, point) ?? []).map((place) => onPaper(place, box))
  if (places.length === 0) return []
  const dots = [...new Set(places.map(({x, y}) => `M${px(x)} ${px(y)}h.1`))]
  return [`<path class="speck h${hue}" d="${dots.join('')}"/>`]
}

/** Dots where something was measured, and bars for how sure it is. */
export function svgMeasured(
  {dots, intervals = [], points}: ChartSeries,
  hue: number,
  window: PlotWindow,
  box: PlotBox,
): readonly string[] {
  const bars = intervals.flatMap(({high, low, x}) => {
    const ends = [low, high].flatMap((y) => placeIn(window, {x, y}) ?? []).map((place) => onPaper(place, box))
    const [from, to] = ends
    if (!from || !to) return []
    const cap = ({x: at, y}: PlotPoint) => `M${px(at - CAP)} ${px(y)}h${2 * CAP}`
    return [`${cap(from)}${cap(to)}M${px(from.x)} ${px(from.y)}V${px(to.y)}`]
  })
  const spots = dots === true ? points.flatMap((point) => placeIn(window, point) ?? []) : []
  const places = spots.map((place) => onPaper(place, box)).map(({x, y}) => `M${px(x)} ${px(y)}h.1`)
  return [
    ...(bars.length > 0 ? [`<path class="whisker h${hue}" d="${bars.join('')}"/>`] : []),
    ...(places.length > 0 ? [`<path class="spot h${hue}" d="${places.join('')}"/>`] : []),
  ]
}

/** A name within the box: moved left where it would leave it. */
function labelAt(label: string, {x, y}: PlotPoint, {left, width}: PlotBox): readonly string[] {
  const own = textWidth(label, LABEL_SIZE)
  if (label === '' || own > width) return []
  const at = Math.min(x, left + width - own - 4)
  return [`<text class="halo" x="${px(at)}" y="${px(y)}">${escapeXml(label)}</text>`]
}

function onPaper({x, y}: PlotPoint, box: PlotBox): PlotPoint {
  return {x: box.left + x * box.width, y: box.top + (1 - y) * box.height}
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share))
}

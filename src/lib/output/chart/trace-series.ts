import type {ChartPoint} from './chart.js'
import {heightBetween, orderedPoints, type PlotPoint, type PlotWindow} from './plot-window.js'

/**
 * The course of a line through the window, as runs without a gap. Between the points lie samples, `steps` of them over
 * the whole width, so that a straight line in the data bends as a logarithmic axis has it.
 */
export function traceSeries(
  points: readonly ChartPoint[],
  window: PlotWindow,
  steps: number,
): readonly (readonly PlotPoint[])[] {
  const runs: PlotPoint[][] = []
  let run: PlotPoint[] = []
  for (const point of sampled(points, window, steps)) {
    const place = placeOnPaper(window, point)
    if (place) run.push(place)
    else if (run.length > 0) {
      runs.push(run)
      run = []
    }
  }
  return run.length > 0 ? [...runs, run] : runs
}

/** The points in view and the samples between them, in order of x. */
function sampled(points: readonly ChartPoint[], {x}: PlotWindow, steps: number): readonly ChartPoint[] {
  const ordered = orderedPoints(points)
  const result: ChartPoint[] = []
  let step = 0
  for (const [index, to] of ordered.entries()) {
    const from = ordered[index - 1]
    for (; step <= steps; step++) {
      const at = x.valueAt(step / steps)
      if (at >= to.x) break
      if (from && at > from.x) result.push({x: at, y: heightBetween(from, to, at)})
    }
    if (to.x >= x.min && to.x <= x.max) result.push(to)
  }
  return result
}

/** As in the window, but what rounding put a hair outside is on its edge, and what is below a logarithmic axis is gone. */
function placeOnPaper(window: PlotWindow, point: ChartPoint): PlotPoint | undefined {
  const x = window.x.share(point.x)
  const y = window.y.share(point.y)
  if (x === undefined || y === undefined || y < -EDGE) return undefined
  return {x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y))}
}

const EDGE = 1e-6

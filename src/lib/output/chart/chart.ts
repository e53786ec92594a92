/** Lines over a numeric axis, as plain data; what is not finite, or not positive on a logarithmic axis, is not drawn. */
export interface Chart {
  readonly title: string
  /** Said under the title: that the answer is simulated, of when the prices are. */
  readonly note?: string | undefined
  readonly x: Axis & {readonly min: number; readonly max: number}
  /** Its range is that of the points in view. */
  readonly y: Axis
  readonly series: readonly ChartSeries[]
  /** Numbered from 1 in their order, so that a table of them can be read beside the chart. */
  readonly crossings: readonly ChartCrossing[]
}

export interface Axis {
  /** What is counted, its unit included: `requests per hour`. */
  readonly label: string
  /** `USD` puts a dollar sign before each number; any other unit is told by the label. */
  readonly unit: string
  readonly scale: 'linear' | 'log'
}

export interface ChartSeries {
  readonly id: string
  readonly name: string
  /** Joined in order of x by what is a straight line in the data, whatever the scales; two of the same x are a step. */
  readonly points: readonly ChartPoint[]
  /** Drawn broken: a line that is only a floor or an estimate. The name says which. */
  readonly dashed?: boolean
}

export interface ChartPoint {
  readonly x: number
  readonly y: number
}

export interface ChartCrossing extends ChartPoint {
  /** Which lines cross and where, in words. */
  readonly label: string
}

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
  /** Stretches of the x axis that differ from the rest, shaded where a picture is drawn. */
  readonly bands?: readonly ChartBand[] | undefined
  /** Values to hold the lines against; outside the window they are not drawn. */
  readonly rules?: readonly ChartRule[] | undefined
  /** What the picture shows, for those who hear it; in place of where lines cross. */
  readonly description?: string
  /** Height of the plot as a part of the picture's width, where less than the usual is enough. */
  readonly height?: number
}

export interface Axis {
  /** What is counted, its unit included: `requests per hour`. */
  readonly label: string
  /**
   * `USD` puts a dollar sign before each number, `share` shows parts of one in percent, `ms` milliseconds and seconds;
   * any other unit is told by the label.
   */
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
  /** The place whose colour it takes: lines of one thing look alike, each with a letter of its own. */
  readonly hue?: number
  /** Each point was measured: drawn as a dot, in pictures. */
  readonly dots?: boolean
  /** What the line sums up: faint specks under it, in pictures; they have no part in the range of the y axis. */
  readonly cloud?: readonly ChartPoint[]
  /** How sure a point is: a bar from `low` to `high`, in pictures. */
  readonly intervals?: readonly ChartInterval[]
}

export interface ChartPoint {
  readonly x: number
  readonly y: number
}

export interface ChartCrossing extends ChartPoint {
  /** Which lines cross and where, in words. */
  readonly label: string
}

export interface ChartInterval {
  readonly x: number
  readonly low: number
  readonly high: number
}

export interface ChartBand {
  readonly from: number
  readonly to: number
  readonly label: string
}

export interface ChartRule {
  /** The axis that bears the value: a rule at an x is upright. */
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly label: string
}

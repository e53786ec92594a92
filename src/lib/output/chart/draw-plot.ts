import type {Chart} from './chart.js'
import {type Cell, createCanvas, type DotCanvas} from './dot-canvas.js'
import {createLabelGrid, type LabelGrid} from './place-labels.js'
import {type PlotPoint, type PlotWindow, placeIn} from './plot-window.js'
import {MOST_SERIES, markOf} from './series-marks.js'
import {traceSeries} from './trace-series.js'

/** The owner of the numbers of crossings. */
const CROSSING = -1

/** A cell of the plot: a part of a line, its letter, or the number of a crossing. */
export interface PlotCell {
  readonly text: string
  /** The index of the series. */
  readonly owner: number
}

export interface Plot {
  /** The cell of a place, as lines are drawn: labels of axes belong beside it. */
  readonly cellAt: DotCanvas['cellAt']
  readonly cell: (column: number, row: number) => PlotCell | undefined
  /** Indices of series of which something is in view. */
  readonly drawn: ReadonlySet<number>
  /** Numbers of the crossings in view. */
  readonly numbered: readonly number[]
}

export interface PlotSize {
  readonly columns: number
  readonly rows: number
}

/** Dots of a broken line, and of the gap after it, counted across. */
const DASH = 3
const GAP = 2
/** A line bears its letter about this often. */
const LETTERS_ACROSS = 3

/** Draws the lines, then the numbers of the crossings, then the letters where there is room. */
export function drawPlot(chart: Chart, window: PlotWindow, size: PlotSize, unicode: boolean): Plot {
  const canvas = createCanvas(size.columns, size.rows, unicode)
  const labels = createLabelGrid(size.columns, size.rows)
  const series = chart.series.slice(0, MOST_SERIES)
  const traces = series.map(({points}) => traceSeries(points, window, canvas.dotsAcross - 1))
  for (const [index, runs] of traces.entries()) {
    for (const run of runs) drawRun(run, index, canvas, series[index]?.dashed === true)
  }
  const numbered = chart.crossings.flatMap((crossing, index) => {
    const place = placeIn(window, crossing)
    const isShown = place && labels.putNear(String(index + 1), canvas.cellAt(place), CROSSING)
    return isShown ? [index + 1] : []
  })
  for (const [index, runs] of traces.entries()) {
    const cells = runs.flat().map(canvas.cellAt)
    putLetters(cells, index, series.length, size.columns, labels)
  }
  return {
    cellAt: canvas.cellAt,
    cell: (column, row) => labels.cell(column, row) ?? canvas.cell(column, row),
    drawn: new Set(traces.flatMap((runs, index) => (runs.length > 0 ? [index] : []))),
    numbered,
  }
}

function drawRun(run: readonly PlotPoint[], owner: number, canvas: DotCanvas, dashed: boolean): void {
  const isGap = (x: number) => dashed && x % (DASH + GAP) >= DASH
  let before: number | undefined
  for (const place of run) {
    const {x, y} = canvas.dotAt(place)
    const step = Math.sign(y - (before ?? y))
    for (let at = before === undefined || step === 0 ? y : before + step; ; at += step) {
      if (!isGap(x)) canvas.set(x, at, owner)
      if (at === y) break
    }
    before = y
  }
}

/** Letters stand at equal distances, those of each line a little further than those of the line before. */
function putLetters(cells: readonly Cell[], index: number, lines: number, columns: number, labels: LabelGrid): void {
  const period = columns / LETTERS_ACROSS
  const tolerance = Math.max(1, Math.floor(period / lines))
  const mark = markOf(index)
  let isPut = false
  for (let wanted = ((index + 0.5) * period) / lines; wanted < columns; wanted += period) {
    const near = cells.filter(({column}) => column >= wanted && column < wanted + tolerance)
    isPut = near.some((cell) => labels.put(mark, cell, index)) || isPut
  }
  if (!isPut) cells.some((cell) => labels.put(mark, cell, index))
}

/** True for a digit of a crossing's number. */
export function isCrossing({owner}: PlotCell): boolean {
  return owner === CROSSING
}

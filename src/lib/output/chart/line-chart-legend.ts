import {cleanCell} from '../paint-codes.js'
import {paint} from '../style.js'
import type {Terminal} from '../terminal.js'
import {widthOf, wrapText} from '../wrap.js'
import type {Chart} from './chart.js'
import type {Plot} from './draw-plot.js'
import {listRanges} from './list-ranges.js'
import {MOST_SERIES, markOf, paintSeries} from './series-marks.js'

/** Between a mark and its name, and between columns. */
const GAP = 2
const MARK = 1 + GAP

interface Entry {
  readonly mark: string
  readonly name: string
}

/** Every line's mark with its name, in as many columns as fit; then what the numbers are. */
export function chartLegend(chart: Chart, plot: Plot, terminal: Terminal, width: number): string[] {
  const entries = chart.series.slice(0, MOST_SERIES).map(({name}, index) => ({
    mark: paintSeries(index, markOf(index), terminal),
    name: `${cleanCell(name, false)}${plot.drawn.has(index) ? '' : ' (nothing to draw here)'}`,
  }))
  const left = chart.series.length - MOST_SERIES
  const sentences = [
    ...(left > 0 ? [`${left} more ${left === 1 ? 'line is' : 'lines are'} not drawn.`] : []),
    ...crossingLines(chart, plot),
  ]
  return [
    ...entryLines(entries, width),
    ...sentences.flatMap((line) => wrapText(line, width)).map((line) => paint('faint', line, terminal)),
  ]
}

/** Read down the columns, as a list is. */
function entryLines(entries: readonly Entry[], width: number): string[] {
  const column = MARK + Math.max(0, ...entries.map(({name}) => widthOf(name))) + GAP
  const across = Math.floor((width + GAP) / column)
  if (across < 2) return entries.flatMap((entry) => entryParagraph(entry, width))
  const down = Math.ceil(entries.length / across)
  return Array.from({length: down}, (_, row) =>
    entries
      .filter((_, index) => index % down === row)
      .map(({mark, name}) => `${mark}${' '.repeat(GAP)}${name}${' '.repeat(column - MARK - widthOf(name))}`)
      .join('')
      .trimEnd(),
  )
}

function entryParagraph({mark, name}: Entry, width: number): string[] {
  const [first = '', ...rest] = wrapText(name, width - MARK)
  return [`${mark}${' '.repeat(GAP)}${first}`, ...rest.map((line) => ' '.repeat(MARK) + line)]
}

function crossingLines({crossings}: Chart, {numbered}: Plot): string[] {
  const outside = crossings.map((_, index) => index + 1).filter((number) => !numbered.includes(number))
  return [
    ...(numbered.length > 0 ? [`${listRanges(numbered)}  where two lines cross`] : []),
    ...(outside.length > 0 ? [`${listRanges(outside)}  where two lines cross outside this chart`] : []),
  ]
}

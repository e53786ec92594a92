import type {PlotPoint} from './plot-window.js'

/** Counted from the upper left corner. */
export interface Cell {
  readonly column: number
  readonly row: number
}

/** Cells of a terminal, each divided into dots that lines are drawn with. */
export interface DotCanvas {
  readonly dotsAcross: number
  /** The cell that the dot at a place of the plot belongs to. */
  cellAt(place: PlotPoint): Cell
  /** The dot at a place of the plot, counted from the upper left corner. */
  dotAt(place: PlotPoint): PlotPoint
  /** Draws a dot; its cell takes the colour of the last owner that drew in it. */
  set(x: number, y: number, owner: number): void
  /** The character of a cell and who drew it; undefined where nothing is drawn. */
  cell(column: number, row: number): {readonly text: string; readonly owner: number} | undefined
}

interface Dots {
  readonly across: number
  readonly down: number
  /** The character of a cell, by the bits of its dots: bit `across * y + x`. */
  glyph(bits: number): string
}

const FIRST_BRAILLE = 0x2800
/** The bit in a Braille character of each dot, row by row. */
const BRAILLE_BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

const BRAILLE: Dots = {
  across: 2,
  down: 4,
  glyph: (bits) =>
    String.fromCharCode(
      BRAILLE_BITS.reduce((code, bit, index) => (bits & (1 << index) ? code | bit : code), FIRST_BRAILLE),
    ),
}

const ASCII: Dots = {
  across: 1,
  down: 3,
  glyph: (bits) => ({1: "'", 2: '-', 4: '.'})[bits] ?? '|',
}

/** An empty canvas; of Braille dots, or of ASCII signs that differ in height. */
export function createCanvas(columns: number, rows: number, unicode: boolean): DotCanvas {
  const {across, down, glyph} = unicode ? BRAILLE : ASCII
  const bits = new Uint8Array(columns * rows)
  const owners = new Int32Array(columns * rows)
  const dotAt = ({x, y}: PlotPoint) => ({
    x: Math.round(x * (columns * across - 1)),
    y: Math.round((1 - y) * (rows * down - 1)),
  })
  return {
    dotsAcross: columns * across,
    dotAt,
    cellAt(place) {
      const {x, y} = dotAt(place)
      return {column: Math.floor(x / across), row: Math.floor(y / down)}
    },
    set(x, y, owner) {
      const index = Math.floor(y / down) * columns + Math.floor(x / across)
      bits[index] = (bits[index] ?? 0) | (1 << ((y % down) * across + (x % across)))
      owners[index] = owner
    },
    cell(column, row) {
      const index = row * columns + column
      const drawn = bits[index] ?? 0
      return drawn === 0 ? undefined : {text: glyph(drawn), owner: owners[index] ?? 0}
    },
  }
}

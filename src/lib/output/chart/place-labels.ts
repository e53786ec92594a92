import type {Cell} from './dot-canvas.js'

/** Characters laid over a plot, none beside another, so that 1 and 2 are never read as 12. */
export interface LabelGrid {
  /** Puts the text so that its middle is at the cell, if there is room. */
  put(text: string, cell: Cell, owner: number): boolean
  /** As near to the cell as there is room; false when the plot is full. */
  putNear(text: string, cell: Cell, owner: number): boolean
  cell(column: number, row: number): {readonly text: string; readonly owner: number} | undefined
}

/** A cell is about twice as high as wide. */
const CELL_HEIGHT = 2

/** A plot without labels yet. */
export function createLabelGrid(columns: number, rows: number): LabelGrid {
  const cells = new Map<number, {readonly text: string; readonly owner: number}>()

  function put(text: string, {column, row}: Cell, owner: number): boolean {
    const start = Math.min(columns - text.length, Math.max(0, column - Math.floor((text.length - 1) / 2)))
    if (start < 0 || row < 0 || row >= rows) return false
    const isTaken = (at: number) => at >= 0 && at < columns && cells.has(row * columns + at)
    for (let at = start - 1; at <= start + text.length; at++) if (isTaken(at)) return false
    for (const [index, character] of [...text].entries()) {
      cells.set(row * columns + start + index, {text: character, owner})
    }
    return true
  }

  return {
    put,
    putNear(text, wanted, owner) {
      if (put(text, wanted, owner)) return true
      const distance = ({column, row}: Cell) => Math.hypot(column - wanted.column, (row - wanted.row) * CELL_HEIGHT)
      return Array.from({length: columns * rows}, (_, at) => ({column: at % columns, row: Math.floor(at / columns)}))
        .sort((left, right) => distance(left) - distance(right))
        .some((cell) => put(text, cell, owner))
    },
    cell: (column, row) => cells.get(row * columns + column),
  }
}

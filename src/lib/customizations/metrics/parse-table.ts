/** Rows of numbers under the names of their columns; what is no number is NaN. */
export interface MetricTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly number[])[]
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/**
 * Reads a file of metrics: a header, then a row a line. A last line without an end may still be written, and is left
 * out.
 */
export function parseTable(text: string): MetricTable {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).replace(/^\uFEFF/, '')
  const [header = '', ...lines] = whole.split(/\r?\n/).filter((line) => line.trim() !== '')
  return {columns: cellsOf(header), rows: lines.map((line) => cellsOf(line).map(toNumber))}
}

/** Names and numbers need no quotes; where a writer put some, they are taken off. */
function cellsOf(line: string): readonly string[] {
  return line === '' ? [] : line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

function toNumber(cell: string): number {
  return NUMBER.test(cell) ? Number(cell) : Number.NaN
}

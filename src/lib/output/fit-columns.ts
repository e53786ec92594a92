/** What is known of a column before its width is settled; all in terminal columns. */
export interface ColumnMeasure {
  /** Of the widest cell, heading included. */
  readonly natural: number
  /** Of the longest stretch without a space, heading included. */
  readonly word: number
  /** 0 stays; the lowest get room first, from left to right. */
  readonly weight: number
}

/** `columns` are indices in their old order, `widths` beside them; `records` when not even the kept columns fit. */
export type Fit =
  | {readonly kind: 'table'; readonly columns: readonly number[]; readonly widths: readonly number[]}
  | {readonly kind: 'records'}

/** A column that wraps is not made narrower than this while another can be left out instead. */
const COMFORTABLE = 16
/** A word is not shortened below this. */
const SHORTEST = 12

/**
 * Settles widths for a line of `width` columns: wraps the widest first, then leaves columns out by weight, then wraps
 * tighter, then shortens words, and gives up as a table when even that is too wide.
 */
export function fitColumns(measures: readonly ColumnMeasure[], width: number, gap: number): Fit {
  const natural = measures.map((measure) => Math.min(measure.natural, width))
  const comfortable = measures.map((measure) => Math.min(measure.natural, Math.max(measure.word, COMFORTABLE)))
  const columns = keepByWeight(measures, comfortable, width, gap)
  const floors = [
    comfortable,
    measures.map((measure) => measure.word),
    measures.map((measure) => Math.min(measure.word, SHORTEST)),
  ]
  for (const floor of floors) {
    const room = width - gap * (columns.length - 1)
    const needed = sum(columns.map((column) => floor[column] ?? 0))
    if (needed > room) continue
    return {kind: 'table', columns, widths: shrink(pick(natural, columns), pick(floor, columns), room)}
  }
  return {kind: 'records'}
}

function keepByWeight(
  measures: readonly ColumnMeasure[],
  floor: readonly number[],
  width: number,
  gap: number,
): number[] {
  const kept = measures.map((_, index) => index)
  const tooWide = () => sum(kept.map((index) => floor[index] ?? 0)) + gap * (kept.length - 1) > width
  while (tooWide()) {
    const heaviest = Math.max(...kept.map((index) => measures[index]?.weight ?? 0))
    if (!(heaviest > 0)) break
    kept.splice(
      kept.findLastIndex((index) => measures[index]?.weight === heaviest),
      1,
    )
  }
  return kept
}

/** Takes columns away from the widest until the sum fits; none falls below its floor. */
function shrink(widths: readonly number[], floor: readonly number[], room: number): number[] {
  const shrunk = widths.map((width, index) => Math.max(width, floor[index] ?? 0))
  for (let excess = sum(shrunk) - room; excess > 0; excess--) {
    let widest = -1
    for (const [index, width] of shrunk.entries()) {
      if (width > (floor[index] ?? 0) && width > (shrunk[widest] ?? 0)) widest = index
    }
    if (widest === -1) break
    shrunk[widest] = (shrunk[widest] ?? 0) - 1
  }
  return shrunk
}

function pick(values: readonly number[], indices: readonly number[]): number[] {
  return indices.map((index) => values[index] ?? 0)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

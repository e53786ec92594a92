import {didYouMean} from '../core/closest.js'
import {usageError} from '../core/errors.js'
import type {Column, Scalar} from './view.js'

/** The columns that `--columns` names, in its order; `undefined` or nothing keeps them as they are. */
export function selectColumns<Row>(
  columns: readonly Column<Row>[],
  keys: readonly string[] | undefined,
): readonly Column<Row>[] {
  const wanted = (keys ?? []).map((key) => key.trim()).filter((key) => key !== '')
  if (wanted.length === 0) return columns
  // Whoever names a column wants to see it: nothing that was asked for is left out on a narrow terminal.
  return [...new Set(wanted)].map((key) => ({...findColumn(columns, key, '--columns'), weight: 0}))
}

/** The rows by the column that `--sort` names; `-key` sorts downwards. Unknown values come last either way. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: string | undefined,
): readonly Row[] {
  if (sort === undefined || sort === '') return rows
  const down = sort.startsWith('-')
  const column = findColumn(columns, down ? sort.slice(1) : sort, '--sort')
  return rows
    .map((row) => ({row, value: comparable(column.value(row))}))
    .sort((a, b) => compare(a.value, b.value, down))
    .map(({row}) => row)
}

function findColumn<Row>(columns: readonly Column<Row>[], key: string, flag: string): Column<Row> {
  const column = columns.find((candidate) => candidate.key === key)
  if (column) return column
  const keys = columns.map((candidate) => candidate.key)
  throw usageError('UNKNOWN_COLUMN', `${flag} names no column of this answer: ${key}.`, {
    why: didYouMean(key, keys),
    hint: `Columns: ${keys.join(', ')}`,
  })
}

type Comparable = string | number | null

function comparable(value: Scalar | readonly string[]): Comparable {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return null
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'object' ? value.join(' ') : value
}

const collator = new Intl.Collator('en', {numeric: true})

function compare(a: Comparable, b: Comparable, down: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return down ? -order : order
}

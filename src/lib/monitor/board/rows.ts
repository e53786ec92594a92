import {clean} from '../text-width.js'
import {keepLast, perKey} from './memo.js'
import type {BoardRow, BoardTable, Cell} from './view.js'

/** How a table is looked at. */
export interface Looking {
  readonly filter: string
  /** Column key, -key for descending; undefined: as the table says. */
  readonly sort: string | undefined
}

/** The rows that a filter leaves, in their order. Asked again for the same table and filter, the same list. */
export function rowsOf(table: BoardTable, {filter, sort}: Looking): readonly BoardRow[] {
  return sortedRows(table)({filter, sort: sortOf(table, sort)})
}

/** What a table is sorted by: as the user says, where that column is there, else as the table says. */
export function sortOf(table: BoardTable, sort: string | undefined): string {
  const isThere = sort !== undefined && table.columns.some(({key}) => key === columnOf(sort))
  return isThere ? sort : table.sortedBy
}

/** The column that a sort (`key` or `-key`) is of. */
export function columnOf(sort: string): string {
  return sort.startsWith('-') ? sort.slice(1) : sort
}

/** The sort after this one: the next column, its own way first; after the last the order of the view itself, then the first. */
export function nextSort({columns, sortedBy}: BoardTable, sort: string): string {
  const at = columns.findIndex(({key}) => key === columnOf(sort))
  if (sortedBy === '' && at === columns.length - 1) return ''
  const next = columns[(at + 1) % columns.length]
  if (next === undefined) return sort
  return next.first === 'descending' ? `-${next.key}` : next.key
}

/** True where every word of the filter is in the row, and no word that follows a `!`; case does not count. */
export function isMatch(row: BoardRow, filter: string): boolean {
  const words = wordsOf(filter)
  return words.every(({word, isUnwanted}) => textOf(row).includes(word) !== isUnwanted)
}

interface FilterWord {
  readonly word: string
  readonly isUnwanted: boolean
}

function wordsOf(filter: string): readonly FilterWord[] {
  const words = filter.toLowerCase().split(/\s+/)
  return words
    .map((word) => ({word: word.replace(/^!/, ''), isUnwanted: word.startsWith('!')}))
    .filter(({word}) => word !== '')
}

/** All that a filter may find a row by. */
const textOf = perKey((row: BoardRow) => {
  const cells = Object.values(row.cells).map(({text}) => text)
  return clean([...cells, row.key, row.id, ...(row.words ?? [])].join(' ')).toLowerCase()
})

/** By table: filtered, then sorted; each step is kept until what it is made of changes. */
const sortedRows = perKey((table: BoardTable) => {
  const filtered = keepLast(
    (filter: string) => [filter],
    (filter) => (wordsOf(filter).length === 0 ? table.rows : table.rows.filter((row) => isMatch(row, filter))),
  )
  return keepLast(
    ({filter, sort}: {readonly filter: string; readonly sort: string}) => [filter, sort],
    ({filter, sort}) => sorted(filtered(filter), sort),
  )
})

/** Stable; what is not known comes last both ways. */
function sorted(rows: readonly BoardRow[], sort: string): readonly BoardRow[] {
  const column = columnOf(sort)
  if (column === '') return rows
  const sign = sort.startsWith('-') ? -1 : 1
  const valued = rows.map((row) => ({row, value: sortValue(row.cells[column])}))
  valued.sort(({value: a}, {value: b}) => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    return sign * compare(a, b)
  })
  return valued.map(({row}) => row)
}

function sortValue(cell: Cell | undefined): number | string | undefined {
  if (cell === undefined) return undefined
  const value = 'sort' in cell ? cell.sort : cell.text
  if (typeof value === 'string') return value.toLowerCase()
  return Number.isNaN(value) ? undefined : value
}

/** Numbers before words. */
function compare(a: number | string, b: number | string): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

import {expect, test} from 'vitest'
import {selectColumns, sortRows} from '../../../src/lib/output/columns.js'
import type {Column} from '../../../src/lib/output/view.js'

interface Row {
  readonly id: string
  readonly price: number | null
}

const COLUMNS: readonly Column<Row>[] = [
  {key: 'id', title: 'Id', value: (row) => row.id},
  {key: 'price-in', title: 'Price', value: (row) => row.price, weight: 3},
]
const ROWS: readonly Row[] = [
  {id: 'model-10', price: null},
  {id: 'model-9', price: 10},
  {id: 'model-1', price: 9},
]

test('columns come in the order asked for, once, and are never left out', () => {
  const keys = selectColumns(COLUMNS, ['price-in', ' id ', 'price-in'])

  expect(keys.map(({key, weight}) => [key, weight])).toEqual([
    ['price-in', 0],
    ['id', 0],
  ])
})

test('nothing asked for keeps the columns as they are', () => {
  expect(selectColumns(COLUMNS, undefined)).toBe(COLUMNS)
  expect(selectColumns(COLUMNS, [''])).toBe(COLUMNS)
})

test('an unknown column names the nearest and lists all', () => {
  expect(() => selectColumns(COLUMNS, ['price-on'])).toThrowError(
    expect.objectContaining({code: 'UNKNOWN_COLUMN', why: 'Did you mean price-in?', hint: 'Columns: id, price-in'}),
  )
})

test.each([
  ['id', ['model-1', 'model-9', 'model-10']],
  ['-id', ['model-10', 'model-9', 'model-1']],
  ['price-in', ['model-1', 'model-9', 'model-10']],
  ['-price-in', ['model-9', 'model-1', 'model-10']],
])('sorting by %s keeps unknown values last and numbers in their order', (sort, ids) => {
  expect(sortRows(ROWS, COLUMNS, sort).map(({id}) => id)).toEqual(ids)
})

test('sorting by a column that is not there is a usage error', () => {
  expect(() => sortRows(ROWS, COLUMNS, '-prise-in')).toThrowError(
    expect.objectContaining({code: 'UNKNOWN_COLUMN', exitCode: 2}),
  )
})

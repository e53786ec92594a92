import fc from 'fast-check'
import {expect, test} from 'vitest'
import {isMatch, nextSort, rowsOf, sortOf} from '../../../../src/lib/monitor/board/rows.js'
import type {BoardRow, BoardTable} from '../../../../src/lib/monitor/board/view.js'

const row = (key: string, name: string, rate: number | string | undefined): BoardRow => ({
  key,
  id: `arn/${key}`,
  cells: {name: {text: name}, rate: {text: rate === undefined ? '-' : String(rate), sort: rate}},
  words: ['Frankfurt'],
})

const table = (rows: readonly BoardRow[], sortedBy = 'name'): BoardTable => ({
  columns: [
    {key: 'name', title: 'NAME', least: 4, most: 9, drop: 0},
    {key: 'rate', title: 'RATE', least: 4, most: 9, drop: 0, first: 'descending'},
  ],
  rows,
  sortedBy,
  empty: '',
})

const ROWS = [row('a', 'Nova Lite', 5), row('b', 'Claude', undefined), row('c', 'llama', 40), row('d', 'Nova Pro', 5)]
const keysOf = (rows: readonly BoardRow[]) => rows.map(({key}) => key).join('')

test.each([
  ['', 'abcd'],
  ['nova', 'ad'],
  ['NOVA 5', 'ad'],
  ['nova !pro', 'a'],
  ['!nova', 'bc'],
  ['arn/c', 'c'],
  ['frankfurt', 'abcd'],
  ['!frankfurt', ''],
  ['!', 'abcd'],
  ['nova lite', 'a'],
  ['none', ''],
])('the filter "%s" leaves %s', (filter, left) => {
  expect(keysOf(ROWS.filter((one) => isMatch(one, filter)))).toBe(left)
})

test.each([
  ['name', 'bcad'],
  ['-name', 'dacb'],
  ['rate', 'adcb'],
  ['-rate', 'cadb'],
  ['gone', 'bcad'],
  [undefined, 'bcad'],
])('sorted by %s the rows are %s: what is not known comes last, equals stay as they were', (sort, order) => {
  expect(keysOf(rowsOf(table(ROWS), {filter: '', sort}))).toBe(order)
})

test('s goes through the columns, each its own way first, and from the last to the first', () => {
  const one = table(ROWS)

  expect([nextSort(one, 'name'), nextSort(one, '-name'), nextSort(one, 'rate'), nextSort(one, 'gone')]).toEqual([
    ...['-rate', '-rate', 'name', 'name'],
  ])
  expect(nextSort({...one, columns: []}, 'name')).toBe('name')
  expect([nextSort({...one, sortedBy: ''}, '-rate'), nextSort({...one, sortedBy: ''}, '')]).toEqual(['', 'name'])
  expect([sortOf(one, '-rate'), sortOf(one, '-gone')]).toEqual(['-rate', 'name'])
})

test('numbers come before words, and what is no number comes last', () => {
  const mixed = [row('a', '', 'x'), row('b', '', 3), row('c', '', Number.NaN), row('d', '', 2)]

  expect(keysOf(rowsOf(table(mixed, 'rate'), {filter: '', sort: undefined}))).toBe('dbac')
})

test('the same question about the same table has the same list for an answer', () => {
  const one = table(ROWS)
  const first = rowsOf(one, {filter: 'nova', sort: undefined})

  expect(rowsOf(one, {filter: 'nova', sort: 'name'})).toBe(first)
  expect(rowsOf(one, {filter: 'nov', sort: 'name'})).not.toBe(first)
  expect(rowsOf(table(ROWS), {filter: 'nova', sort: undefined})).not.toBe(first)
})

test('whatever the filter, a row is either left by it or by its inverse', () => {
  const word = fc.stringMatching(/^[a-z0-9/-]{1,4}$/)

  fc.assert(
    fc.property(word, (text) => {
      for (const one of ROWS) expect(isMatch(one, text)).toBe(!isMatch(one, `!${text}`))
    }),
  )
})

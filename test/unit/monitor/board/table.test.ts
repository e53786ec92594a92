import fc from 'fast-check'
import {expect, test} from 'vitest'
import {COLUMN_GAP, fittedColumns, selectedIndex, tableOf, windowOf} from '../../../../src/lib/monitor/board/table.js'
import {crumbOf} from '../../../../src/lib/monitor/board/ui/ui-state.js'
import type {BoardRow, BoardView, Column} from '../../../../src/lib/monitor/board/view.js'
import {job, jobsRead, LIVE_VIEWS, liveBoard, press, START_MS} from '../../../support/live-board.js'

const rowsCalled = (keys: string): readonly BoardRow[] => [...keys].map((key) => ({key, id: key, cells: {}}))

test.each([
  ['abcd', undefined, 0, 0],
  ['abcd', 'c', 0, 2],
  ['dcba', 'c', 2, 1],
  ['abd', 'c', 2, 2],
  ['ab', 'c', 2, 1],
  ['', 'c', 2, -1],
  ['', undefined, 0, -1],
])('of the rows %s, with %s selected at %i, number %i is', (keys, selected, index, expected) => {
  expect(selectedIndex(rowsCalled(keys), {...crumbOf('jobs'), selected, index})).toBe(expected)
})

test('a window shows what is selected, leaves no room unused, and moves no further than it must', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer({min: 1, max: 60}), fc.nat(400), fc.nat(400), (count, height, top, at) => {
      const index = Math.min(at, count - 1)
      const {start, end} = windowOf(count, {index, height, top})

      expect(end - start).toBe(Math.min(count, height))
      expect(index === -1 || (start <= index && index < end)).toBe(true)
      const isSeenFromTop = top <= index && index < top + height && top + height <= count
      expect(isSeenFromTop ? start : top).toBe(top)
    }),
  )
})

const column = (key: string, least: number, most: number, drop: number): Column => ({
  ...{key, title: key, least, most, drop},
})
const COLUMNS = [
  column('name', 6, 30, 0),
  column('region', 6, 14, 2),
  column('note', 4, 40, 2),
  column('rate', 4, 8, 1),
]
const ROWS: readonly BoardRow[] = [
  {
    key: 'a',
    id: 'a',
    cells: {name: {text: 'twelve chars'}, region: {text: 'us-east-1'}, note: {text: '漢字漢字'}, rate: {text: '1'}},
  },
]
const shared = (width: number) =>
  fittedColumns(COLUMNS, ROWS, width).map(({column: {key}, width: own}) => `${key} ${own}`)

test.each([
  [80, 'name 12, region 9, note 8, rate 4'],
  [39, 'name 12, region 9, note 8, rate 4'],
  [32, 'name 8, region 8, note 6, rate 4'],
  [26, 'name 6, region 6, note 4, rate 4'],
  [25, 'name 9, region 8, rate 4'],
  [19, 'name 12, rate 4'],
  [11, 'name 11'],
  [3, 'name 6'],
])('in %i columns stand %s: what may go goes, the rest shares the room', (width, held) => {
  expect(shared(width).join(', ')).toBe(held)
})

test('columns never take more room than there is, nor more than they may, and none that must stay goes', () => {
  const columns = fc.array(
    fc
      .record({least: fc.integer({min: 1, max: 12}), more: fc.nat(20), drop: fc.nat(3)})
      .map(({least, more, drop}) => column('name', least, least + more, drop)),
    {minLength: 1, maxLength: 8},
  )

  fc.assert(
    fc.property(columns, fc.integer({min: 1, max: 200}), (some, width) => {
      const fitted = fittedColumns(some, ROWS, width)
      const taken = fitted.reduce((sum, one) => sum + one.width, COLUMN_GAP * (fitted.length - 1))

      expect(taken <= width || fitted.every(({column: {drop}}) => drop === 0)).toBe(true)
      expect(fitted.every((one) => one.width >= 1 && one.width <= one.column.most)).toBe(true)
      expect(fitted.filter(({column: {drop}}) => drop === 0)).toHaveLength(some.filter(({drop}) => drop === 0).length)
    }),
  )
})

test('a key press makes no table anew, a reading does', () => {
  let made = 0
  const [first] = LIVE_VIEWS
  if (first === undefined) throw new Error('there is no view')
  const view: BoardView = {
    ...first,
    table: (state) => {
      made += 1
      return first.table(state)
    },
  }
  const state = liveBoard([jobsRead([job('a'), job('b')])])

  const table = tableOf(state, view)
  const moved = press(state, ['j', 'm', '/x', '<Enter>', '?']).state
  expect([tableOf(moved, view), made]).toEqual([table, 1])

  tableOf(liveBoard([jobsRead([job('a'), job('b')], START_MS + 1)]), view)
  expect(made).toBe(2)
})

import fc from 'fast-check'
import {expect, test} from 'vitest'
import {boardReducer, initialBoardState} from '../../../../src/lib/monitor/board/reduce.js'
import type {BoardState} from '../../../../src/lib/monitor/board/state.js'
import {tableOf} from '../../../../src/lib/monitor/board/table.js'
import {TOPICS} from '../../../../src/lib/monitor/board/topics.js'
import type {BoardView} from '../../../../src/lib/monitor/board/view.js'
import {BOARD_VIEWS} from '../../../../src/lib/monitor/board/views.js'
import {boardPainter} from '../../../../src/lib/monitor/tui/board-lines.js'
import {arbitraryReading, PLACES} from '../../../support/arbitrary-reading.js'

const NOW = Date.parse('2026-11-21T09:00:00Z')
const reduce = boardReducer(BOARD_VIEWS)

function boardOf(): BoardState {
  const subject = {account: '111122223333', profile: null, regions: ['eu-central-1'], simulated: false, replayed: false}
  const initial = initialBoardState({size: {columns: 80, rows: 24}, nowMs: NOW, intervalMs: 30_000, subject})
  const feeds = TOPICS.flatMap((topic) => PLACES.map((place) => [topic, place] as const))
  return reduce(initial, {type: 'watching', subject, feeds})
}

const room = fc.record({
  ...{columns: fc.integer({min: 20, max: 160}), rows: fc.integer({min: 1, max: 40})},
  ...{color: fc.boolean(), unicode: fc.boolean()},
})

const boards = fc
  .array(arbitraryReading(), {minLength: 1, maxLength: 12})
  .map((readings) =>
    readings
      .map((reading) => ({type: 'read', reading, nextAtMs: reading.atMs + 30_000}) as const)
      .reduce(reduce, boardOf()),
  )

test('every view tells whatever is read, each row once, with all that keys ask of it', () => {
  fc.assert(
    fc.property(boards, room, (state, size) => {
      for (const view of BOARD_VIEWS) expectTold(state, view, size)
    }),
    {numRuns: 50},
  )
})

test('whatever is read, tables and pages are as many lines as the terminal has', () => {
  fc.assert(
    fc.property(boards, room, (state, {columns, rows, ...look}) => {
      const paint = boardPainter(BOARD_VIEWS, look)
      const sized = reduce(state, {type: 'resized', size: {columns, rows}})
      for (const {name} of BOARD_VIEWS) {
        const table = reduce(sized, {type: 'view-shown', view: name})
        const pages = (['drill', 'describe'] as const).map((page) => reduce(table, {type: 'opened', page}))

        expect([table, ...pages].map((shown) => paint(shown).lines.length)).toEqual([rows, rows, rows])
      }
    }),
    {numRuns: 30},
  )
})

function expectTold(state: BoardState, view: BoardView, size: Parameters<NonNullable<BoardView['page']>>[2]): void {
  const {rows} = tableOf(state, view)

  expect(new Set(rows.map(({key}) => key)).size, view.name).toBe(rows.length)
  expect(view.head?.(state, size) ?? [], view.name).toBeInstanceOf(Array)
  for (const {key} of rows) {
    expect(view.describe(state, key), `${view.name} ${key}`).toBeDefined()
    expect(view.page?.(state, key, size)?.lines.length ?? 1, `${view.name} ${key}`).toBeGreaterThan(0)
    view.eventFilter?.(state, key)
  }
}

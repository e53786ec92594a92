import {describe, expect, test} from 'vitest'
import {initialBoardState} from '../../../../src/lib/monitor/board/reduce.js'
import {COLUMN_GAP, tableOf} from '../../../../src/lib/monitor/board/table.js'
import {COMMAND_WORDS} from '../../../../src/lib/monitor/board/ui/completions.js'
import {VIEW_NAMES} from '../../../../src/lib/monitor/board/view.js'
import {BOARD_VIEWS} from '../../../../src/lib/monitor/board/views.js'

const SUBJECT = {account: null, profile: null, regions: ['eu-central-1'], simulated: false, replayed: false}
const EMPTY = initialBoardState({size: {columns: 80, rows: 24}, nowMs: 0, intervalMs: 30_000, subject: SUBJECT})
const ROOM = {columns: 80, rows: 8, color: true, unicode: true}

test('every view is there, in the order of the number keys', () => {
  expect(BOARD_VIEWS.map(({name}) => name)).toEqual(VIEW_NAMES)
})

test('a word after : means one view or command', () => {
  const words = [
    ...BOARD_VIEWS.flatMap(({name, aliases}) => [name, ...aliases]),
    ...COMMAND_WORDS.map(({text}) => text),
  ]

  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  expect(words.filter((word) => !/^[a-z][a-z0-9-]*$/.test(word))).toEqual([])
})

describe.each(BOARD_VIEWS)('$name', (view) => {
  test('where nothing was read it says so, and draws nothing that is not there', () => {
    const {empty, rows} = tableOf(EMPTY, view)

    expect(empty).toMatch(/\.$/)
    for (const {key} of rows) expect(view.describe(EMPTY, key)).toBeDefined()
    expect(view.describe(EMPTY, 'nothing is called so')).toBeUndefined()
    expect(view.page?.(EMPTY, 'nothing is called so', ROOM)).toBeUndefined()
    expect((view.head?.(EMPTY, ROOM) ?? []).length).toBeLessThanOrEqual(ROOM.rows)
  })

  test('the columns that always stay have room in 50 columns of a terminal, and what it is sorted by is there', () => {
    const {columns, sortedBy} = tableOf(EMPTY, view)
    const stay = columns.filter(({drop}) => drop === 0)
    const keys = columns.map(({key}) => key)

    expect(stay.length).toBeGreaterThan(0)
    expect(stay.reduce((sum, {least}) => sum + least, COLUMN_GAP * (stay.length - 1))).toBeLessThanOrEqual(48)
    expect(['', ...keys]).toContain(sortedBy.replace(/^-/, ''))
    expect(new Set(keys).size).toBe(keys.length)
    expect(columns.every(({least, most}) => least <= most)).toBe(true)
  })
})

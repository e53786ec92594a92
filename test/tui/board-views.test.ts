import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {boardReducer} from '../../src/lib/monitor/board/reduce.js'
import {BOARD_VIEWS} from '../../src/lib/monitor/board/views.js'
import type {Size} from '../../src/lib/monitor/size.js'
import type {Look} from '../../src/lib/monitor/span.js'
import {createStore} from '../../src/lib/monitor/store.js'
import {widthOf} from '../../src/lib/monitor/text-width.js'
import {boardPainter} from '../../src/lib/monitor/tui/board-lines.js'
import {lineWidth, paintLine, placeLine} from '../../src/lib/monitor/tui/paint-line.js'
import {showBoard} from '../../src/lib/monitor/tui/show-board.js'
import {eventually} from '../support/eventually.js'
import {RECORDED_AT, RECORDING, recordedBoard} from '../support/recorded-board.js'
import {createScreenTerminal} from '../support/screen-terminal.js'

const NAMES = BOARD_VIEWS.map(({name}) => name)
const COLOURED: Look = {color: true, unicode: true}

const SIZES: readonly Size[] = [
  {columns: 80, rows: 24},
  {columns: 160, rows: 50},
]

describe.each(SIZES)('on a terminal of $columns × $rows', ({columns, rows}) => {
  test.each(BOARD_VIEWS)('$name looks like this, and a page of it is within the terminal', async ({name, title}) => {
    const terminal = createScreenTerminal(columns, rows)
    const store = createStore(boardReducer(BOARD_VIEWS), recordedBoard({columns, rows}, name))
    const controller = new AbortController()
    const {signals, stdin, stdout} = terminal
    const stage = {stdin, stdout, signals, signal: controller.signal}
    const now = () => RECORDED_AT
    const shown = showBoard({store, views: BOARD_VIEWS, look: COLOURED, now, onWish: () => undefined, stage})
    try {
      // A view that throws ends the board.
      await Promise.race([shown, eventually(async () => expect((await terminal.screen())[1]).toContain(title))])
      const lines = await terminal.screen()

      await expect(`${lines.map((line) => line.trimEnd()).join('\n')}\n`).toMatchFileSnapshot(
        `../golden/tui/board-${name}-${columns}x${rows}.txt`,
      )
      terminal.type('\r')
      for (let turn = 0; turn < 6; turn += 1) await new Promise(setImmediate)
      const page = await terminal.screen()
      expect(page).toHaveLength(rows)
      expect(page.join('\n')).not.toMatch(/undefined|NaN|\[object/)
    } finally {
      controller.abort()
      await shown
    }
  })
})

/** Every view, its first row's pages and what can be asked there, as frames. */
function frames(size: Size, look: Look, paint: typeof placeLine): readonly string[] {
  const reduce = boardReducer(BOARD_VIEWS)
  const painter = boardPainter(BOARD_VIEWS, look)
  const recorded = recordedBoard(size)
  return NAMES.flatMap((view) => {
    const table = reduce(recorded, {type: 'view-shown', view})
    const states = [
      table,
      reduce(table, {type: 'opened', page: 'drill'}),
      reduce(table, {type: 'opened', page: 'describe'}),
      reduce(table, {type: 'help-toggled'}),
      reduce(table, {type: 'prompt-opened', prompt: 'command'}),
      reduce(table, {type: 'prompt-opened', prompt: 'region'}),
    ]
    return states.map((state) =>
      painter(state)
        .lines.map((line) => paint(line, size.columns, look))
        .join('\n'),
    )
  })
}

test.each([
  [80, 24],
  [160, 50],
  [61, 17],
  [240, 70],
])('every frame of %d × %d is the terminal, no more and no less', (columns, rows) => {
  for (const frame of frames({columns, rows}, {color: false, unicode: true}, paintLine)) {
    const lines = frame.split('\n')
    expect(lines).toHaveLength(rows)
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns)
    expect(frame).not.toMatch(/undefined|NaN|\[object/)
  }
})

test('the recording is one that the program reads', async () => {
  const {recordedSchema, recordingHeadSchema} = await import(
    '../../src/lib/monitor/board/recording/recording.schema.js'
  )
  const [head, ...rest] = readFileSync(RECORDING, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

  expect(recordingHeadSchema.safeParse(head).error).toBeUndefined()
  for (const line of rest) expect(recordedSchema.safeParse(line).error).toBeUndefined()
})

test('views leave the cutting to the screen only where there is no room', () => {
  const state = recordedBoard({columns: 160, rows: 50})
  const room = {columns: 160, rows: 12, color: true, unicode: true}

  for (const view of BOARD_VIEWS) {
    for (const line of view.head?.(state, room) ?? []) expect(lineWidth(line)).toBeLessThanOrEqual(160)
  }
})

test('without colours nothing but text is written', () => {
  for (const frame of frames({columns: 100, rows: 30}, {color: false, unicode: true}, paintLine)) {
    expect(frame).not.toContain('\u001B')
  }
})

test('where only ASCII is safe, only ASCII is written', () => {
  for (const frame of frames({columns: 100, rows: 30}, {color: false, unicode: false}, paintLine)) {
    expect(frame).toMatch(/^[\x20-\x7E\n]*$/)
  }
})

test('colours are the terminal’s own, and readable on light and dark: no white, black or background', () => {
  const codes = frames({columns: 160, rows: 50}, COLOURED, placeLine).flatMap((frame) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this looks for.
    [...frame.matchAll(/\u001B\[([\d;]*)m/g)].map(([, code]) => code),
  )

  expect(new Set(codes).size).toBeGreaterThan(4)
  expect(
    [...new Set(codes)].filter((code) => !['0', '1', '2', '7', '31', '32', '33', '36'].includes(code ?? '')),
  ).toEqual([])
})

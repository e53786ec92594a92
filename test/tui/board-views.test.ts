import {readFileSync} from 'node:fs'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {boardReducer} from '../../src/lib/monitor/board/reduce.js'
import {lastCrumb} from '../../src/lib/monitor/board/ui/shown.js'
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
  const terminal = createScreenTerminal(columns, rows)
  const store = createStore(boardReducer(BOARD_VIEWS), recordedBoard({columns, rows}))
  const controller = new AbortController()
  let shown = Promise.resolve()

  beforeAll(() => {
    const {signals, stdin, stdout} = terminal
    const stage = {stdin, stdout, signals, signal: controller.signal}
    const now = () => RECORDED_AT
    shown = showBoard({store, views: BOARD_VIEWS, look: COLOURED, now, onWish: () => undefined, stage})
  })

  afterAll(async () => {
    controller.abort()
    await shown
  })

  async function screenOf(view: string): Promise<readonly string[]> {
    await eventually(async () => {
      if (lastCrumb(store.getSnapshot().ui).view !== view) terminal.type(`:${view}\r`)
      await new Promise(setImmediate)
      expect(lastCrumb(store.getSnapshot().ui)).toMatchObject({view, page: undefined})
    })
    const title = BOARD_VIEWS.find(({name}) => name === view)?.title ?? ''
    await eventually(async () => expect((await terminal.screen())[1]).toContain(title))
    return terminal.screen()
  }

  test.each(NAMES)('%s looks like this', async (view) => {
    const lines = await screenOf(view)

    await expect(`${lines.map((line) => line.trimEnd()).join('\n')}\n`).toMatchFileSnapshot(
      `../golden/tui/board-${view}-${columns}x${rows}.txt`,
    )
  })

  test.each(NAMES)('the page of a row of %s tells something of it, within the terminal', async (view) => {
    await screenOf(view)
    terminal.type('\r')
    for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate)

    const lines = await terminal.screen()
    expect(lines).toHaveLength(rows)
    expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/)
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

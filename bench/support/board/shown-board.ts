import {EventEmitter} from 'node:events'
import {PassThrough} from 'node:stream'
import {boardReducer, initialBoardState} from '../../../src/lib/monitor/board/reduce.js'
import type {BoardEvent} from '../../../src/lib/monitor/board/state.js'
import type {ViewName} from '../../../src/lib/monitor/board/view.js'
import {BOARD_VIEWS} from '../../../src/lib/monitor/board/views.js'
import {createStore} from '../../../src/lib/monitor/store.js'
import {showBoard} from '../../../src/lib/monitor/tui/show-board.js'
import {BUSY_SUBJECT} from './busy-account.js'

export interface ShownBoard {
  readonly dispatch: (event: BoardEvent) => void
  readonly type: (keys: string) => void
  /** Bytes written to the terminal so far, and when the last ones were. */
  readonly written: () => {readonly bytes: number; readonly atMs: number}
  readonly close: () => Promise<void>
}

/** The board with all its views and keys on a terminal of 160 × 50 that takes what is written and draws nothing. */
export function showBusyBoard(view: ViewName, now: () => number, intervalMs: number): ShownBoard {
  const size = {columns: 160, rows: 50}
  let bytes = 0
  let atMs = 0
  const stdout = Object.assign(new EventEmitter(), {
    ...size,
    isTTY: true,
    write(text: string) {
      bytes += text.length
      atMs = performance.now()
      return true
    },
  })
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  })
  const controller = new AbortController()
  const start = initialBoardState({size, nowMs: now(), intervalMs, subject: BUSY_SUBJECT, view})
  const store = createStore(boardReducer(BOARD_VIEWS), start)
  const shown = showBoard({
    store,
    views: BOARD_VIEWS,
    look: {color: true, unicode: true},
    now,
    onWish: () => undefined,
    stage: {
      stdin: stdin as unknown as NodeJS.ReadStream,
      stdout: stdout as unknown as NodeJS.WriteStream,
      signals: new EventEmitter(),
      signal: controller.signal,
    },
  })
  return {
    dispatch: store.dispatch,
    type: (keys) => stdin.write(keys),
    written: () => ({bytes, atMs}),
    async close() {
      controller.abort()
      await shown
    },
  }
}

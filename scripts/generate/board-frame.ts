import {openRecording} from '../../src/lib/monitor/board/recording/read-recording.js'
import {boardReducer, initialBoardState} from '../../src/lib/monitor/board/reduce.js'
import {BOARD_VIEWS} from '../../src/lib/monitor/board/views.js'
import type {Size} from '../../src/lib/monitor/size.js'
import {boardPainter} from '../../src/lib/monitor/tui/board-lines.js'
import {paintLine} from '../../src/lib/monitor/tui/paint-line.js'

/** The board as a terminal of that size shows it at the end of a recording, line by line with colours. */
export async function boardFrame(file: string, size: Size): Promise<readonly string[]> {
  const {head, lines} = await openRecording(file)
  const reduce = boardReducer(BOARD_VIEWS)
  const {at, intervalMs, subject} = head
  let state = initialBoardState({size, nowMs: at, intervalMs, subject})
  for await (const {at: atMs, event} of lines) {
    if (event.type === 'round') continue
    state = reduce(reduce(state, event.type === 'failed' ? {...event, nextAtMs: event.nextAtMs} : event), {
      type: 'ticked',
      nowMs: atMs,
    })
  }
  const look = {color: true, unicode: true}
  const frame = boardPainter(BOARD_VIEWS, look)(state)
  return frame.lines.map((line) => paintLine(line, size.columns, look))
}

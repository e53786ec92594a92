import {readFileSync} from 'node:fs'
import type {Recorded, RecordingHead} from '../../src/lib/monitor/board/recording/recording.schema.js'
import {boardReducer, initialBoardState} from '../../src/lib/monitor/board/reduce.js'
import type {BoardState} from '../../src/lib/monitor/board/state.js'
import type {ViewName} from '../../src/lib/monitor/board/view.js'
import {BOARD_VIEWS} from '../../src/lib/monitor/board/views.js'
import type {Size} from '../../src/lib/monitor/size.js'

/** What `monitor --sandbox --record` made of the scenario `demo`, with fewer rows and minutes of each kind. */
export const RECORDING = 'test/cases/board/demo.ndjson'

const [head, ...recorded] = readFileSync(RECORDING, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const first: RecordingHead = head
const events: readonly Recorded[] = recorded

/** When the recording ends. */
export const RECORDED_AT = events.at(-1)?.at ?? first.at

/** The board as the recording leaves it. */
export function recordedBoard(size: Size, view: ViewName = 'overview'): BoardState {
  const {intervalMs, subject} = first
  const start = initialBoardState({size, nowMs: first.at, intervalMs, subject, view})
  const reduce = boardReducer(BOARD_VIEWS)
  const told = events.reduce((state, {event}) => {
    if (event.type === 'round') return state
    return reduce(state, event.type === 'failed' ? {...event, nextAtMs: event.nextAtMs} : event)
  }, start)
  return reduce(told, {type: 'ticked', nowMs: RECORDED_AT})
}

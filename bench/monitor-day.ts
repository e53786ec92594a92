// Whether a board that runs all day stays as small as it was: npm run bench -- monitor-day [--hours N] [--rows N] [--assert]
// A simulated day: a tick every two seconds and metrics every ten, as the board asks them, through reducer and screen;
// the clock is that of the bench.
import {setImmediate as turn} from 'node:timers/promises'
import {BUSY_FEEDS, trafficReadings} from './support/board/busy-account.js'
import {showBusyBoard} from './support/board/shown-board.js'
import {describeMachine, judge, numberOption} from './support/measure.js'

const INTERVAL_MS = 2000
const HOUR_MS = 3_600_000
/** So many intervals apart are two looks at the metrics. */
const LOOK = 5
/** A frame of so many samples: those between are held back by the screen where they come at once. */
const DRAWN = 10
const hours = numberOption('hours', 24)
const rows = numberOption('rows', 200)

let nowMs = Date.parse('2026-11-21T00:00:00Z')
const board = showBusyBoard('overview', () => nowMs, INTERVAL_MS)
board.dispatch(BUSY_FEEDS)
for (const event of trafficReadings(nowMs, {rows, minutes: 180, intervalMs: INTERVAL_MS})) board.dispatch(event)

console.log(describeMachine())
console.log(`${hours} hours, ${rows} rows, a sample every ${INTERVAL_MS} ms\n`)
const heldMb: number[] = []
for (let hour = 0; hour < hours; hour += 1) {
  for (let sample = 0; sample < HOUR_MS / INTERVAL_MS; sample += 1) {
    nowMs += INTERVAL_MS
    board.dispatch({type: 'ticked', nowMs})
    if (sample % LOOK > 0) continue
    for (const event of trafficReadings(nowMs, {rows, minutes: 2, intervalMs: LOOK * INTERVAL_MS}))
      board.dispatch(event)
    if (sample % DRAWN > 0) continue
    // A key is drawn at once: it takes with it all that was read.
    board.type(sample % (2 * DRAWN) === 0 ? 'j' : 'k')
    await turn()
    await turn()
  }
  heldMb.push(process.memoryUsage.rss() / 1024 ** 2)
  console.log(`hour ${String(hour + 1).padStart(2)}  ${heldMb.at(-1)?.toFixed(0)} MB`)
}
await board.close()

const early = Math.max(...heldMb.slice(0, Math.max(1, Math.floor(heldMb.length / 4))))
const most = Math.max(...heldMb)
judge([
  {says: 'memory after a day', value: most, bound: 160, unit: 'MB', kind: 'at most'},
  {says: 'growth after the first quarter', value: most - early, bound: 10, unit: 'MB', kind: 'at most'},
])

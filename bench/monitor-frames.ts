// What drawing the board costs: npm run bench -- monitor-frames [--rows N] [--samples N] [--keys N] [--assert]
// The real screen, 160 × 50, over readings of four Regions; the terminal takes the bytes and draws nothing.
import {setTimeout as after} from 'node:timers/promises'
import type {ViewName} from '../src/lib/monitor/board/view.js'
import {BUSY_FEEDS, trafficReadings} from './support/board/busy-account.js'
import {type ShownBoard, showBusyBoard} from './support/board/shown-board.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

const INTERVAL_MS = 2000
/** Longer than the screen holds back what is read. */
const CALM_MS = 100
const rows = numberOption('rows', 200)
const samples = numberOption('samples', 60)
const keys = numberOption('keys', 400)

let nowMs = Date.parse('2026-11-21T09:00:00Z')
console.log(describeMachine())
console.log(`${rows} rows, 160 x 50; ${samples} samples ${INTERVAL_MS} ms apart, ${keys} keys\n`)

const shares: number[] = []
const slow: number[] = []
for (const view of ['overview', 'models'] satisfies readonly ViewName[]) {
  const board = showBusyBoard(view, () => nowMs, INTERVAL_MS)
  board.dispatch(BUSY_FEEDS)
  look(board, 180)
  await after(CALM_MS * 3)
  const {bytes, cpuMs} = await sample(board)
  const times = await pressAll(board)
  await board.close()
  const sorted = times.toSorted((a, b) => a - b)
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
  console.log(
    `${view.padEnd(9)} ${cpuMs.toFixed(1)} ms CPU and ${bytes.toFixed(0)} bytes a sample; key to frame p50 ${median(times).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, most ${sorted.at(-1)?.toFixed(1)} ms`,
  )
  shares.push((cpuMs / INTERVAL_MS) * 100)
  slow.push(p99)
}
judge([
  {says: 'one core, steady', value: Math.max(...shares), bound: 3, unit: '%', kind: 'at most'},
  {says: 'key to frame p99', value: Math.max(...slow), bound: 50, unit: 'ms', kind: 'at most'},
])

function look(board: ShownBoard, minutes: number): void {
  for (const event of trafficReadings(nowMs, {rows, minutes, intervalMs: INTERVAL_MS})) board.dispatch(event)
}

/** One sample: every Region read again, and the two ticks of the clock that belong to it. */
async function sample(board: ShownBoard): Promise<{readonly cpuMs: number; readonly bytes: number}> {
  const before = process.cpuUsage()
  const begun = board.written().bytes
  // Making the readings up is not what a board does: it is measured alone and taken off.
  let made = 0
  for (let count = 0; count < samples; count += 1) {
    nowMs += INTERVAL_MS
    const from = process.cpuUsage()
    const readings = trafficReadings(nowMs, {rows, minutes: 5, intervalMs: INTERVAL_MS})
    made += cpuMsSince(from)
    for (const event of readings) board.dispatch(event)
    await after(CALM_MS)
    board.dispatch({type: 'ticked', nowMs: nowMs + 1000})
    await after(CALM_MS)
  }
  const cpuMs = cpuMsSince(before) - made
  return {cpuMs: cpuMs / samples, bytes: (board.written().bytes - begun) / samples}
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const {system, user} = process.cpuUsage(before)
  return (system + user) / 1000
}

/** Keys that each change what is shown: along the rows and back, pages, sorting, a filter letter by letter, a page. */
async function pressAll(board: ShownBoard): Promise<readonly number[]> {
  const cycle = [
    'j',
    'j',
    '\u001B[6~',
    'k',
    'G',
    'g',
    's',
    'S',
    '/',
    '4',
    '7',
    '\u007F',
    '\r',
    '?',
    '?',
    'd',
    'h',
    'm',
    'm',
  ]
  const times: number[] = []
  for (let count = 0; count < keys; count += 1) {
    const {bytes} = board.written()
    const pressed = performance.now()
    board.type(cycle[count % cycle.length] ?? 'j')
    for (let turn = 0; turn < 50 && board.written().bytes === bytes; turn += 1) await new Promise(setImmediate)
    if (board.written().bytes > bytes) times.push(board.written().atMs - pressed)
  }
  return times
}

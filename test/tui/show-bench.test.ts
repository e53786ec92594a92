import {expect, test} from 'vitest'
import type {CellEnd, LoadTick} from '../../src/lib/bench/load/load.js'
import type {RunOutlook} from '../../src/lib/bench/run/follower.js'
import {TELEMETRY_UNITS} from '../../src/lib/bench/telemetry/ports.js'
import {ERROR_CLASSES} from '../../src/lib/bench/wire/answer.js'
import {createLineFollower} from '../../src/lib/monitor/bench/line-follower.js'
import {liveRows} from '../../src/lib/monitor/bench/live-rows.js'
import {type BenchEvent, initialBenchState, reduceBench} from '../../src/lib/monitor/bench/state.js'
import {showBenchScreen} from '../../src/lib/monitor/tui/show-bench.js'
import {eventually} from '../support/eventually.js'
import {createScreenTerminal} from '../support/screen-terminal.js'

const NAMES = {errors: ERROR_CLASSES, units: TELEMETRY_UNITS}
const NOW = Date.parse('2026-11-21T12:00:00Z')

const OUTLOOK: RunOutlook = {
  targets: ['nova-lite', 'llama-8b'],
  cells: [
    {cell: 0, target: 0, label: '8 users', block: 0},
    {cell: 1, target: 1, label: '8 users', block: 0},
  ],
  estimate: {usd: 0.31, requests: 400, seconds: 80},
}

const NOTHING = {ttftP50: Number.NaN, ttftP99: Number.NaN, tpotP50: Number.NaN, tpotP99: Number.NaN, lagMax: Number.NaN}

function tickAt(atMs: number, changes: Partial<LoadTick> = {}): LoadTick {
  const done = Math.floor(atMs / 20)
  return {
    cell: 0,
    atMs,
    sent: done + 8,
    inFlight: 8,
    done,
    ok: done,
    errors: Array(16).fill(0),
    usage: {input: done * 512, output: done * 128, cacheRead: 0, cacheWrite: 0},
    tokenEvents: done * 64,
    recent: {ttftP50: 400, ttftP99: 900, tpotP50: 9.8, tpotP99: 14, lagMax: 0.4},
    ...changes,
  }
}

const ENDED: CellEnd = {
  cell: 0,
  ended: 'complete',
  why: undefined,
  t0EpochMs: NOW,
  lateMs: 0,
  gaps: {
    count: 0,
    sumMs: 0,
    minMs: Number.NaN,
    maxMs: Number.NaN,
    indexes: new Uint32Array(),
    counts: new Float64Array(),
  },
  selfCheck: {loopLagP99Ms: 1, loopLagMaxMs: 2, busyShare: 0.1, cpuMs: 10, workers: 1, maxInFlightReached: false},
  served: {tier: {}, latency: {}, model: {}},
  failures: [],
}

const throttled = Array.from({length: 16}, (_, at) => (at === 1 ? 3 : 0))

const UNDER_WAY: readonly BenchEvent[] = [
  {type: 'began', outlook: OUTLOOK},
  {type: 'cell', cell: 0},
  ...[200, 400, 600, 800, 1000, 1200].map((atMs): BenchEvent => ({type: 'tick', tick: tickAt(atMs), usd: 0.004})),
  {type: 'tick', tick: tickAt(1400, {ok: 67, errors: throttled}), usd: 0.005},
  {
    type: 'telemetry',
    row: {
      atMs: 1400,
      source: 'nvidia-smi',
      device: '0',
      values: {utilization: 97, 'memory-used': 61_000, power: 512.4},
    },
  },
]

function show(columns = 80, rows = 14) {
  const terminal = createScreenTerminal(columns, rows)
  const controller = new AbortController()
  const {stdin, stdout, signals} = terminal
  const stops: number[] = []
  const shown = showBenchScreen({
    now: () => NOW,
    look: {color: false, unicode: true},
    names: NAMES,
    title: 'nova against llama',
    simulated: true,
    onStop: () => stops.push(stops.length + 1),
    stage: {stdin, stdout, signals, signal: controller.signal},
  })
  for (const event of UNDER_WAY) shown.dispatch(event)
  const text = async () => (await terminal.screen()).join('\n')
  return {...shown, terminal, controller, stops, text}
}

test('one screen tells how far the run is, each target, the devices and what failed', async () => {
  const {closed, controller, text} = show()

  await eventually(async () => expect(await text()).toContain('throttled'))

  expect(await text()).toMatchInlineSnapshot(`
    "nova against llama  0s  simulated
    ███████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  17 %  70 of about 400 requests
    cell 1 of 2 · $0.0050 of about $0.31 · about 1m 20s left
    nova-lite, 8 users

    TARGET     LEVEL              REQ/S  TTFT p50     p99  TPOT p50  FAILED   TOK/S
    nova-lite  8 users  running      50       400     900       9.8       3   6,400
    llama-8b            waiting       -         -       -         -       0       -

    nvidia-smi 0  util 97 % · memory 59.6 GiB · power 512 W
    client ok: sends up to 0.40 ms late in the last 10 s
    failed: throttled 3

    q stop and keep what was measured  ? help"
  `)
  controller.abort()
  await closed
})

test('q stops sending and says what a second one does; the screen stays until the run is over', async () => {
  const {closed, controller, stops, terminal, text} = show()
  await eventually(async () => expect(await text()).toContain('nova-lite'))

  terminal.type('q')
  await eventually(async () =>
    expect(await text()).toContain('stopped sending, waiting for answers: nova-lite, 8 users'),
  )
  expect(await text()).toContain('q again: give up what is in flight')
  terminal.type('\u0003')
  await eventually(async () => expect(await text()).toContain('giving up what is in flight'))

  expect(stops).toEqual([1, 2])
  controller.abort()
  await closed
})

test('Ctrl-C twice in one read are two of them', async () => {
  const {closed, controller, stops, terminal, text} = show()
  await eventually(async () => expect(await text()).toContain('nova-lite'))

  terminal.type('\u0003\u0003')
  await eventually(async () => expect(await text()).toContain('giving up what is in flight'))

  expect(stops).toEqual([1, 2])
  controller.abort()
  await closed
})

test('help takes the place of the numbers, and Escape brings them back without stopping anything', async () => {
  const {closed, controller, stops, terminal, text} = show(80, 24)
  await eventually(async () => expect(await text()).toContain('nova-lite'))

  terminal.type('?')
  await eventually(async () => expect(await text()).toContain('FLIGHT'))
  terminal.type('\u001B')
  await eventually(async () => expect(await text()).not.toContain('stop sending, wait for'))

  expect(stops).toEqual([])
  controller.abort()
  await closed
})

test('rates are of the last ten seconds and do not suffer from ticks without an answer', () => {
  const ticks = Array.from({length: 100}, (_, index) => tickAt((index + 1) * 200, index > 90 ? {recent: NOTHING} : {}))

  const state = ticks.reduce<ReturnType<typeof initialBenchState>>(
    (before, tick) => reduceBench(before, {type: 'tick', tick, usd: undefined}),
    [{type: 'began', outlook: OUTLOOK} as const, {type: 'cell', cell: 0} as const].reduce(
      reduceBench,
      initialBenchState(NOW, {columns: 80, rows: 24}, NAMES),
    ),
  )

  const [row] = liveRows(state)
  expect(row?.rate).toBeCloseTo(50, 0)
  expect(row?.tokensPerSecond).toBeCloseTo(6400, -2)
  expect(row?.ttftP50).toBe(400)
  expect(state.cells.get(0)?.ticks.length).toBeLessThanOrEqual(51)
})

test('off a screen the same run is a line an interval, and one for whatever begins or ends', () => {
  let now = NOW
  const lines: string[] = []
  const follower = createLineFollower({names: NAMES, write: (line) => lines.push(line), now: () => now, everyMs: 1000})

  follower.begin(OUTLOOK)
  follower.phase('probing nova-lite')
  follower.cell(0)
  for (let atMs = 200; atMs <= 2400; atMs += 200) {
    now += 200
    follower.tick(tickAt(atMs, {errors: throttled, ok: Math.max(0, Math.floor(atMs / 20) - 3)}), {usd: 0.001})
  }
  follower.end(0, {...ENDED, ended: 'interrupted', why: 'Ctrl-C'})

  expect(lines).toMatchInlineSnapshot(`
    [
      "     0s  2 cells, nova-lite, llama-8b, about 400 requests, 1m 20s, about $0.31",
      "     0s  probing nova-lite",
      "     0s  cell 1 of 2: nova-lite, 8 users",
      "     1s  nova-lite, 8 users: 47 answered, 3 failed, 50/s, 8 in flight, TTFT 400 / 900 ms, TPOT 9.8 / 14 ms, 6,400 tokens/s, $0.0010 of about $0.31",
      "     2s  nova-lite, 8 users: 97 answered, 3 failed, 50/s, 8 in flight, TTFT 400 / 900 ms, TPOT 9.8 / 14 ms, 6,400 tokens/s, $0.0010 of about $0.31",
      "     2s  nova-lite, 8 users: interrupted: Ctrl-C, 117 answered, 3 failed (throttled 3)",
    ]
  `)
})

test('a search counts its cells and promises no number of them; repeats are of a level', () => {
  const lines: string[] = []
  const follower = createLineFollower({names: NAMES, write: (line) => lines.push(line), now: () => NOW, everyMs: 1000})
  const estimate = {usd: undefined, requests: 0, seconds: undefined}
  const cells = [0, 1, 2].map((cell) => ({cell, target: 0, label: cell < 2 ? '1/s' : '2/s', block: cell}))

  follower.begin({targets: ['nova-lite'], cells: cells.slice(0, 1), estimate})
  for (const [place] of cells.entries()) {
    follower.begin({targets: ['nova-lite'], cells: cells.slice(0, place + 1), estimate})
    follower.cell(place)
  }

  expect(lines.map((line) => line.trim())).toEqual([
    '0s  a search, nova-lite',
    '0s  cell 1: nova-lite, 1/s',
    '0s  cell 2: nova-lite, 1/s, repeat 2',
    '0s  cell 3: nova-lite, 2/s',
  ])
})

import {describe, expect, test} from 'vitest'
import type {BenchRow} from '../../../../src/lib/monitor/board/bench/bench.schema.js'
import {benchView} from '../../../../src/lib/monitor/board/bench/bench-view.js'
import {capacityView} from '../../../../src/lib/monitor/board/capacity/capacity-view.js'
import type {BoardData, ByPlace} from '../../../../src/lib/monitor/board/data.js'
import {endpointsView} from '../../../../src/lib/monitor/board/endpoints/endpoints-view.js'
import {eventsView} from '../../../../src/lib/monitor/board/events/events-view.js'
import {findingsView} from '../../../../src/lib/monitor/board/findings/findings-view.js'
import {initialBoardState} from '../../../../src/lib/monitor/board/reduce.js'
import {rowsOf} from '../../../../src/lib/monitor/board/rows.js'
import type {BoardState} from '../../../../src/lib/monitor/board/state.js'
import type {BoardView} from '../../../../src/lib/monitor/board/view.js'
import {widthOf} from '../../../../src/lib/monitor/text-width.js'
import {boardBench, boardCapacityRow, boardEndpoint, boardEvent, boardFinding} from '../../../support/board-rows.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const ROOM = {columns: 80, rows: 24, color: false, unicode: true}
const SUBJECT = {account: null, profile: null, regions: ['us-west-2'], simulated: false, replayed: false}
const START = initialBoardState({size: {columns: 80, rows: 24}, nowMs: NOW, intervalMs: 30_000, subject: SUBJECT})

const holding = (data: Partial<BoardData>): BoardState => ({...START, data: {...START.data, ...data}})
const here = <Row>(...rows: Row[]): ByPlace<Row> => new Map([['us-west-2', {atMs: NOW, rows}]])
const textOf = (line: readonly {readonly text: string}[]) =>
  line
    .map(({text}) => text)
    .join('')
    .trimEnd()
const headOf = (view: BoardView, state: BoardState) => (view.head?.(state, ROOM) ?? []).map(textOf)

/** Cells of the rows in the order in which they are shown. */
function cellsOf(view: BoardView, state: BoardState, ...keys: readonly string[]): readonly string[] {
  const rows = rowsOf(view.table(state), {filter: '', sort: undefined})
  return rows.map(({cells}) => keys.map((key) => cells[key]?.text ?? '').join(' | '))
}

function pageOf(view: BoardView, state: BoardState): string {
  const key = rowsOf(view.table(state), {filter: '', sort: undefined})[0]?.key ?? ''
  return (view.page?.(state, key, ROOM)?.lines ?? []).map(textOf).join('\n')
}

const CAPACITY = holding({
  capacity: here(
    boardCapacityRow({name: 'used', arn: 'a', idle: false, load: {mean: 1200, busiest: 3000}, throttles: 7}),
    boardCapacityRow({
      ...{name: 'term', arn: 'b', hourly: {currency: 'USD', amount: 96}, commitment: '1-month'},
      ...{commitmentEndsAt: '2026-12-24T00:00:00Z', refused: 'term cannot be deleted before 2026-12-24.'},
    }),
    boardCapacityRow({
      name: 'tone',
      arn: 'c',
      kind: 'deployment',
      hourly: null,
      units: null,
      commitment: null,
      idle: null,
    }),
    boardCapacityRow({name: 'odd', arn: 'd', hourly: null, load: null, throttles: null, idle: null, calls: null}),
  ),
})

describe('capacity', () => {
  test('what costs most comes first; what is not known is no zero', () => {
    expect(cellsOf(capacityView, CAPACITY, 'name', 'hourly', 'load', 'throttles', 'until', 'idle', 'called')).toEqual([
      'term | $96.00 | 0 | 0 | 2026-12-24 | idle | never',
      'used | $48.00 | 1,200 | 7 | none | - | never',
      'tone | by token | 0 | 0 | - | ? | never',
      'odd | ? | ? | ? | none | ? | ?',
    ])
  })

  test.each([
    ['2026-11-21T11:00:00Z', 0, '<1h'],
    ['2026-11-21T11:00:00Z', 59, '<1h'],
    ['2026-11-21T11:00:00Z', 61, '<2h'],
    ['2026-11-18T11:00:00Z', 0, '3d'],
  ])('of a last call in the hour from %s no more is said than that', (lastCallAt, minutes, called) => {
    const nowMs = Date.parse('2026-11-21T11:00:00Z') + minutes * 60_000
    const state = {...holding({capacity: here(boardCapacityRow({lastCallAt, calls: 9}))}), nowMs}

    expect(cellsOf(capacityView, state, 'called')).toEqual([called])
  })

  test('the head says what all and what the idle costs, an hour and a month', () => {
    expect(headOf(capacityView, CAPACITY)).toEqual([
      '$144.00/h ($105,120 a month)  4 things   idle: 1, $96.00/h, 2 not known   no price: 1',
    ])
  })

  test('the page says why it is kept, and what to go on with', () => {
    expect(pageOf(capacityView, CAPACITY)).toMatch(
      /costs +\$96\.00\/h.*\n(.*\n)*committed +1-month, until 2026-12-24.*\n(.*\n)*kept +term cannot be deleted/,
    )
  })
})

const FINDINGS = holding({
  findings: here(
    boardFinding({fingerprint: '1'.repeat(16), severity: 'critical', status: 'UNKNOWN', check: 'TH-01'}),
    boardFinding({fingerprint: '2'.repeat(16), severity: 'medium', check: 'EP-07'}),
    boardFinding({fingerprint: '3'.repeat(16), severity: 'high', check: 'EP-05'}),
    boardFinding({fingerprint: '4'.repeat(16), severity: 'critical', status: 'MUTED', check: 'IAM-05'}),
  ),
})

describe('findings', () => {
  test('failures come first, the worst before the others, then what is not known, then what is accepted', () => {
    expect(cellsOf(findingsView, FINDINGS, 'severity', 'status', 'check', 'resource')).toEqual([
      'high | fail | EP-05 | user/bot',
      'medium | fail | EP-07 | user/bot',
      'critical | unknown | TH-01 | user/bot',
      'critical | accepted | IAM-05 | user/bot',
    ])
  })

  test('the head says how old the audit is and what it was about', () => {
    expect(headOf(findingsView, FINDINGS)).toEqual([
      '2 failures   1 high   1 medium   1 not known   1 accepted',
      'audited 3h 00m ago (2026-11-21 09:00 UTC): 74 checks; us-west-2; 51 in order',
    ])
  })

  test('the page has evidence, remedy and commands', () => {
    expect(pageOf(findingsView, FINDINGS)).toMatch(
      /found +It never expires\.\n(.*\n)*evidence +config: none\n(.*\n)*remedy +Delete it\.\ncommands +aws iam delete/,
    )
  })

  test('where no audit is kept, the command that makes one is named', () => {
    expect(findingsView.table(START).empty).toContain('bedrockctl audit run makes one')
  })
})

const ENDPOINTS = holding({
  endpoints: here(
    boardEndpoint({id: 'vpce-good'}),
    boardEndpoint({id: 'vpce-bad', tone: 'bad', policy: 'full access', troubles: [trouble('EP-03'), trouble('EP-07')]}),
    boardEndpoint({
      ...{id: 'vpc-1 bedrock', state: 'absent', tone: 'bad', zones: [], privateDns: null, policy: null},
      troubles: [trouble('EP-01')],
    }),
  ),
})

function trouble(check: string) {
  return {
    check,
    severity: 'high',
    verdict: 'FAIL',
    text: `${check} fails`,
    remedy: 'Do so.',
    commands: ['aws x'],
  } as const
}

describe('endpoints', () => {
  test('those with most wrong come first; one that lacks says so', () => {
    expect(cellsOf(endpointsView, ENDPOINTS, 'endpoint', 'state', 'dns', 'policy', 'zones', 'troubles')).toEqual([
      'vpce-bad | available | private | full access | a b | EP-03 EP-07',
      '- | absent | - | - | - | EP-01',
      'vpce-good | available | private | restricted | a b | none',
    ])
    expect(headOf(endpointsView, ENDPOINTS)).toEqual(['2 endpoints in 1 VPC   1 in order   1 with defects   1 lacking'])
    expect(pageOf(endpointsView, ENDPOINTS)).toMatch(/EP-07 +high: EP-07 fails\nremedy +Do so\.\ncommands +aws x/)
  })
})

describe('events', () => {
  test('the newest come first, with the day where they are old', () => {
    const events = [
      boardEvent({id: 'old', atMs: NOW - 3 * 86_400_000}),
      boardEvent({id: 'new', atMs: NOW - 5000, errorCode: 'AccessDenied', who: 'app/ecs', resource: null}),
    ]
    const state = holding({events})

    expect(cellsOf(eventsView, state, 'time', 'event', 'error', 'who', 'text')).toEqual([
      '11:59:55 | InvokeModel | AccessDenied | app/ecs | -',
      '11-18 12:00 | InvokeModel | - | - | foundation-model/amazon.nova-lite-v1:0',
    ])
    expect(headOf(eventsView, state)[0]).toMatch(/^2 events {3}1 failed {3}0 noticed/)
  })
})

const LIVE: BenchRow = boardBench({
  ...{
    id: '20261121-115900-abcd',
    name: 'nightly',
    state: 'running',
    live: true,
    requests: 100,
    asked: 400,
    leftMs: 90_000,
  },
  ...{endedAtMs: null, verdict: null, levels: [], numbersOf: 'local, 8 users (2 of 4)'},
})

describe('bench', () => {
  test('the newest run comes first, one under way with its time left', () => {
    const state = holding({bench: here(boardBench(), LIVE)})

    expect(cellsOf(benchView, state, 'name', 'state', 'requests', 'failed', 'p50', 'p99', 'length', 'verdict')).toEqual(
      [
        'nightly | running | 100 | 3 | 38 | 121 | 1m 30s left | -',
        '- | complete | 500 | 3 | 38 | 121 | 2m 00s | usable',
      ],
    )
    expect(headOf(benchView, state)).toEqual([
      'nightly  3 failed  local, 8 users (2 of 4)',
      '41.2/s  TTFT 38 / 121 ms  6,104 tokens/s',
      expect.stringContaining('100 of 400 requests, 1m 30s left'),
    ])
  })

  test('the page of a run has its levels', () => {
    expect(pageOf(benchView, holding({bench: here(boardBench())}))).toMatch(
      /LEVEL +REQUESTS.*\nlocal, 2 users +100 +0 +10 +30 \/ 90 +640\nlocal, 8 users +400 +3 /,
    )
  })
})

test.each([
  ['capacity', capacityView, CAPACITY],
  ['findings', findingsView, FINDINGS],
  ['endpoints', endpointsView, ENDPOINTS],
  ['bench', benchView, holding({bench: here(boardBench(), LIVE)})],
] as const)('pages and descriptions of %s keep to the width, and text from outside to its line', (_, view, state) => {
  for (const {key} of view.table(state).rows) {
    for (const columns of [64, 80]) {
      const lines = view.page?.(state, key, {...ROOM, columns})?.lines ?? []

      expect(lines.length).toBeGreaterThan(3)
      expect(lines.map(textOf).filter((line) => widthOf(line) > columns)).toEqual([])
    }
    expect(view.describe(state, key)?.every(([name, value]) => name !== '' && value !== '')).toBe(true)
  }
})

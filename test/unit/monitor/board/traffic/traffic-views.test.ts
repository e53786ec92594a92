import {describe, expect, test} from 'vitest'
import type {AlarmRow} from '../../../../../src/lib/monitor/board/alarms/alarms.schema.js'
import {alarmsView} from '../../../../../src/lib/monitor/board/alarms/alarms-view.js'
import type {RatePrice} from '../../../../../src/lib/monitor/board/prices/prices.schema.js'
import type {Trouble} from '../../../../../src/lib/monitor/board/reading.schema.js'
import {boardReducer, initialBoardState} from '../../../../../src/lib/monitor/board/reduce.js'
import {regionsView} from '../../../../../src/lib/monitor/board/regions/regions-view.js'
import type {BoardEvent, BoardState} from '../../../../../src/lib/monitor/board/state.js'
import {modelsView} from '../../../../../src/lib/monitor/board/traffic/models-view.js'
import {overviewView} from '../../../../../src/lib/monitor/board/traffic/overview-view.js'
import type {TrafficSeries} from '../../../../../src/lib/monitor/board/traffic/traffic.schema.js'
import type {BoardRow, BoardView, Room} from '../../../../../src/lib/monitor/board/view.js'
import {ABOUT, minuteWith, SONNET, seriesWith} from '../../../../support/traffic-row.js'

const NOW = Date.parse('2026-11-21T09:14:05Z')
const LAST = Math.floor(NOW / 60_000) - 1
const HERE = 'eu-central-1'
const ROOM: Room = {columns: 100, rows: 8, color: false, unicode: true}
const SUBJECT = {
  account: '111122223333',
  profile: 'dev',
  regions: [HERE, 'us-east-1'],
  simulated: false,
  replayed: false,
}
const VIEWS = [overviewView, modelsView, alarmsView, regionsView]
const reduce = boardReducer(VIEWS)

const PRICE: RatePrice = {
  ...{
    endpoint: 'runtime',
    modelId: SONNET,
    tier: null,
    currency: 'USD',
    input: '3.3',
    output: '16.5',
    cacheRead: '0.33',
    cacheWrite: '4.125',
  },
  ...{source: 'Price List 2026-11-20', why: null},
}
const BUSY = seriesWith(
  Array.from({length: 60}, (_, at) =>
    minuteWith(LAST - 59 + at, {
      ...{invocations: 108, throttles: 12, input: 60_000, output: 6000, cacheRead: 60_000},
      ...{latencyP50: 2500, latencyP99: 9000, ttftP50: 500, ttftP99: 1200},
    }),
  ),
)
const MANTLE = seriesWith(
  [minuteWith(LAST, {invocations: 30, input: 900, output: 90, throttles: null, serverErrors: null, cacheRead: null})],
  {
    endpoint: 'mantle',
    modelId: 'openai.gpt-5.5',
    about: {...ABOUT, model: 'openai.gpt-5.5', kind: 'model', route: 'in-region'},
  },
)
const OWN = seriesWith([minuteWith(LAST, {invocations: 6, input: 100, output: 50})], {
  modelId: `arn:aws:bedrock:${HERE}:111122223333:imported-model/abc`,
  about: {...ABOUT, model: null, name: 'house-llama', kind: 'imported', route: null, processedIn: null},
})
const ALARM: AlarmRow = {
  ...{name: 'throttled', arn: 'arn of throttled', state: 'ALARM', sinceMs: NOW - 125_000, reason: 'Too many.'},
  ...{namespace: 'AWS/Bedrock', metric: 'InvocationThrottles', dimensions: {ModelId: SONNET}, rule: 'Sum > 5'},
}
const LOST: Trouble = {kind: 'lost', code: 'CONNECTION_FAILED', message: 'No answer.', action: null, hint: null}
const DENIED: Trouble = {...LOST, kind: 'denied', code: 'ACCESS_DENIED', action: 'cloudwatch:DescribeAlarms'}

const took = {tookMs: 5, calls: 1, metrics: 9, atMs: NOW - 2000}
const traffic = (rows: readonly TrafficSeries[], place = HERE): BoardEvent => ({
  type: 'read',
  reading: {...took, topic: 'traffic', place, rows},
  nextAtMs: NOW + 28_000,
})

function boardAfter(...events: readonly BoardEvent[]): BoardState {
  const start = initialBoardState({size: {columns: 100, rows: 30}, nowMs: NOW, intervalMs: 30_000, subject: SUBJECT})
  const topics = ['traffic', 'alarms', 'prices', 'quotas'] as const
  const feeds = SUBJECT.regions.flatMap((place) => topics.map((topic) => [topic, place] as const))
  return [{type: 'watching', subject: SUBJECT, feeds} as const, ...events].reduce(reduce, start)
}

const PRICED: BoardEvent = {
  type: 'read',
  reading: {...took, topic: 'prices', place: HERE, rows: [PRICE]},
  nextAtMs: NOW + 28_000,
}
const ALARMED: BoardEvent = {
  type: 'read',
  reading: {
    ...took,
    topic: 'alarms',
    place: HERE,
    rows: [ALARM, {...ALARM, name: 'fine', arn: 'arn of fine', state: 'OK'}],
  },
  nextAtMs: NOW + 28_000,
}
const FULL = boardAfter(traffic([BUSY, MANTLE, OWN]), PRICED, ALARMED)

const textsOf = ({cells}: BoardRow): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(cells).map(([key, {text}]) => [key, text]))
const rowNamed = (view: BoardView, state: BoardState, start: string): Readonly<Record<string, string>> => {
  const found = view.table(state).rows.find(({id, key}) => id.startsWith(start) || key === start)
  return found ? textsOf(found) : {}
}
const textOf = (lines: readonly (readonly {readonly text: string}[])[]) =>
  lines.map((line) => line.map(({text}) => text).join('')).join('\n')

describe('the table', () => {
  test('tells a model as it is called, with shares of five minutes and the price of what it uses', () => {
    expect(rowNamed(overviewView, FULL, SONNET)).toMatchObject({
      ...{model: SONNET, region: HERE, via: 'geo', requests: '2', input: '60k', output: '6k', cached: '50 %'},
      ...{ttft: '500 ms', latencyP99: '9 s', throttled: '10 %', errors: '0 %', rate: '$19.01', state: ''},
    })
  })

  test('says of mantle what it has no metric for, and names own models by name', () => {
    expect(rowNamed(modelsView, FULL, 'openai.gpt-5.5')).toMatchObject({
      ...{via: 'mantle', requests: '0.50', ttft: 'n/a', latency: 'n/a', throttled: 'n/a', cached: '-', speed: 'n/a'},
    })
    expect(rowNamed(modelsView, FULL, OWN.modelId)).toMatchObject({
      ...{model: 'house-llama', via: 'imported', rate: 'hourly', quota: '?'},
    })
  })

  test('keeps what was read of a Region that is lost, and says how old it is', () => {
    const failed = {
      type: 'failed',
      topic: 'traffic',
      place: HERE,
      trouble: LOST,
      atMs: NOW + 60_000,
      nextAtMs: NOW + 90_000,
    } as const
    const state = boardAfter(traffic([BUSY]), failed, {type: 'ticked', nowMs: NOW + 60_000})
    const [row] = overviewView.table(state).rows

    expect(row && textsOf(row)).toMatchObject({requests: '2', state: 'lost 1m 02s'})
    expect(row?.cells['requests']?.tone).toBe('faint')
  })
})

describe('the pulse', () => {
  test('adds up what is called, names what has no price, and the alarms', () => {
    const lines = textOf(overviewView.head?.(FULL, ROOM) ?? [])

    expect(lines).toContain('requests/s  2.6  throttled 9.4 %  failed 0 %  at 09:13 UTC')
    expect(lines).toContain('in 61k  out 6.14k  cached 60k')
    expect(lines).toMatch(/cost now +>\$19\.00\/h \(\$13,876\/month\) +1 unpriced/)
    expect(lines).toContain('1 in ALARM so far   throttled')
  })

  test('says of counts that lack a Region that they do', () => {
    const CAPACITY: BoardEvent = {
      type: 'read',
      reading: {...took, topic: 'capacity', place: HERE, rows: []},
      nextAtMs: NOW + 28_000,
    }
    const topics = ['traffic', 'alarms', 'capacity'] as const
    const feeds = SUBJECT.regions.flatMap((place) => topics.map((topic) => [topic, place] as const))
    const watching: BoardEvent = {type: 'watching', subject: SUBJECT, feeds}
    const failed: BoardEvent = {
      ...{type: 'failed', topic: 'alarms', place: 'us-east-1', trouble: DENIED},
      ...{atMs: NOW, nextAtMs: NOW + 30_000},
    }
    const reading = [ALARMED, CAPACITY].reduce(reduce, reduce(boardAfter(traffic([BUSY])), watching))

    expect(textOf(overviewView.head?.(reading, ROOM) ?? [])).toMatch(/capacity >\$0.00\/h[\s\S]*1 in ALARM so far/)
    expect(textOf(overviewView.head?.(reduce(reading, failed), ROOM) ?? [])).toContain('1 in ALARM as far as known')
  })

  test('names the action that is missing where quotas may not be read', () => {
    const trouble: Trouble = {...DENIED, action: 'servicequotas:ListServiceQuotas'}
    const when = {atMs: NOW, nextAtMs: NOW + 28_000}
    const failed: BoardEvent = {type: 'failed', topic: 'quotas', place: HERE, trouble, ...when}

    expect(textOf(overviewView.head?.(boardAfter(traffic([BUSY]), failed), ROOM) ?? [])).toMatch(
      /quota +not allowed: servicequotas:ListServiceQuotas/,
    )
  })

  test.each([0, 1, 2, 3, 6])('takes no more than the %d lines that it is given', (rows) => {
    const lines = overviewView.head?.(FULL, {...ROOM, rows}) ?? []

    expect(lines).toHaveLength(rows)
    if (rows > 1) expect(textOf(lines)).toContain('in ALARM')
  })

  test('has characters of ASCII alone where nothing else is safe', () => {
    expect(textOf(overviewView.head?.(FULL, {...ROOM, unicode: false}) ?? [])).toMatch(/^[\x20-\x7E\n]*$/)
  })
})

describe('the page of a model', () => {
  const key = overviewView.table(FULL).rows[0]?.key ?? ''

  test('tells how it goes, where prompts travel, what it costs and draws what was measured', () => {
    const page = modelsView.page?.(FULL, key, {...ROOM, rows: 24})
    const lines = textOf(page?.lines ?? [])

    expect(page?.title).toBe(`${SONNET} in ${HERE}`)
    expect(lines).toContain('first token 500 ms (p99 1.2 s)   whole answer 2.5 s (p99 9 s)')
    expect(lines).toContain('geo: eu-central-1 eu-west-1')
    expect(lines).toContain('$19.01/h   $13,876 a month at this pace')
    for (const chart of ['Requests', 'Tokens', 'Whole answer', 'First token (streams)']) expect(lines).toContain(chart)
  })

  test('is described by names that differ, so that two models can be held against each other', () => {
    const facts = modelsView.describe(FULL, key) ?? []

    expect(new Map(facts).get('output tokens a second')).toBe('27.8')
    expect(new Set(facts.map(([name]) => name)).size).toBe(facts.length)
    expect(modelsView.eventFilter?.(FULL, key)).toBe(SONNET)
  })
})

test('alarms come with those in ALARM first, since when, and what they look at', () => {
  const {rows} = alarmsView.table(FULL)

  expect(rows.map(({cells}) => cells['state']?.sort)).toEqual([0, 2])
  expect(rows[0] && textsOf(rows[0])).toMatchObject({state: 'ALARM', since: '2m 05s', subject: SONNET, rule: 'Sum > 5'})
  expect(new Map(alarmsView.describe(FULL, rows[0]?.key ?? '')).get('reason')).toBe('Too many.')
})

test('a Region that is only looked at now and then is said not to be used', () => {
  const elsewhere = 'sa-east-1'
  const feeds = [...SUBJECT.regions, elsewhere].map((place) => ['traffic', place] as const)
  const state = boardAfter({type: 'watching', subject: SUBJECT, feeds}, traffic([BUSY]), traffic([], elsewhere))

  expect(rowNamed(regionsView, state, elsewhere)).toMatchObject({status: 'not used', requests: '0', traffic: 'live'})
  expect(rowNamed(regionsView, state, HERE)).toMatchObject({status: 'live', requests: '2'})
})

test('a Region says what could not be read there, and which action is missing', () => {
  const denied = {
    type: 'failed',
    topic: 'alarms',
    place: HERE,
    trouble: DENIED,
    atMs: NOW,
    nextAtMs: undefined,
  } as const
  const lost = {type: 'failed', topic: 'traffic', place: 'us-east-1', trouble: LOST, atMs: NOW, nextAtMs: NOW} as const
  const state = boardAfter(traffic([BUSY]), denied, lost)

  expect(rowNamed(regionsView, state, HERE)).toMatchObject({
    ...{status: 'denied 1 of 4', requests: '2', throttled: '10 %', age: '2s', traffic: 'live', alarms: 'denied'},
  })
  expect(rowNamed(regionsView, state, 'us-east-1')).toMatchObject({status: 'lost 1 of 4', age: '-', traffic: 'lost'})
  expect(new Map(regionsView.describe(state, HERE)).get('alarms')).toContain('needs cloudwatch:DescribeAlarms')
})

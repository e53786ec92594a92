import {describe, expect, test} from 'vitest'
import {
  FIRST_LOOK,
  isListDue,
  KEPT_MINUTES,
  type LookMemory,
  planLook,
  withAnswer,
  withList,
} from '../../../../../src/lib/monitor/board/traffic/plan-look.js'
import type {KnownMetric, MetricMinutes} from '../../../../../src/lib/monitor/board/traffic/ports.js'
import {knownMetric} from '../../../../support/traffic-row.js'

const NOW = Date.parse('2026-11-21T12:00:30Z')
const MINUTE = 60_000
const AT = Math.floor(NOW / MINUTE)
const BUSY = [knownMetric('invocations'), knownMetric('throttles'), knownMetric('latency')]
const QUIET = ['invocations', 'throttles', 'input'].map((metric) =>
  knownMetric(metric as KnownMetric['metric'], {modelId: 'amazon.nova-lite-v1:0'}),
)
const TIER = knownMetric('invocations', {
  tier: 'flex',
  source: {
    namespace: 'AWS/Bedrock',
    name: 'Invocations',
    dimensions: {ModelId: 'm', ServiceTier: 'flex', ResolvedServiceTier: 'flex'},
  },
})
const ALL = [...BUSY, ...QUIET, TIER]

const counted = (known: KnownMetric, minute: number): MetricMinutes => ({
  known,
  statistic: 'sum',
  points: new Map([[minute, 1]]),
})

/** After a first look at `NOW` in which the busy model and the tier were counted. */
function looked(intervalMs: number): LookMemory {
  const listed = withList(FIRST_LOOK, ALL, NOW)
  const plan = planLook(listed, {nowMs: NOW, intervalMs})
  return withAnswer(listed, plan, [counted(BUSY[0] as KnownMetric, AT - 1), counted(TIER, AT - 1)], NOW)
}

test('the first look asks everything of all minutes that are kept', () => {
  const plan = planLook(withList(FIRST_LOOK, ALL, NOW), {nowMs: NOW, intervalMs: 30_000})

  expect(plan).toEqual({metrics: ALL, from: AT - KEPT_MINUTES, to: AT})
})

describe.each([
  {every: '30 s', intervalMs: 30_000, sign: 60_000, silent: 300_000, list: 300_000},
  {every: '2 s', intervalMs: 2000, sign: 4000, silent: 20_000, list: 20_000},
  {every: '10 min', intervalMs: 600_000, sign: 600_000, silent: 600_000, list: 600_000},
])('with a look every $every', ({intervalMs, list, sign, silent}) => {
  const planAfter = (ms: number) => planLook(looked(intervalMs), {nowMs: NOW + ms, intervalMs})

  test('what is called is asked once a minute is over, of the minutes that may still grow', () => {
    const plan = planAfter(Math.max(intervalMs, 30_000))
    const at = Math.floor((NOW + Math.max(intervalMs, 30_000)) / MINUTE)

    expect(plan.metrics).toEqual(expect.arrayContaining([...BUSY, TIER]))
    expect(plan.to).toBe(at)
    expect(plan.from).toBe(AT - 4)
  })

  test.each([
    {of: 'the first signs of a silent id', metric: QUIET[0], due: sign},
    {of: 'the rest of a silent id', metric: QUIET[2], due: silent},
  ])('$of are asked when due and not before', ({due, metric}) => {
    if (due > intervalMs) expect(planAfter(due - intervalMs).metrics).not.toContain(metric)
    expect(planAfter(due).metrics).toContain(metric)
  })

  test('the list is read again when due', () => {
    const memory = looked(intervalMs)

    expect(isListDue(FIRST_LOOK, {nowMs: NOW, intervalMs})).toBe(true)
    expect(isListDue(memory, {nowMs: NOW + list, intervalMs})).toBe(true)
    if (list > intervalMs) expect(isListDue(memory, {nowMs: NOW + list - intervalMs, intervalMs})).toBe(false)
  })
})

describe('with a look every 10 s', () => {
  const intervalMs = 10_000
  const told = (minute: number, nowMs: number): LookMemory => {
    const memory = withList(FIRST_LOOK, BUSY, nowMs)
    const plan = planLook(memory, {nowMs, intervalMs})
    return withAnswer(memory, plan, [counted(BUSY[0] as KnownMetric, minute)], nowMs)
  }
  const start = AT * MINUTE
  const asks = (memory: LookMemory, nowMs: number) => planLook(memory, {nowMs, intervalMs}).metrics.length > 0

  test('what has told of the last minute is asked once more half a minute later', () => {
    const memory = told(AT - 1, start)

    expect([10, 20, 30].map((seconds) => asks(memory, start + seconds * 1000))).toEqual([false, false, true])
  })

  test('what has not told of it yet is asked each time', () => {
    const memory = told(AT - 2, start)

    expect([10, 20, 30].map((seconds) => asks(memory, start + seconds * 1000))).toEqual([true, true, true])
  })

  test('the next minute that is over is asked for at once', () => {
    const memory = told(AT - 1, start + 50_000)

    expect(asks(memory, start + MINUTE)).toBe(true)
  })
})

test('a silent id that shows a sign is asked whole again, from where it was asked last', () => {
  const intervalMs = 30_000
  const nowMs = NOW + 60_000
  const memory = looked(intervalMs)
  const plan = planLook(memory, {nowMs, intervalMs})
  const seen = withAnswer(memory, plan, [counted(QUIET[0] as KnownMetric, AT + 1)], nowMs)

  const next = planLook(seen, {nowMs: nowMs + intervalMs, intervalMs})

  expect(plan.metrics).not.toContain(QUIET[2])
  expect(next.metrics).toContain(QUIET[2])
  expect(next.from).toBe(AT - 4)
})

test('after a look that failed nothing is lost: the next goes back to the last that was answered', () => {
  const plan = planLook(looked(30_000), {nowMs: NOW + 20 * MINUTE, intervalMs: 30_000})

  expect(plan.from).toBe(AT - 4)
})

test('a clock that was put back keeps nothing from being asked', () => {
  const memory = looked(30_000)
  const back = {nowMs: NOW - 3_600_000, intervalMs: 30_000}

  expect(planLook(memory, back)).toMatchObject({metrics: ALL, to: AT - 60})
  expect(isListDue(memory, back)).toBe(true)
})

test('what is not listed any more is forgotten', () => {
  const memory = withList(looked(30_000), BUSY, NOW)

  expect(memory.askedAtMs.size).toBe(BUSY.length)
  expect(memory.counted.size).toBe(1)
})

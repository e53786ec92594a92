import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {KEPT, reduceSandbox} from '../../../../src/lib/monitor/sandbox/reduce.js'
import {initialSandboxState, type SandboxEvent, type SandboxState} from '../../../../src/lib/monitor/sandbox/state.js'
import {listedRequests, selectedRequest, shownRequests} from '../../../../src/lib/monitor/sandbox/visible-requests.js'
import {answeredRequest, BUSY, START_MS, stateAfter} from '../../../support/sandbox-states.js'

const SIZE = {columns: 80, rows: 24}
const come = (count: number): SandboxEvent => ({
  type: 'answered',
  nowMs: START_MS,
  requests: Array.from({length: count}, () => answeredRequest()),
})

describe('counting', () => {
  test('requests are counted in all, by operation, and as errors when the caller did not get its answer', () => {
    const {count, errors, operations} = stateAfter(BUSY)

    expect([count, errors]).toEqual([12, 3])
    expect([...operations.values()].map(({service, operation, count: times}) => [service, operation, times])).toEqual([
      ['bedrock', 'ListFoundationModels', 2],
      ['sts', 'GetCallerIdentity', 1],
      ['bedrock', 'ListInferenceProfiles', 6],
      ['bedrock', 'GetFoundationModel', 1],
      ['pricing', 'GetProducts', 1],
      ['unknown', 'request', 1],
    ])
  })

  test('pausing freezes the list, not the counts', () => {
    const state = stateAfter([come(3), {type: 'pause-toggled'}, come(2)])

    expect(listedRequests(state)).toHaveLength(3)
    expect([state.count, state.seen - (state.frozen?.seen ?? 0)]).toEqual([5, 2])
    expect(listedRequests(reduceSandbox(state, {type: 'pause-toggled'}))).toHaveLength(5)
  })

  test('clearing begins anew but keeps the numbers, the filter and the start', () => {
    const state = stateAfter([...BUSY, {type: 'filter-opened'}, {type: 'filter-typed', text: 'x'}, {type: 'cleared'}])

    expect(state).toMatchObject({count: 0, errors: 0, requests: [], seen: 12, filter: 'x', startedAtMs: START_MS})
    expect(state.countedSinceMs).toBe(START_MS + 64_000)
  })

  test('operations beyond the limit are counted together', () => {
    const requests = Array.from({length: KEPT.operations + 50}, (_, index) =>
      answeredRequest({operation: `Op${index}`}),
    )
    const {operations} = stateAfter([{type: 'answered', nowMs: START_MS, requests}])

    expect(operations.size).toBe(KEPT.operations + 1)
    expect(operations.get('other operations')?.count).toBe(50)
  })
})

describe('what is listed', () => {
  test.each([
    ['', false, 12],
    ['PRICING', false, 1],
    ['404', false, 1],
    ['cut', false, 1],
    ['not known', false, 1],
    ['us-east-1', false, 1],
    ['!inference', false, 6],
    ['!', false, 12],
    ['', true, 3],
    ['bedrock', true, 1],
    ['nothing like it', false, 0],
  ])('filter "%s" with errors only %s leaves %i', (filter, errorsOnly, left) => {
    expect(listedRequests({...stateAfter(BUSY), filter, errorsOnly})).toHaveLength(left)
  })

  test('following shows the newest; looking keeps the one looked at in sight', () => {
    const listed = listedRequests(stateAfter([come(30)]))
    const numbers = (selected: number | undefined) => {
      const shown = shownRequests(listed, selected, 5)
      return [shown[0]?.number, shown.at(-1)?.number]
    }

    expect(numbers(undefined)).toEqual([26, 30])
    expect(numbers(1)).toEqual([1, 5])
    expect(numbers(10)).toEqual([8, 12])
    expect(numbers(30)).toEqual([26, 30])
  })

  test('what is looked at stays while others come, and becomes the oldest left when it is dropped', () => {
    const looking = stateAfter([come(3), {type: 'moved', by: -2}])
    const later = reduceSandbox(looking, come(KEPT.requests))

    expect(selectedRequest(listedRequests(reduceSandbox(looking, come(5))), looking.selected)?.number).toBe(2)
    expect(selectedRequest(listedRequests(later), later.selected)?.number).toBe(4)
  })
})

describe('moving', () => {
  const moves = (...by: readonly number[]) =>
    stateAfter([come(5), ...by.map((step): SandboxEvent => ({type: 'moved', by: step}))]).selected

  test('the first step up looks at the newest, one down from it follows again', () => {
    expect([moves(-1), moves(-1, 1), moves(-2), moves(-99), moves(-99, 1), moves(1)]).toEqual([
      5,
      undefined,
      4,
      1,
      2,
      undefined,
    ])
  })

  test('in an empty list nothing moves', () => {
    const empty = initialSandboxState(START_MS, SIZE)

    expect(reduceSandbox(empty, {type: 'moved', by: -1})).toBe(empty)
  })
})

describe('the filter', () => {
  test('Escape drops it while it is typed and after it was kept', () => {
    const typed = stateAfter([{type: 'filter-opened'}, {type: 'filter-typed', text: 'sts'}])
    const kept = reduceSandbox(typed, {type: 'filter-closed', keep: true})

    expect(kept).toMatchObject({filter: 'sts', filterBefore: undefined})
    expect(reduceSandbox(typed, {type: 'filter-closed', keep: false}).filter).toBe('')
    expect(reduceSandbox(kept, {type: 'filter-closed', keep: false}).filter).toBe('')
  })

  test('nothing is typed into a filter that is not open', () => {
    const state = stateAfter([{type: 'filter-typed', text: 'sts'}])

    expect(state.filter).toBe('')
  })
})

const anyRequest = fc.record({
  at: fc.constant('2026-11-21T09:14:00.000Z'),
  http: fc.string(),
  service: fc.constantFrom('bedrock', 'sts', 'pricing'),
  operation: fc.string({maxLength: 3}),
  status: fc.constantFrom(0, 200, 204, 400, 403, 429, 500),
  ms: fc.double(),
})
const anyEvent: fc.Arbitrary<SandboxEvent> = fc.oneof(
  fc.record({
    type: fc.constant('answered' as const),
    requests: fc.array(anyRequest, {maxLength: 700}),
    nowMs: fc.integer({min: 0, max: 10_000_000}),
  }),
  fc.record({
    type: fc.constant('ticked' as const),
    nowMs: fc.integer({min: 0, max: 10_000_000}),
    sandboxNowMs: fc.nat(),
  }),
  fc.record({type: fc.constant('moved' as const), by: fc.integer({min: -600, max: 600})}),
  fc.record({type: fc.constant('moved-to' as const), end: fc.constantFrom('oldest' as const, 'newest' as const)}),
  fc.record({type: fc.constant('filter-typed' as const), text: fc.string({maxLength: 2})}),
  fc.record({type: fc.constant('filter-closed' as const), keep: fc.boolean()}),
  fc.constantFrom<SandboxEvent>(
    {type: 'filter-opened'},
    {type: 'pause-toggled'},
    {type: 'errors-toggled'},
    {type: 'help-toggled'},
    {type: 'cleared'},
  ),
)

function isBounded({requests, latencies, window, operations}: SandboxState): boolean {
  return (
    requests.length <= KEPT.requests &&
    latencies.length <= KEPT.latencies &&
    window.length <= 60 &&
    operations.size <= KEPT.operations + 1 &&
    [...operations.values()].every((operation) => operation.latencies.length <= KEPT.operationLatencies)
  )
}

test('whatever comes: no count is negative, the sums agree, and everything kept is bounded', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, {maxLength: 25}), (events) => {
      const state = events.reduce(reduceSandbox, initialSandboxState(0, SIZE))
      const operations = [...state.operations.values()]

      expect(isBounded(state)).toBe(true)
      expect(state.count).toBe(operations.reduce((sum, {count}) => sum + count, 0))
      expect(state.errors).toBe(operations.reduce((sum, {errors}) => sum + errors, 0))
      expect(state.errors).toBeLessThanOrEqual(state.count)
      expect(state.count).toBeLessThanOrEqual(state.seen)
      expect(state.latencies.every((ms) => ms >= 0)).toBe(true)
      expect(state.requests.map(({number}) => number)).toEqual(
        state.requests.map((_, index) => state.seen - state.requests.length + 1 + index),
      )
    }),
    {numRuns: 60},
  )
})

test('after a hundred thousand events it holds no more than after the first half', () => {
  const sizes: number[] = []
  let state = initialSandboxState(START_MS, SIZE)
  for (let index = 1; index <= 100_000; index += 1) {
    const requests = [answeredRequest({operation: `Op${index % 250}`, status: index % 7 === 0 ? 500 : 200})]
    state = reduceSandbox(state, {type: 'answered', requests, nowMs: START_MS + index * 100})
    if (index % 50_000 === 0) sizes.push(sizeOf(state))
  }

  expect(state.count).toBe(100_000)
  expect(isBounded(state)).toBe(true)
  expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) * 1.1)
})

function sizeOf({operations, ...rest}: SandboxState): number {
  return JSON.stringify([rest, [...operations.values()]]).length
}

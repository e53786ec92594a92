import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {createFeed} from '../../../../src/lib/monitor/sandbox/feed.js'
import type {SandboxEvent} from '../../../../src/lib/monitor/sandbox/state.js'
import {answeredRequest} from '../../../support/sandbox-states.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const clocks = {now: () => 7, sandboxNow: () => 8}

test('what came before the view is told first, and a burst is one event', () => {
  const events: SandboxEvent[] = []
  const feed = createFeed()
  feed.add(answeredRequest())
  feed.start((event) => events.push(event), clocks)
  for (let index = 0; index < 50; index += 1) feed.add(answeredRequest())
  vi.advanceTimersByTime(100)
  feed.stop()

  expect(events.map((event) => (event.type === 'answered' ? event.requests.length : event.type))).toEqual([
    'ticked',
    1,
    50,
  ])
})

test('the clocks move when nothing comes, until the feed is stopped', () => {
  const events: SandboxEvent[] = []
  const feed = createFeed()
  feed.start((event) => events.push(event), clocks)

  vi.advanceTimersByTime(3000)
  feed.stop()
  feed.add(answeredRequest())
  vi.advanceTimersByTime(3000)

  expect(events).toHaveLength(4)
  expect(events.at(-1)).toEqual({type: 'ticked', nowMs: 7, sandboxNowMs: 8})
})

test('only what is shown is taken from an entry', () => {
  const events: SandboxEvent[] = []
  const feed = createFeed()
  const {region: _, ...request} = answeredRequest()
  feed.add({...request, userAgent: 'secret'} as never)
  feed.start((event) => events.push(event), clocks)
  feed.stop()

  expect(events.at(-1)).toEqual({type: 'answered', requests: [request], nowMs: 7})
})

import {expect, test} from 'vitest'
import {initialBoardState} from '../../../../src/lib/monitor/board/reduce.js'
import {callRate} from '../../../../src/lib/monitor/board/spent.js'
import type {BoardState} from '../../../../src/lib/monitor/board/state.js'
import {costRow, NOW} from '../../../support/board-money.js'
import {SUBJECT} from '../../../support/board-stage.js'

const LIVE = {...SUBJECT, simulated: false}

/** A board of ten minutes that asked 40 metrics by 2 requests twice a minute. */
function asking(over: Partial<BoardState> = {}): BoardState {
  const state = initialBoardState({subject: LIVE, nowMs: NOW, intervalMs: 30_000, size: {columns: 80, rows: 24}})
  const recent = Array.from({length: 20}, (_, at) => ({atMs: NOW - (20 - at) * 30_000 + 10_000, metrics: 40, calls: 2}))
  return {...state, spent: {sinceMs: NOW - 600_000, calls: 40, metrics: 800, recent}, ...over}
}

test('metrics are charged one by one, requests at most as listings are', () => {
  const rate = callRate(asking())

  // 80 a minute are 4800 an hour, at $0.01 for a thousand; 240 requests more at the same price.
  expect([rate?.metricsPerHour, rate?.callsPerHour]).toEqual([4800, 240])
  expect([rate?.leastPerHour.toFixed(), rate?.mostPerHour.toFixed()]).toEqual(['0.048', '0.0504'])
})

test('a bill that is read costs by the request, once an hour', () => {
  const rows = [costRow({source: 'bill', requests: 3}), costRow({source: 'bill', requests: 3})]
  const state = asking()
  const costs = new Map([['us-east-1', {atMs: NOW, rows}]])

  expect(callRate({...state, data: {...state.data, costs}})?.leastPerHour.toFixed()).toBe('0.078')
})

test('a long interval is told by two of them', () => {
  const recent = [{atMs: NOW - 280_000, metrics: 50, calls: 1}]
  const spent = {sinceMs: NOW - 3_600_000, calls: 9, metrics: 450, recent}

  expect(callRate(asking({intervalMs: 300_000, spent}))?.metricsPerHour).toBe(300)
})

test.each([{simulated: true}, {replayed: true}])('nothing is charged for what AWS was not asked: %o', (subject) => {
  expect(callRate(asking({subject: {...LIVE, ...subject}}))).toMatchObject({isFree: true, metricsPerHour: 4800})
})

test('one look tells no pace', () => {
  expect(callRate(asking({spent: {sinceMs: NOW - 59_000, calls: 2, metrics: 40, recent: []}}))).toBeUndefined()
})

import {expect, test} from 'vitest'
import type {EventRow} from '../../../../../src/lib/monitor/board/events/events.schema.js'
import {changeLines, NOTHING_TOLD} from '../../../../../src/lib/monitor/board/plain/change-lines.js'
import {initialBoardState} from '../../../../../src/lib/monitor/board/reduce.js'

const NOW = Date.parse('2026-11-21T12:00:30Z')
const EVENT: EventRow = {
  id: 'a',
  atMs: NOW - 1000,
  name: 'ThrottlingBegan',
  source: 'board',
  who: null,
  resource: 'm',
  region: 'us-east-1',
  errorCode: null,
  text: '5 calls throttled',
}

function board(events: readonly EventRow[]) {
  const subject = {account: '1', profile: null, regions: ['us-east-1'], simulated: false, replayed: false}
  const state = initialBoardState({size: {columns: 80, rows: 24}, nowMs: NOW, intervalMs: 2000, subject})
  return {...state, data: {...state.data, events}}
}

test('what is watched and what happened is one line each, and told once', () => {
  const first = changeLines(board([EVENT]), NOTHING_TOLD)
  const second = changeLines(board([EVENT]), first.told)
  const third = changeLines(board([EVENT, {...EVENT, id: 'b', text: '6 calls throttled'}]), second.told)

  expect(first.lines).toEqual([
    '12:00:30  watching 1 in us-east-1',
    '12:00:29  us-east-1  ThrottlingBegan  m  5 calls throttled',
  ])
  expect([second.lines, third.lines]).toEqual([[], ['12:00:29  us-east-1  ThrottlingBegan  m  6 calls throttled']])
})

test('of what was known before, the last ten events are told', () => {
  const events = Array.from({length: 30}, (_, at) => ({...EVENT, id: String(at), text: String(at)}))

  const {lines} = changeLines(board(events), NOTHING_TOLD)

  expect(lines).toHaveLength(11)
  expect(lines.at(-1)).toContain('29')
})

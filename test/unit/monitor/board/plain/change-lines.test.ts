import {expect, test} from 'vitest'
import type {EventRow} from '../../../../../src/lib/monitor/board/events/events.schema.js'
import {changeLines, NOTHING_TOLD} from '../../../../../src/lib/monitor/board/plain/change-lines.js'
import {boardReducer, initialBoardState} from '../../../../../src/lib/monitor/board/reduce.js'
import type {BoardEvent} from '../../../../../src/lib/monitor/board/state.js'
import type {Topic} from '../../../../../src/lib/monitor/board/topics.js'

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

test('what cannot be read is told with its reason, together where that is the same, and when it can be again', () => {
  const trouble = {code: 'X', message: 'no', hint: null}
  const failed = (topic: Topic, place: string, kind: 'denied' | 'lost', action: string | null = null): BoardEvent => ({
    type: 'failed',
    ...{topic, place, atMs: NOW, nextAtMs: undefined, trouble: {...trouble, kind, action}},
  })
  const subject = {account: '1', profile: null, regions: ['r-1', 'r-2'], simulated: false, replayed: false}
  const feeds = (['jobs', 'events', 'alarms'] as const).flatMap((topic) =>
    subject.regions.map((place) => [topic, place] as const),
  )
  const reduce = boardReducer([])
  const troubled = [
    {type: 'watching', subject, feeds} as const,
    ...subject.regions.map((place) => failed('jobs', place, 'denied', 'bedrock:ListX')),
    ...(['events', 'alarms'] as const).map((topic) => failed(topic, 'r-2', 'lost')),
  ].reduce(reduce, board([]))
  const look = {place: 'r-2', atMs: NOW, tookMs: 1, calls: 1, metrics: 0, rows: []}
  const better = reduce(troubled, {type: 'read', nextAtMs: NOW + 1, reading: {...look, topic: 'alarms'}})

  const first = changeLines(troubled, NOTHING_TOLD)
  const second = changeLines(better, first.told)

  expect(first.lines).toEqual([
    '12:00:30  watching 1 in r-1 r-2',
    '12:00:30  cannot read jobs in r-1, r-2: bedrock:ListX is missing',
    '12:00:30  cannot read events, alarms in r-2: it does not answer',
    expect.stringContaining('RegionLost'),
  ])
  expect(second.lines).toEqual(['12:00:30  can read alarms in r-2 again'])
})

test('whatever a recording says of an event, a line is one line without control characters', () => {
  const {lines} = changeLines(board([{...EVENT, who: 'a\u001B[31m\u202Eb\nc', text: '\u001B]0;x\u0007'}]), NOTHING_TOLD)

  expect(lines.join('')).not.toMatch(/[\p{Cc}\u202E]/u)
})

test('of what was known before, the last ten events are told', () => {
  const events = Array.from({length: 30}, (_, at) => ({...EVENT, id: String(at), text: String(at)}))

  const {lines} = changeLines(board(events), NOTHING_TOLD)

  expect(lines).toHaveLength(11)
  expect(lines.at(-1)).toContain('29')
})

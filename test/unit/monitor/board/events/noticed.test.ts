import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {BoardData, ByPlace, TrafficRow} from '../../../../../src/lib/monitor/board/data.js'
import {addEvents, KEPT_EVENTS} from '../../../../../src/lib/monitor/board/events/event-slice.js'
import type {EventRow} from '../../../../../src/lib/monitor/board/events/events.schema.js'
import {noticeOf} from '../../../../../src/lib/monitor/board/events/notice-of.js'
import {notice} from '../../../../../src/lib/monitor/board/events/noticed.js'
import type {Feed} from '../../../../../src/lib/monitor/board/feed.js'
import {initialBoardState} from '../../../../../src/lib/monitor/board/reduce.js'
import type {BoardState, Subject} from '../../../../../src/lib/monitor/board/state.js'
import {LAST, lastMinutes, NOW, quotaLimit, trafficMinute, trafficRow} from '../../../../support/board-money.js'
import {boardAlarm, boardCapacityRow, boardFinding} from '../../../../support/board-rows.js'
import {job} from '../../../../support/live-board.js'

const REGION = 'us-east-1'
const SUBJECT: Subject = {account: '1', profile: 'dev', regions: [REGION], simulated: false, replayed: false}
const START = initialBoardState({size: {columns: 80, rows: 24}, nowMs: NOW, intervalMs: 30_000, subject: SUBJECT})

type Change = Partial<BoardData> & {readonly nowMs?: number; readonly feeds?: BoardState['feeds']}

function stateOf({feeds = new Map(), nowMs = NOW, ...data}: Change): BoardState {
  return {...START, nowMs, feeds, data: {...START.data, ...data}}
}

const here = <Row>(...rows: Row[]): ByPlace<Row> => new Map([[REGION, {atMs: NOW, rows}]])
const traffic = (minutes: TrafficRow['minutes']) => new Map([['row', trafficRow({minutes})]])
const feed = (status: Feed['status']) =>
  new Map([[`traffic ${REGION}`, {status, readAtMs: NOW, nextAtMs: NOW, trouble: undefined}]])
const calm = traffic(lastMinutes())
const throttled = traffic(lastMinutes({throttles: 4}))
const failing = traffic(lastMinutes({invocations: 90, clientErrors: 10}))
const few = {invocations: 97, clientErrors: 3}
const nearly = traffic(lastMinutes(few))
const calming = traffic([...lastMinutes({invocations: 90, clientErrors: 10}).slice(0, 2), ...lastMinutes(few).slice(2)])
const full = traffic([trafficMinute(LAST, {input: 9600, output: 0, cacheWrite: 0})])
const filling = traffic([trafficMinute(LAST, {input: 8200, output: 0, cacheWrite: 0})])
const quotas = here(quotaLimit({value: 10_000}))

const CHANGES: readonly (readonly [what: string, before: Change, after: Change, told: readonly string[]])[] = [
  ['calls are throttled', {traffic: calm}, {traffic: throttled}, ['ThrottlingBegan']],
  ['calls are throttled when the board begins', {}, {traffic: throttled}, ['ThrottlingBegan']],
  ['throttling goes on', {traffic: throttled}, {traffic: traffic(lastMinutes({throttles: 9}))}, []],
  [
    'no call was throttled for a while',
    {traffic: throttled},
    {traffic: throttled, nowMs: NOW + 360_000},
    ['ThrottlingEnded'],
  ],
  ['many calls fail', {traffic: calm}, {traffic: failing}, ['ErrorsRose']],
  ['a little fewer fail than were told', {traffic: failing}, {traffic: calming}, []],
  ['few calls fail again', {traffic: calming}, {traffic: calm}, ['ErrorsFell']],
  ['as few fail, and did before', {traffic: calm}, {traffic: nearly}, []],
  ['a quota fills', {traffic: calm, quotas}, {traffic: filling, quotas}, ['QuotaFilling']],
  ['a quota is nearly full', {traffic: filling, quotas}, {traffic: full, quotas}, ['QuotaNearlyFull']],
  ['a quota is less full', {traffic: full, quotas}, {traffic: filling, quotas}, []],
  ['a job changes', {jobs: here(job('a'))}, {jobs: here(job('a', {state: 'Stopping'}))}, ['JobChanged']],
  ['a job ends', {jobs: here(job('a'))}, {jobs: here(job('a', {state: 'Completed', live: false}))}, ['JobEnded']],
  [
    'a job fails',
    {jobs: here(job('a'))},
    {jobs: here(job('a', {state: 'Failed', live: false, tone: 'bad'}))},
    ['JobFailed'],
  ],
  ['a job begins', {jobs: here()}, {jobs: here(job('a'))}, ['JobBegan']],
  ['a job goes on', {jobs: here(job('a'))}, {jobs: here(job('a', {done: 9}))}, []],
  ['an ended job leaves the list', {jobs: here(job('a', {live: false}))}, {jobs: here()}, []],
  ['jobs are read first', {}, {jobs: here(job('a'))}, []],
  ['an alarm goes off', {alarms: here(boardAlarm('OK'))}, {alarms: here(boardAlarm('ALARM'))}, ['AlarmRaised']],
  ['an alarm is over', {alarms: here(boardAlarm('ALARM'))}, {alarms: here(boardAlarm('OK'))}, ['AlarmCleared']],
  [
    'capacity fails',
    {capacity: here(boardCapacityRow())},
    {capacity: here(boardCapacityRow({state: 'Failed'}))},
    ['CapacityFailed'],
  ],
  ['capacity is deleted', {capacity: here(boardCapacityRow())}, {capacity: here()}, ['CapacityGone']],
  ['capacity is bought', {capacity: here()}, {capacity: here(boardCapacityRow())}, ['CapacityNew']],
  ['another audit finds more', {findings: here()}, {findings: here(boardFinding())}, ['FindingNew']],
  ['another audit finds less', {findings: here(boardFinding())}, {findings: here()}, ['FindingGone']],
  [
    'a finding is accepted',
    {findings: here(boardFinding())},
    {findings: here(boardFinding({status: 'MUTED'}))},
    ['FindingGone'],
  ],
  ['a Region is lost', {feeds: feed('live')}, {feeds: feed('lost')}, ['RegionLost']],
  ['a Region is back', {feeds: feed('lost')}, {feeds: feed('live')}, ['RegionBack']],
  ['a Region is looked at no more', {feeds: feed('lost')}, {feeds: new Map()}, []],
]

describe('what the board notices', () => {
  test.each(CHANGES)('%s', (_, before, after, told) => {
    expect(notice(stateOf(before), stateOf(after)).map(({name}) => name)).toEqual(told)
  })

  test('of another account nothing is a change', () => {
    const [before, after] = [stateOf({jobs: here(job('a'))}), stateOf({jobs: here()})]
    const subject = {...SUBJECT, account: '2'}

    expect(notice(before, {...after, subject, feeds: feed('lost')})).toEqual([])
  })

  test('each change is told once: the same state twice tells nothing, and states in a row tell what came between', () => {
    const states = CHANGES.flatMap(([, before, after]) => [stateOf(before), stateOf(after)])
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), {minLength: 1, maxLength: 12}), (walk) => {
        for (const [at, state] of walk.entries()) {
          const told = notice(walk[at - 1] ?? state, state)

          expect(notice(state, state)).toEqual([])
          expect(notice(state, {...state, data: {...state.data}})).toEqual([])
          expect(new Set(told.map(({id}) => id)).size).toBe(told.length)
          expect(told.every(({source, text}) => source === 'board' && text !== '')).toBe(true)
        }
      }),
      {numRuns: 60},
    )
  })
})

describe('the ring of events', () => {
  const event = (key: string, atMs: number): EventRow =>
    noticeOf(atMs, {name: 'Test', key, resource: null, region: REGION, text: key})

  test('looks that overlap, in whatever order, keep each event once, oldest first, bounded', () => {
    const truth = Array.from({length: 700}, (_, at) => event(`e${at}`, at))
    const look = fc
      .tuple(fc.nat(699), fc.integer({min: 1, max: 300}))
      .map(([from, count]) => truth.slice(from, from + count))
    fc.assert(
      fc.property(fc.array(look, {maxLength: 12}), (looks) => {
        const kept = looks.reduce(addEvents, [] as readonly EventRow[])
        const times = kept.map(({atMs}) => atMs)

        expect(kept.length).toBeLessThanOrEqual(KEPT_EVENTS)
        expect(new Set(kept.map(({id}) => id)).size).toBe(kept.length)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        for (const one of looks) expect(addEvents(kept, one)).toBe(kept)
      }),
      {numRuns: 60},
    )
  })
})

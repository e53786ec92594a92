import {describe, expect, test} from 'vitest'
import type {Trouble} from '../../../../src/lib/monitor/board/reading.schema.js'
import type {BoardEvent, BoardState} from '../../../../src/lib/monitor/board/state.js'
import {job, jobsRead, listed, liveBoard, REGION, reduceLive, START_MS, watching} from '../../../support/live-board.js'

const feedOf = (state: BoardState, key = `jobs ${REGION}`) => state.feeds.get(key)
const tick = (afterMs: number): BoardEvent => ({type: 'ticked', nowMs: START_MS + afterMs})
const failed = (kind: Trouble['kind'], atMs = START_MS): BoardEvent => ({
  ...{type: 'failed', topic: 'jobs', place: REGION, atMs, nextAtMs: atMs + 60_000},
  trouble: {kind, code: 'Code', message: 'why', action: null, hint: null},
})

describe('feeds', () => {
  test('a feed waits, is live once it was read, and stale when a look is missed', () => {
    const read = liveBoard([jobsRead([job('a')])])
    const statuses = [59_000, 65_000, 65_001].map((ms) => feedOf(reduceLive(read, tick(ms)))?.status)

    expect(feedOf(liveBoard([]))?.status).toBe('waiting')
    expect(feedOf(read)).toEqual({
      ...{status: 'live', readAtMs: START_MS, nextAtMs: START_MS + 30_000, trouble: undefined},
    })
    expect(statuses).toEqual(['live', 'live', 'stale'])
    expect(feedOf([tick(90_000), jobsRead([], START_MS + 90_000)].reduce(reduceLive, read))?.status).toBe('live')
  })

  test('requests of a look that brought nothing are among those of the board', () => {
    const state = liveBoard([{...failed('denied'), calls: 4} as BoardEvent])

    expect(state.spent).toMatchObject({calls: 4, metrics: 0})
  })

  test.each(['denied', 'throttled', 'lost', 'absent', 'failed'] as const)(
    'a look that was %s says so, keeps what was read, and since when that is',
    (kind) => {
      const state = liveBoard([jobsRead([job('a')]), failed(kind, START_MS + 30_000)])

      expect(feedOf(state)).toMatchObject({status: kind, readAtMs: START_MS, nextAtMs: START_MS + 90_000})
      expect(listed(state)).toEqual(['a'])
      expect(feedOf(reduceLive(state, tick(900_000)))?.status).toBe(kind)
      expect(feedOf(reduceLive(state, jobsRead([], START_MS + 90_000)))?.trouble).toBeUndefined()
    },
  )

  test('a place that is looked at no more takes its data along, and what is told of it late is not taken up', () => {
    const two = liveBoard([
      watching([
        ['jobs', REGION],
        ['jobs', 'us-east-1'],
      ]),
      jobsRead([job('a')]),
      jobsRead([job('b')], START_MS, 'us-east-1'),
    ])
    const one = reduceLive(two, watching([['jobs', REGION]]))
    const late = [jobsRead([job('b')], START_MS, 'us-east-1'), failed('lost')].reduce(reduceLive, one)

    expect([listed(two), listed(one), listed(late)]).toEqual([['a', 'b'], ['a'], ['a']])
    expect([...late.feeds.keys()]).toEqual([`jobs ${REGION}`])
    expect(late.spent.calls).toBe(3)
    expect(reduceLive(one, {...failed('lost'), place: 'us-east-1'} as BoardEvent)).toBe(one)
  })

  test('nothing of one account is shown as of another', () => {
    const steps = [{type: 'marked'}, {type: 'opened', page: 'describe'}] as const
    const state = liveBoard([jobsRead([job('a')]), ...steps])
    const [same, other, profile] = [{regions: ['x']}, {account: '2'}, {profile: 'prod', account: null}].map((subject) =>
      reduceLive(state, watching([['jobs', REGION]], subject)),
    )

    expect([same, other, profile].map((board) => board && listed(board))).toEqual([['a'], [], []])
    expect([same, other].map((board) => [board?.ui.marks.length, board?.ui.crumbs.length])).toEqual([
      [1, 2],
      [0, 1],
    ])
    expect(other && feedOf(other)?.status).toBe('waiting')
  })
})

test('a job that changed is noticed among the events', () => {
  const state = liveBoard([jobsRead([job('a')]), jobsRead([job('a', {state: 'Completed', live: false})], START_MS + 9)])

  expect(state.data.events.map(({name, resource}) => [name, resource])).toEqual([['JobEnded', 'a']])
})

test('rows that did not change are the same objects after another look, and the table of a quiet topic is too', () => {
  const rows = () => [job('a'), job('b')]
  const before = liveBoard([jobsRead(rows())])
  const quiet = reduceLive(before, jobsRead(rows(), START_MS + 1))
  const moved = reduceLive(before, jobsRead([job('b'), job('a', {done: 2})], START_MS + 1))
  const rowsIn = (state: BoardState) => state.data.jobs.get(REGION)?.rows

  expect(rowsIn(quiet)).toBe(rowsIn(before))
  expect(rowsIn(moved)?.[0]).toBe(rowsIn(before)?.[1])
  expect(rowsIn(moved)?.[1]).not.toBe(rowsIn(before)?.[0])
})

test('a list without rows is the same as long as it has none', () => {
  const before = liveBoard([jobsRead([])])
  const quiet = reduceLive(before, jobsRead([], START_MS + 1))

  expect(quiet.data.jobs.get(REGION)?.rows).toBe(before.data.jobs.get(REGION)?.rows)
})

test('what the own calls come to is counted in all, and by ten seconds for the last ten minutes', () => {
  const reads = Array.from({length: 2000}, (_, at) => jobsRead([], START_MS + at * 1000))
  const {spent} = liveBoard(reads)

  expect([spent.calls, spent.recent.length]).toEqual([2000, 60])
  expect(new Set(spent.recent.map(({calls}) => calls))).toEqual(new Set([10]))
  expect(spent.recent.at(-1)?.atMs).toBe(START_MS + 1_990_000)
})

test('what changes nothing leaves the state the object that it was', () => {
  const state = liveBoard([jobsRead([job('a')])])
  const idle: readonly BoardEvent[] = [
    tick(0),
    {type: 'paced', intervalMs: 30_000},
    {type: 'went-back'},
    {type: 'escaped'},
    {type: 'typed', text: 'x'},
    {type: 'moved', by: -1, body: {rows: 5, lines: 0, found: []}},
    {type: 'prompt-closed', keep: true},
  ]

  for (const event of idle) expect(reduceLive(state, event)).toBe(state)
})

test('the clock, the size and the pace are as told', () => {
  const state = [
    tick(5000),
    {type: 'resized', size: {columns: 160, rows: 50}} as const,
    {type: 'paced', intervalMs: 2000} as const,
    jobsRead([], START_MS + 7000),
  ].reduce(reduceLive, liveBoard([]))

  expect([state.nowMs - START_MS, state.size.columns, state.intervalMs]).toEqual([7000, 160, 2000])
})

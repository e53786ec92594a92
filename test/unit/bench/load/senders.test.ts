import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {LoadLevel} from '../../../../src/lib/bench/arrivals/level.js'
import {Alarm} from '../../../../src/lib/bench/load/alarm.js'
import {ClosedSender} from '../../../../src/lib/bench/load/closed-sender.js'
import {DueQueue} from '../../../../src/lib/bench/load/due-queue.js'
import {type Errand, Exchange} from '../../../../src/lib/bench/load/exchange.js'
import type {CellJob} from '../../../../src/lib/bench/load/load.js'
import {addTime, recentTimes, timeAt} from '../../../../src/lib/bench/load/recent.js'
import {retryAfterMs} from '../../../../src/lib/bench/load/retry-after.js'
import {Tally} from '../../../../src/lib/bench/load/tally.js'
import {cell, lane, promptBook} from '../../../support/load-stage.js'

type ClosedLevel = Extract<LoadLevel, {kind: 'concurrency' | 'users'}>

/** All that the users of a share send when every answer takes so long. */
function sendAll(level: ClosedLevel, changes: Partial<CellJob>, answerMs: number): Errand[] {
  const sent: Errand[] = []
  const sender = new ClosedSender(level, cell(lane(1), {level, ...changes}), {
    send: (errand) => sent.push(errand),
    hasRoom: () => true,
  })
  sender.start(0)
  for (let now = 0, answered = 0; now < 100_000 && !(sender.exhausted(now) && answered === sent.length); now += 1) {
    sender.pump(now)
    for (let errand = sent[answered]; errand && errand.sched + answerMs <= now; errand = sent[answered]) {
      answered += 1
      const exchange = new Exchange()
      exchange.take(errand, undefined)
      exchange.end = errand.sched + answerMs
      sender.ended(exchange, now, 0)
    }
  }
  return sent
}

const levels: fc.Arbitrary<ClosedLevel> = fc
  .integer({min: 1, max: 12})
  .chain((users) =>
    fc.constantFrom<ClosedLevel>(
      {kind: 'concurrency', users},
      {kind: 'users', users, thinkMs: {kind: 'constant', value: 3}, turns: 2},
    ),
  )

test('all shards of a closed level together send each request once', () => {
  fc.assert(
    fc.property(levels, fc.integer({min: 1, max: 5}), fc.integer({min: 1, max: 60}), (level, of, requests) => {
      const shards = Array.from({length: of}, (_, index) => sendAll(level, {requests, shard: {index, of}}, 5))

      const ks = shards.flat().map(({k}) => k)

      expect(ks.toSorted((a, b) => a - b)).toEqual(Array.from({length: requests}, (_, k) => k))
    }),
    {numRuns: 60},
  )
})

test('a conversation stays on one shard, with its turns in order', () => {
  const book = {...promptBook('a', 'b', 'c', 'd'), sessions: Uint32Array.of(0, 3)}
  const level = {kind: 'users', users: 5, thinkMs: {kind: 'constant', value: 0}, turns: 3} as const

  const shards = [0, 1].map((index) => sendAll(level, {requests: 40, book, shard: {index, of: 2}}, 2))

  const [first = [], second = []] = shards.map((sent) => new Set(sent.map(({session}) => session)))
  expect([...first].filter((session) => new Set(second).has(session))).toEqual([])
  for (const sent of shards) {
    for (const session of new Set(sent.map((errand) => errand.session))) {
      const turns = sent.filter((errand) => errand.session === session).map(({turn}) => turn)
      expect(turns).toEqual(turns.map((_, place) => place))
    }
  }
})

test('the first wave is spread over what one request takes', () => {
  const first = sendAll({kind: 'concurrency', users: 4}, {requests: 4, expectedE2eMs: 40}, 1000)

  expect(first.map(({sched}) => sched)).toEqual([0, 10, 20, 30])
})

test('a sender that was stopped before its start sends nothing', () => {
  const sent: Errand[] = []
  const level = {kind: 'concurrency', users: 3} as const
  const sender = new ClosedSender(level, cell(lane(1), {level}), {
    send: (errand) => sent.push(errand),
    hasRoom: () => true,
  })

  sender.stop()
  sender.start(0)

  expect(sender.pump(10)).toBe(Number.POSITIVE_INFINITY)
  expect(sender.exhausted(0)).toBe(true)
  expect(sent).toEqual([])
})

test('a queue gives what is due in the order of the due times', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: 0, max: 50})), fc.integer({min: 0, max: 50}), (dues, now) => {
      const queue = new DueQueue<number>()
      for (const due of dues) queue.add(due, due)

      const taken: number[] = []
      for (let due = queue.take(now); due !== undefined; due = queue.take(now)) taken.push(due)

      expect(taken).toEqual(dues.filter((due) => due <= now).toSorted((a, b) => a - b))
      expect(queue.nextDue).toBe(Math.min(...dues.filter((due) => due > now)))
    }),
  )
})

test.each([
  [{'retry-after': '2'}, 2000],
  [{'retry-after': 'Sat, 21 Nov 2026 12:00:03 GMT'}, 3000],
  [{'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT'}, 0],
  [{'retry-after': '2', 'retry-after-ms': '150'}, 150],
  [{'retry-after': 'soon'}, Number.NaN],
  [{}, Number.NaN],
])('%o asks to wait %d ms', (headers: Readonly<Record<string, string>>, expected) => {
  expect(retryAfterMs((name) => headers[name], Date.parse('2026-11-21T12:00:00Z'))).toBe(expected)
})

test('an alarm rings once, never before its time, and for the last time it was set to', async () => {
  for (const waitMs of [0, 0.3, 1.2, 2.7, 4.1]) {
    const due = performance.now() + waitMs
    const rung = await new Promise<number>((resolve) => {
      const alarm = new Alarm(() => resolve(performance.now()))
      alarm.setFor(due + 50_000)
      alarm.setFor(due)
    })

    expect(rung).toBeGreaterThanOrEqual(due)
  }
})

test('times of the last moments are told to two per cent', () => {
  fc.assert(
    fc.property(fc.array(fc.double({min: 0.01, max: 1e5, noNaN: true}), {minLength: 1}), (values) => {
      const times = recentTimes()
      for (const ms of values) addTime(times, ms)

      const sorted = values.toSorted((a, b) => a - b)
      const middle = sorted[Math.floor(0.5 * (sorted.length - 1))] ?? Number.NaN

      expect(Math.abs(timeAt(times, 0.5) / middle - 1)).toBeLessThan(0.02)
    }),
  )
})

test('names that a server gives are cut, and very many are not told apart', () => {
  const tally = new Tally()
  const exchange = new Exchange()
  for (let place = 0; place < 100; place += 1) {
    exchange.take({k: place, prompt: 0, user: -1, session: 0, turn: 0, sched: 0}, undefined)
    exchange.served('model', place % 2 === 0 ? 'same' : `\u001B[31m${place}${'x'.repeat(1000)}`)
    tally.ended(exchange)
  }

  const {model} = tally.served
  expect(model).toMatchObject({same: 50, others: 35})
  expect(Object.keys(model).length).toBe(17)
  expect(Object.keys(model).every((name) => /^[\w[ …]{1,120}$/u.test(name))).toBe(true)
})

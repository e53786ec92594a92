import fc from 'fast-check'
import {expect, test} from 'vitest'
import {followCalls} from '../../../src/lib/capacity/list/follow-calls.js'
import type {CallMetricQuery, CallMetricSource, CallSeries} from '../../../src/lib/capacity/traffic/ports.js'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-11-21T00:00:00Z')
const BACK_MS = 30 * 24 * HOUR_MS

/** A call an hour of `a`, and of `b` from when it is there; asked for as CloudWatch is. */
function sourceOf(asked: CallMetricQuery[], isThere: () => boolean): CallMetricSource {
  return {
    readCalls: async (_, query) => {
      asked.push(query)
      const of = (modelId: string): CallSeries => {
        const points = new Map<number, number>()
        for (let at = query.from; at < query.to; at += HOUR_MS) points.set(at / 1000, at / HOUR_MS)
        return {modelId, metric: 'invocations', points}
      }
      return ['a', ...(isThere() ? ['b'] : [])].filter(query.isWanted).map(of)
    },
  }
}

const queryAt = (hour: number, isWanted: CallMetricQuery['isWanted'] = () => true): CallMetricQuery => ({
  ...{metrics: ['invocations'], isWanted, periodSeconds: 3600},
  ...{from: START + hour * HOUR_MS - BACK_MS, to: START + hour * HOUR_MS},
})

test('looks in a row give what one look at everything would, and ask for the last hours alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({min: 0, max: 5}), {minLength: 1, maxLength: 9}), async (steps) => {
      const asked: CallMetricQuery[] = []
      const source = sourceOf(asked, () => true)
      let hour = 0
      const followed = followCalls(source, {wholeEveryMs: 1000 * HOUR_MS, now: () => START + hour * HOUR_MS})
      for (const step of steps) {
        hour += step
        const found = await followed.readCalls('us-east-1', queryAt(hour))

        expect(found).toEqual(await sourceOf([], () => true).readCalls('us-east-1', queryAt(hour)))
      }
      const [first, ...later] = asked
      expect(first && first.to - first.from).toBe(BACK_MS)
      expect(later.every(({from, to}) => to - from <= 7 * HOUR_MS)).toBe(true)
    }),
    {numRuns: 30},
  )
})

test('all is read again when it is due, and when a metric appears; what is taken is counted once', async () => {
  const asked: CallMetricQuery[] = []
  let isThere = false
  let hour = 0
  const followed = followCalls(
    sourceOf(asked, () => isThere),
    {
      wholeEveryMs: 6 * HOUR_MS,
      now: () => START + hour * HOUR_MS,
    },
  )
  const look = async (at: number) => {
    hour = at
    asked.length = 0
    await followed.readCalls('us-east-1', queryAt(at))
    return asked.map(({from, to}) => (to - from) / HOUR_MS)
  }

  expect(await look(0)).toEqual([720])
  expect(await look(1)).toEqual([3])
  isThere = true
  expect(await look(2)).toEqual([3, 720])
  expect(followed.wholeAtMs('us-east-1')).toBe(START + 2 * HOUR_MS)
  expect(await look(8)).toEqual([720])
  expect([followed.taken(), followed.taken()]).toEqual([8, 0])
  expect(followed.wholeAtMs('eu-west-1')).toBeUndefined()
})

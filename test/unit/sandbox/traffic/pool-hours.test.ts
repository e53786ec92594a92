import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Caller} from '../../../../src/lib/sandbox/traffic/caller.js'
import {PoolHours} from '../../../../src/lib/sandbox/traffic/pool-hours.js'

const HOUR = 494_700
const MINUTE = HOUR * 60
const MINUTE_MS = 60_000

const caller: Caller = {
  seed: 7,
  name: 'busy',
  account: '111122223333',
  region: 'us-east-1',
  modelId: 'us.model',
  base: 'model',
  routing: 'geo',
  mantle: false,
  tier: undefined,
  copies: undefined,
  perMinute: 60,
  curve: 'steady',
  aheadMinutes: 0,
  bursts: undefined,
  burstFrom: 0,
  tokens: {input: 80, output: 20, cacheRead: 0, cacheWrite: 0, limit: 20, burndown: 1},
  streaming: 0,
  clientErrors: 0,
  serverErrors: 0,
  ttftMs: 1,
  tokensPerSecond: 1e6,
  since: 0,
  until: Number.POSITIVE_INFINITY,
}

const pool = (tokensPerMinute: number | undefined) =>
  new PoolHours({callers: [caller], tokensPerMinute, requestsPerMinute: undefined})

const minutesOf = (hours: PoolHours, count = 60) =>
  Array.from({length: count}, (_, at) => hours.outcomes(caller, MINUTE + at, Number.POSITIVE_INFINITY))

test('an hour is the same in whatever pieces it is asked for', () => {
  const whole = minutesOf(pool(5000))

  fc.assert(
    fc.property(fc.array(fc.integer({min: 0, max: 3_600_000}), {maxLength: 20}), (moments) => {
      const hours = pool(5000)
      for (const moment of moments.sort((a, b) => a - b)) {
        hours.bucket('tokens')?.level(MINUTE * MINUTE_MS + moment)
        hours.outcomes(caller, MINUTE + Math.floor(moment / MINUTE_MS), MINUTE * MINUTE_MS + moment)
      }
      expect(minutesOf(hours)).toEqual(whole)
    }),
    {numRuns: 30},
  )
})

test('what is really called is missing to the callers that share its quota, and is what they left', () => {
  const [alone, shared] = [pool(12_000), pool(12_000)]
  const noon = (MINUTE + 30) * MINUTE_MS
  const bucket = shared.bucket('tokens')

  const before = bucket?.level(noon) ?? 0
  bucket?.take(before, noon)

  expect(before).toBeLessThan(12_000)
  expect(bucket?.level(noon)).toBe(0)
  const [then, thenShared] = [alone, shared].map((hours) =>
    hours.outcomes(caller, MINUTE + 30, Number.POSITIVE_INFINITY),
  )
  expect(then?.throttled).toBe(0)
  expect(thenShared?.throttled).toBeGreaterThan(0)
  expect((thenShared?.served ?? 0) + (thenShared?.throttled ?? 0)).toBe(then?.served)
  // What was before stays, and two minutes later it is forgotten.
  for (const minute of [29, 33]) {
    const [one, other] = [alone, shared].map((hours) =>
      hours.outcomes(caller, MINUTE + minute, Number.POSITIVE_INFINITY),
    )
    expect(other).toEqual(one)
  }
})

test('callers that want more than the quota leave nothing of it, until it is filled again', () => {
  const hours = pool(3000)
  const bucket = hours.bucket('tokens')
  const moment = (MINUTE + 10) * MINUTE_MS + 50_000

  expect(bucket?.perMinute).toBe(3000)
  expect(bucket?.level(moment)).toBeLessThan(100)
  expect(bucket?.level(moment + 9999)).toBeLessThan(100)
  bucket?.fill()
  expect(bucket?.level(moment + 9999)).toBe(3000)
})

test('there is no bucket where there is no quota', () => {
  expect(pool(undefined).bucket('tokens')).toBeUndefined()
  expect(pool(3000).bucket('requests')).toBeUndefined()
  expect(minutesOf(pool(undefined)).every(({throttled}) => throttled === 0)).toBe(true)
})

import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {type Sighting, type WaitInput, waitForEnd} from '../../../../src/lib/jobs/wait/wait-for-end.js'
import {movingClock} from '../../../support/moving-clock.js'

const THROTTLED = new BedrockctlError('THROTTLED', 'Too fast.', {fault: 'service'})
const DENIED = new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access'})

/** Waits for `done` among these looks, the last one for ever. */
async function play(looks: readonly (string | Error)[], input: Partial<WaitInput<string, 'ended'>> = {}) {
  const clock = movingClock(1)
  const seen: Sighting<string>[] = []
  const troubles: number[] = []
  let looked = 0
  const outcome = await waitForEnd<string, 'ended'>(
    {
      look: async () => {
        const found = looks[Math.min(looked, looks.length - 1)] ?? ''
        looked += 1
        if (found instanceof Error) throw found
        return found
      },
      endOf: (state) => (state === 'done' ? 'ended' : undefined),
      intervalMs: undefined,
      timeoutMs: undefined,
      signal: new AbortController().signal,
      onLook: (sighting) => seen.push(sighting),
      onTrouble: (_, waitMs) => troubles.push(waitMs),
      ...input,
    },
    clock,
  )
  return {outcome, seen, troubles, waits: clock.waits}
}

test('it looks soon at first, then less and less often, until the end', async () => {
  const {outcome, seen, waits} = await play(['a', 'a', 'b', 'done'])

  expect(waits).toEqual([2000, 3000, 4500])
  expect(outcome).toMatchObject({end: 'ended', looks: 4, last: {seen: 'done', nextAtMs: undefined}})
  expect(seen[0]?.nextAtMs).toBe((seen[0]?.atMs ?? 0) + 2000)
})

test('an interval that was asked for is kept to', async () => {
  expect((await play(['a', 'a', 'done'], {intervalMs: 60_000})).waits).toEqual([60_000, 60_000])
})

test('time that is up ends it with what was seen last', async () => {
  const {outcome, waits} = await play(['a'], {intervalMs: 30_000, timeoutMs: 50_000})

  expect(waits).toEqual([30_000, 20_000])
  expect(outcome).toMatchObject({end: 'timed-out', looks: 3, last: {seen: 'a', nextAtMs: undefined}})
})

test('no time at all is one look', async () => {
  expect((await play(['a'], {timeoutMs: 0})).outcome).toMatchObject({end: 'timed-out', looks: 1})
})

test('what passes by itself is told and looked past; a look that succeeds begins anew', async () => {
  const {outcome, troubles} = await play([THROTTLED, THROTTLED, 'a', THROTTLED, 'done'])

  expect(troubles).toEqual([1000, 2000, 1000])
  expect(outcome).toMatchObject({end: 'ended', looks: 2})
})

test('a denial ends it with the failure', async () => {
  await expect(play([DENIED])).rejects.toBe(DENIED)
})

test('Ctrl-C ends it between two looks and within one', async () => {
  const between = new AbortController()
  const within = new AbortController()
  const abort = async () => {
    within.abort()
    throw DENIED
  }

  expect((await play(['a'], {signal: between.signal, onLook: () => between.abort()})).outcome.end).toBe('interrupted')
  expect((await play(['a'], {signal: within.signal, look: abort})).outcome).toMatchObject({
    end: 'interrupted',
    looks: 0,
    last: undefined,
  })
})

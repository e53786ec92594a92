import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import type {ModelReply} from '../../../../src/lib/jobs/model-caller.js'
import {type WarmUpInput, type WarmUpWait, warmUp} from '../../../../src/lib/jobs/warm-up/warm-up.js'
import {movingClock} from '../../../support/moving-clock.js'

const COLD: ModelReply = {kind: 'not-ready', said: 'Wait.', retryAfterMs: null}
const ANSWER: ModelReply = {kind: 'answered', output: Buffer.from('{}'), elapsedMs: 40}

/** Asks a model that gives these replies, the last one for ever. */
async function play(replies: readonly (ModelReply | Error)[], input: Partial<WarmUpInput> = {}, random = 0.5) {
  const clock = movingClock(random)
  const waits: WarmUpWait[] = []
  const retried: string[] = []
  let asked = 0
  const outcome = await warmUp(
    {
      ask: async () => {
        const reply = replies[Math.min(asked, replies.length - 1)]
        asked += 1
        clock.pass(100)
        if (reply instanceof Error) throw reply
        return reply ?? ANSWER
      },
      timeoutMs: 600_000,
      signal: undefined,
      onWait: (wait) => waits.push(wait),
      onRetry: ({code}) => retried.push(code),
      ...input,
    },
    clock,
  )
  return {outcome, waits, retried, paused: clock.waits}
}

test('a model that is ready answers at once, without a cold start', async () => {
  const {outcome, waits} = await play([ANSWER])

  expect(outcome).toMatchObject({kind: 'answered', coldStartMs: null, tries: 1, elapsedMs: 40})
  expect(waits).toEqual([])
})

test('waits grow from 5 s by half each time, up to 30 s, and the cold start is measured', async () => {
  const {outcome, paused, waits} = await play([...Array(7).fill(COLD), ANSWER])

  expect(paused).toEqual([5000, 7500, 11_250, 16_875, 25_313, 30_000, 30_000])
  expect(waits[1]).toEqual({tries: 2, waitedMs: 5200, nextInMs: 7500, said: 'Wait.'})
  expect(outcome).toMatchObject({kind: 'answered', tries: 8, coldStartMs: 125_938 + 700})
})

test.each([
  [0, 4000],
  [1, 6000],
])('waits spread by a fifth: chance %d makes the first %d ms', async (random, first) => {
  expect((await play([COLD, ANSWER], {}, random)).paused).toEqual([first])
})

test('what the service says of the wait is kept to', async () => {
  expect((await play([{...COLD, retryAfterMs: 12_000}, ANSWER])).paused).toEqual([12_000])
})

test('the wait ends with its time, and the last pause is no longer than what is left', async () => {
  const {outcome, paused} = await play([COLD], {timeoutMs: 10_000})

  expect(paused).toEqual([5000, 4800])
  expect(outcome).toEqual({kind: 'timed-out', waitedMs: 10_100, tries: 3, said: 'Wait.'})
})

test('what passes by itself is waited out and told, and is no part of the tries', async () => {
  const throttled = new BedrockctlError('THROTTLED', 'Too fast.', {fault: 'service'})
  const {outcome, retried} = await play([throttled, COLD, ANSWER])

  expect(retried).toEqual(['THROTTLED'])
  expect(outcome).toMatchObject({kind: 'answered', tries: 2})
})

test('a denial ends it', async () => {
  const denied = new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access'})

  await expect(play([COLD, denied])).rejects.toBe(denied)
})

test('Ctrl-C ends a wait', async () => {
  const stop = new AbortController()
  const waiting = play([COLD], {signal: stop.signal, onWait: () => stop.abort()})

  await expect(waiting).rejects.toMatchObject({name: 'AbortError'})
})

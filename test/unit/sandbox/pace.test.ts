import {describe, expect, test} from 'vitest'
import {replyTo} from '../../../src/lib/sandbox/fakes/bedrock/answers/reply.js'
import {drawGap} from '../../../src/lib/sandbox/pace/jitter.js'
import {Pacer} from '../../../src/lib/sandbox/pace/pacer.js'
import {Slots} from '../../../src/lib/sandbox/pace/slots.js'
import {LagHistogram} from '../../../src/lib/sandbox/streams/lag.js'
import {Truth, type TruthEntry} from '../../../src/lib/sandbox/streams/truth.js'
import {seededRandom} from '../../../src/lib/sandbox/world/random.js'

const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0'
const OPUS = 'anthropic.claude-opus-4-6-v1'

describe('the pace of a model', () => {
  test('is that of its class, and the larger the slower', () => {
    const pacer = new Pacer(1)
    const [small, large] = [HAIKU, OPUS].map((id) => pacer.paceOf(id, id).told(0, 101))
    expect([small, large]).toEqual([120 + 625, 400 + 2500])
    expect(pacer.paceOf(OPUS, OPUS).set).toBe(false)
  })

  test('is what the last rule that fits says, and what it leaves out what the one before says', () => {
    const pacer = new Pacer(1)
    pacer.add({ttftMs: 100, tokensPerSecond: 10, prefillMsPer1kTokens: 50})
    pacer.add({model: 'anthropic.*', ttftMs: 7})
    pacer.add({model: 'us.other', ttftMs: 1})
    const pace = pacer.paceOf(`us.${OPUS}`, OPUS)

    expect(pace.told(2000, 11)).toBe(7 + 100 + 1000)
    expect(pace.set).toBe(true)
    pacer.reset([])
    expect(pacer.paceOf(`us.${OPUS}`, OPUS).set).toBe(false)
  })

  test('of lengths alone leaves whole answers as quick as they are', () => {
    const pacer = new Pacer(1)
    pacer.add({tokens: 'max', tokensPerEvent: 2})
    expect(pacer.paceOf(OPUS, OPUS)).toMatchObject({set: false, length: 'max', tokensPerEvent: 2})
  })

  test('is the same for the same seed', () => {
    const gaps = (seed: number) => {
      const {firstMs, gapMs} = new Pacer(seed).paceOf(OPUS, OPUS).pacing(10)
      return [firstMs, gapMs(1), gapMs(1)]
    }
    expect(gaps(5)).toEqual(gaps(5))
    expect(gaps(5)).not.toEqual(gaps(6))
  })
})

describe('jitter', () => {
  test.each([
    ['lognormal', 0.3],
    ['gamma', 0.3],
    ['gamma', 1.5],
  ] as const)('of kind %s and variation %d has that mean and variation', (kind, cv) => {
    const draw = drawGap({kind, cv}, seededRandom(3))
    const values = Array.from({length: 20_000}, () => draw(10))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length

    expect(mean / 10).toBeCloseTo(1, 1)
    expect(Math.sqrt(variance) / mean / cv).toBeCloseTo(1, 1)
  })

  test('of none leaves the time as it is', () => {
    expect(drawGap(undefined, seededRandom(1))(12.5)).toBe(12.5)
  })
})

test('slots serve in order of arrival, and forget who gave up waiting', () => {
  const slots = new Slots()
  const served: string[] = []
  const turns = ['a', 'b', 'c', 'd'].map((name) => {
    const turn = slots.turn(2)
    turn.start(() => served.push(name))
    return turn
  })
  const [a, , c] = turns
  expect(served).toEqual(['a', 'b'])
  c?.release()
  a?.release()
  a?.release()
  expect(served).toEqual(['a', 'b', 'd'])
})

describe('the length of an answer', () => {
  test.each([
    ['Write 120 words.', 120],
    ['First 10 words, then 1,200 tokens', 1200],
    ['A 45-word answer', 45],
    ['one token', replyTo(1).tokens],
    ['in 0 words', replyTo(1).tokens],
  ])('asked for by %j is kept to', (asking, tokens) => {
    expect(replyTo(1, {length: 'asked', asking}).tokens).toBe(tokens)
  })

  test('spreads about its mean', () => {
    const lengths = Array.from({length: 500}, (_, hash) => replyTo(hash, {length: {mean: 100, spread: 10}}).tokens)
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
    expect(mean).toBeGreaterThan(97)
    expect(mean).toBeLessThan(103)
    expect(new Set(lengths).size).toBeGreaterThan(20)
  })
})

test('the lag of writes is told by its percentiles', () => {
  const lag = new LagHistogram()
  for (let ms = 1; ms <= 100; ms += 1) lag.add(ms - 0.5)
  expect(lag.summary()).toEqual({writes: 100, p50: 49.55, p99: 98.55, max: 99.5})
  lag.clear()
  expect(lag.summary()).toEqual({writes: 0, p50: 0, p99: 0, max: 0})
})

test('the truth keeps the last answers only', () => {
  const truth = new Truth()
  truth.start()
  for (let index = 0; index < 230_000; index += 1) truth.add({lastSentAt: index} as TruthEntry)
  const kept = truth.since(0)

  expect(kept).toHaveLength(200_000)
  expect(kept.at(-1)?.lastSentAt).toBe(229_999)
  expect(truth.size).toBeLessThan(220_001)
})

import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {estimateSample, estimateText, measureText, ruleFor} from '../../../../src/lib/cost/tokens/character-rule.js'

const NOVA = 'amazon.nova-lite-v1:0'
const text = fc.string({unit: 'grapheme'})
const models = fc.constantFrom(
  NOVA,
  'anthropic.claude-sonnet-4-6',
  'anthropic.claude-opus-5',
  'amazon.titan-embed-text-v2:0',
)

describe('a measure', () => {
  test.each([
    ['Hello, Zoë — 42 €\n', {latin: 18, alphabets: 0, ideographs: 0, others: 0}],
    ['Привет', {latin: 0, alphabets: 6, ideographs: 0, others: 0}],
    ['مرحبا שלום', {latin: 1, alphabets: 9, ideographs: 0, others: 0}],
    ['世界こんにちは안녕。', {latin: 0, alphabets: 0, ideographs: 10, others: 0}],
    ['𠀀', {latin: 0, alphabets: 0, ideographs: 1, others: 0}],
    ['नमस्ते👋', {latin: 0, alphabets: 0, ideographs: 0, others: 7}],
    ['\uD800', {latin: 0, alphabets: 0, ideographs: 0, others: 1}],
  ])('%j is %j', (written, measure) => {
    expect(measureText(written)).toEqual(measure)
  })
})

describe('an estimate', () => {
  test.each([
    [NOVA, 1000, {low: 185.2, mean: 250, high: 370.4}],
    ['anthropic.claude-sonnet-4-6', 700, {low: 155.6, mean: 200, high: 280}],
    ['anthropic.claude-sonnet-5', 1000, {low: 285.7, mean: 400, high: 526.3}],
    ['amazon.titan-embed-text-v2:0', 470, {low: 78.3, mean: 100, high: 156.7}],
  ])('for %s is by its own rate', (modelId, characters, expected) => {
    const {low, mean, high} = estimateText('a'.repeat(characters), modelId)

    expect({low: round(low), mean: round(mean), high: round(high)}).toEqual(expected)
  })

  test.each([
    ['anthropic.claude-instant-v1', 3.5],
    ['anthropic.claude-v2:1', 3.5],
    ['anthropic.claude-3-5-haiku-20241022-v1:0', 3.5],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 3.5],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', 3.5],
    ['anthropic.claude-opus-4-20250514-v1:0', 3.5],
    ['anthropic.claude-opus-4-1-20250805-v1:0', 3.5],
    ['anthropic.claude-opus-4-6-v1', 3.5],
    ['anthropic.claude-opus-4-7', 2.5],
    ['global.anthropic.claude-opus-5-5', 2.5],
    ['anthropic.claude-haiku-5-5', 2.5],
    ['anthropic.claude-fable-5', 2.5],
    ['meta.llama3-3-70b-instruct-v1:0', 4],
    ['amazon.titan-embed-text-v2:0', 4.7],
  ])('%s has %d characters a token', (modelId, characters) => {
    expect(ruleFor(modelId)).toMatch(new RegExp(`^${characters} characters a token`))
  })

  test('other scripts have wider bounds than Latin', () => {
    const [latin, chinese, hindi] = ['word', '世界', 'नमस्ते'].map((written) => estimateText(written, NOVA))
    const width = (estimate = {low: 1, mean: 1, high: 1}) => (estimate.high - estimate.low) / estimate.mean

    expect(width(chinese)).toBeGreaterThan(width(latin))
    expect(width(hindi)).toBeGreaterThan(width(chinese))
  })

  test('it lies between its bounds', () => {
    fc.assert(
      fc.property(text, models, (written, modelId) => {
        const {low, mean, high} = estimateText(written, modelId)

        expect(low).toBeGreaterThanOrEqual(0)
        expect(mean).toBeGreaterThanOrEqual(low)
        expect(high).toBeGreaterThanOrEqual(mean)
      }),
    )
  })

  test('those of two texts add up to that of both, which is never less than one of them', () => {
    fc.assert(
      fc.property(text, text, models, (one, other, modelId) => {
        const [first, second, both] = [one, other, one + other].map((written) => estimateText(written, modelId))

        for (const bound of ['low', 'mean', 'high'] as const) {
          expect(both?.[bound]).toBeCloseTo((first?.[bound] ?? 0) + (second?.[bound] ?? 0), 6)
          expect(both?.[bound]).toBeGreaterThanOrEqual((first?.[bound] ?? 0) - 1e-9)
        }
      }),
    )
  })

  test('messages and tools add to the text of a sample', () => {
    const plain = estimateSample({texts: ['Hello'], messages: 1, tools: false}, 'anthropic.claude-sonnet-4-6')
    const more = estimateSample({texts: ['Hello', '{}'], messages: 3, tools: true}, 'anthropic.claude-sonnet-4-6')

    expect(plain.low).toBeLessThan(8)
    expect(plain.high).toBeGreaterThan(8)
    expect(more.mean - plain.mean).toBeCloseTo(2 / 3.5 + 2 * 4 + 340)
  })
})

function round(value: number): number {
  return Math.round(value * 10) / 10
}

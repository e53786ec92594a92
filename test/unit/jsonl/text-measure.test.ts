import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {novaMessages} from '../../../src/lib/batch/bodies/families/nova-messages.js'
import {characterRates, estimateSample} from '../../../src/lib/cost/tokens/character-rule.js'
import {countTokens, NO_TEXT, type TokenRates} from '../../../src/lib/jsonl/text-measure.js'
import {judgeBody, judgeText} from '../../support/judge-body.js'

const MODEL = 'amazon.nova-lite-v1:0'
const RATES: TokenRates = {...characterRates(MODEL), rule: ''}
const family = novaMessages({modelId: MODEL, maxOutputTokens: undefined, takesImages: true})

const bodyOf = (...texts: readonly string[]) => ({
  messages: texts.map((text, index) => ({role: index % 2 === 0 ? 'user' : 'assistant', content: [{text}]})),
})

/** As Python writes JSON unless told otherwise: nothing beyond ASCII. */
const escaped = (value: unknown) =>
  JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const written = fc
  .array(fc.constantFrom('a', ' ', 'é', 'Ж', 'ب', '日', '한', 'ก', '😀', '\n', '"', '\\', '\\u'), {minLength: 1})
  .map((parts) => parts.join(''))
  .filter((text) => text.trim() !== '')

describe('tokens of a record', () => {
  test('are those that the cost commands count of its texts and messages, however they are written', () => {
    fc.assert(
      fc.property(fc.array(written, {minLength: 1, maxLength: 4}), (texts) => {
        const expected = estimateSample({texts, messages: texts.length, tools: false}, MODEL)

        for (const text of [JSON.stringify(bodyOf(...texts)), escaped(bodyOf(...texts))]) {
          const {low, mean, high} = countTokens(judgeText(family, text).stats, RATES)

          expect(low).toBeCloseTo(expected.low, 6)
          expect(mean).toBeCloseTo(expected.mean, 6)
          expect(high).toBeCloseTo(expected.high, 6)
        }
      }),
    )
  })

  test('of Japanese are about one a character, not one of four', () => {
    const {stats} = judgeBody(family, bodyOf('これは日本語の文章です'))

    expect(stats).toMatchObject({textCharacters: 11, ideographs: 11, alphabets: 0, others: 0, messages: 1})
    expect(countTokens(stats, RATES).mean).toBe(11 + 4)
  })

  test('of nothing are none', () => {
    expect(countTokens(NO_TEXT, RATES)).toEqual({low: 0, mean: 0, high: 0})
  })
})

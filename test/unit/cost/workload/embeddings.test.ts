import fc from 'fast-check'
import {expect, test} from 'vitest'
import {estimateCase, monthOf, readWorkload, type ShortPrice} from '../../../support/cost-case.js'
import {whyRefused} from './why-refused.js'

const model = 'amazon.titan-embed-text-v2:0'
const prices: readonly ShortPrice[] = [{modelId: model, amount: {input: 0.02}}]
const embeddings = (contents: object) => ({kind: 'embeddings', model, ...contents})

test('documents without a size, and a size without documents, are refused', () => {
  expect(() => readWorkload(embeddings({corpus: {documents: 10}}))).toThrow('given together')
  expect(() => readWorkload(embeddings({monthly: {tokens: 10, tokensPerDocument: 10}}))).toThrow('given together')
})

test('an empty corpus is refused', () => {
  expect(() => readWorkload(embeddings({corpus: {}}))).toThrow('name what is embedded')
})

test('neither a corpus nor a month is refused', () => {
  expect(whyRefused(() => estimateCase([embeddings({})], prices))).toContain('corpus, monthly or both')
})

test('the price of a million tokens is the model’s, whatever the corpus', () => {
  const {workloads} = estimateCase([embeddings({corpus: {tokens: '1B'}, monthly: {tokens: '5M'}})], prices)

  expect(workloads[0]?.perMillionTokens).toEqual({currency: 'USD', amount: 0.02})
})

test('the month grows in proportion to what is added, and not with the corpus', () => {
  const count = fc.integer({min: 0, max: 1e9})
  fc.assert(
    fc.property(count, count, (corpus, monthly) => {
      const once = monthOf([embeddings({corpus: {tokens: corpus}, monthly: {tokens: monthly}})], prices)
      const twice = monthOf([embeddings({monthly: {tokens: monthly * 2}})], prices)

      expect(twice.eq(once.times(2))).toBe(true)
    }),
  )
})

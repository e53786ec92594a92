import {expect, test} from 'vitest'
import {estimateView} from '../../../../src/lib/cost/estimate/render-estimate.js'
import {estimateCase, type ShortPrice} from '../../../support/cost-case.js'
import {PIPE} from '../../../support/terminals.js'

const EMBEDDER = 'amazon.titan-embed-text-v2:0'
const ANSWERER = 'amazon.nova-lite-v1:0'
const prices: readonly ShortPrice[] = [
  {modelId: EMBEDDER, amount: {input: 0.02}},
  {modelId: ANSWERER, amount: {input: 0.06, output: 0.24}},
]
const vectors = {kind: 'embeddings', model: EMBEDDER, corpus: {tokens: '600M'}, monthly: {tokens: '12M'}}
const rag = {
  ...{kind: 'rag', queries: 1000, queryTokens: 100, retrievedChunks: 2},
  ingestion: {documents: 1, tokensPerDocument: 1000, chunkTokens: 500, embedding: {model: EMBEDDER, dimensions: 256}},
  store: {kind: 'given', price: 100},
  answer: {model: ANSWERER, promptTokens: 900, outputTokens: 100},
}
const sheet = (workloads: readonly object[]) => estimateView.text?.(estimateCase(workloads, prices), PIPE)

test('what is paid once is marked, and stands apart from the month', async () => {
  const text = await sheet([vectors])

  expect(text).toMatch(/corpus: input \(once\) +600\.0 M tokens +\$0\.02 \/M +\$12\.00/)
  expect(text).toContain('$0.24 a month, $12.00 once, $14.88 in the first year')
})

test('the total of several workloads has what is paid once too', async () => {
  const text = await sheet([vectors, vectors])

  expect(text).toContain('2 workloads: $0.48 a month, $24.00 once, $29.76 in the first year')
})

test('one model is named above its lines, several beside them', async () => {
  const [one, several] = await Promise.all([sheet([vectors]), sheet([rag])])

  expect(one).toContain(`w1   ${EMBEDDER}, us-east-1, in-region, standard`)
  expect(one).not.toContain('MODEL')
  expect(several).toContain('w1   rag, us-east-1')
  expect(several).toMatch(/answer: output .* amazon\.nova-lite-v1:0\n/)
})

test('tokens billed for each that users see are told where a request makes many', async () => {
  // 2,000 + 100 of the answer and 100 of the query’s embedding, for 100 and 100 that are seen.
  expect(await sheet([rag])).toContain('11 tokens billed for each that users see')
  expect(await sheet([vectors])).not.toContain('users see')
})

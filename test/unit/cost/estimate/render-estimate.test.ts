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

test('where prices come from is said once, above all sheets', async () => {
  const text = (await sheet([vectors, vectors])) ?? ''

  expect(text.startsWith('prices: bundled price book 2026-11-01\n\nw1   ')).toBe(true)
  expect(text.match(/prices:/g)).toHaveLength(1)
})

const chat = {kind: 'inference', model: ANSWERER, requests: '1M', inputTokens: 100, outputTokens: 10}

test('a month is told as stated where the months differ, with the least and the most of them', async () => {
  // 100 M × $0.06 + 10 M × $0.24 = $8.40; twice as much in December.
  const text = await sheet([{...chat, months: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]}])

  expect(text).toContain('$8.40 a month as stated, $109.20 a year (months from $8.40 to $16.80)')
})

test('a workload that uses nothing says so', async () => {
  const text = await sheet([{...chat, requests: 0}])

  expect(text).toContain('Nothing is used, so that nothing is billed.')
  expect(text).not.toContain('?')
})

test('an amount of less than a cent is no zero, and lines that do not add up to the cent say why', async () => {
  const odd = {...rag, queries: 1, answer: {...rag.answer, promptTokens: 0, outputTokens: 1}}

  expect(await sheet([odd])).toMatch(/answer: input .* <\$0\.01/)
  expect(await sheet([odd])).not.toContain('rounded by itself')
  // $1.4952 three times is $4.4856: $1.50 three times, and $4.49.
  expect(await sheet([1, 2, 3].map(() => ({...chat, requests: 178_000})))).toContain('rounded by itself')
})

test('a price that was given is marked as the reader’s own', async () => {
  expect(await sheet([rag])).toContain('$100.00 / month, yours')
})

test('a line does not repeat what its component says', async () => {
  const meters = [
    ['memory', 'agentcore-memory-event'],
    ['guardrail', 'guardrail-text-unit'],
    ['pages', 'data-automation-page'],
  ]
  const items = meters.map(([name, meter]) => ({name, meter, service: 'of ours', quantity: 1000, price: 1}))
  const text = await sheet([{kind: 'services', items}])

  expect(text).toMatch(/^memory: event .*\nguardrail: text unit .*\npages: data automation page /m)
})

import fc from 'fast-check'
import {expect, test} from 'vitest'
import {estimateCase, monthOf, readWorkload, type ShortPrice} from '../../../support/cost-case.js'
import {whyRefused} from './why-refused.js'

const EMBEDDER = 'amazon.titan-embed-text-v2:0'
const ANSWERER = 'amazon.nova-lite-v1:0'
const prices: readonly ShortPrice[] = [
  {modelId: EMBEDDER, amount: {input: 0.02}},
  {modelId: ANSWERER, amount: {input: 0.06, output: 0.24}},
  {modelId: 'cohere.rerank-v3-5:0', meter: 'search-unit', amount: {unit: 2}},
  {modelId: 'opensearch-serverless', meter: 'vector-compute-hour', amount: {unit: 0.24}},
  {modelId: 'opensearch-serverless', meter: 'vector-storage', amount: {unit: 0.024}},
]
const embedding = {model: EMBEDDER, dimensions: 1024}
const ingestion = {documents: 100, tokensPerDocument: 1000, chunkTokens: 300, embedding}
const rag = (fields: object = {}) => ({
  ...{kind: 'rag', queries: 10_000, queryTokens: 100, retrievedChunks: 5, ingestion},
  store: {kind: 'opensearch-serverless', minimumUnits: 2},
  answer: {model: ANSWERER, promptTokens: 500, outputTokens: 200},
  ...fields,
})

test('a query with 250 candidates is three that are billed', () => {
  const {workloads} = estimateCase([rag({rerank: {model: 'cohere.rerank-v3-5:0', candidates: 250}})], prices)

  expect(workloads[0]?.lines.find(({component}) => component === 'rerank')).toMatchObject({quantity: 30_000, month: 60})
})

test('what is taken for granted is said: chunks, floor, stored bytes', () => {
  const {workloads} = estimateCase([rag()], prices)

  const said = workloads[0]?.assumptions.join('\n')
  expect(said).toContain('a document of 1,000 tokens is cut into 4 chunks of 250 on average')
  expect(said).toContain('OpenSearch Serverless stands at 2 compute units for all 730 hours')
  expect(said).toContain('400 vectors of 1024 × 4 bytes')
  expect(said).toContain('and 10 % for the index')
  expect(workloads[0]?.excluded).toContain('compute units that OpenSearch Serverless adds under load')
})

test('a price that the book lacks leaves a line without one, and says so', () => {
  const {complete, unread, workloads} = estimateCase([rag({store: {kind: 's3-vectors'}})], prices)

  expect(complete).toBe(false)
  expect(workloads[0]?.lines.filter(({month}) => month === null).map(({meter}) => meter)).toEqual([
    'vector-storage',
    'vector-query',
  ])
  expect(unread[0]?.reason).toContain('no price is known for GB-month of vectors of s3-vectors in us-east-1')
})

test('what S3 Vectors bills for queries going over the vectors is told, and how much they go over', () => {
  const many = {...ingestion, documents: 262_144, tokensPerDocument: 1200}

  const {workloads} = estimateCase([rag({ingestion: many, store: {kind: 's3-vectors'}, queries: 1024})], prices)

  // 1,048,576 vectors of 4 KiB are 4 GB; 1,024 queries go over 4 TB.
  expect(workloads[0]?.excluded[0]).toContain('(4.0 TB a month, each query over all vectors)')
})

test('only a managed knowledge base goes without an embedding model', () => {
  const without = {...ingestion, embedding: undefined}

  expect(whyRefused(() => estimateCase([rag({ingestion: without})], prices))).toContain('name the embedding model')
})

test('batch does not use the prompt cache', () => {
  const answer = {model: ANSWERER, promptTokens: 500, outputTokens: 200, tier: 'batch', cache: {share: '50%'}}

  expect(whyRefused(() => estimateCase([rag({answer})], prices))).toContain('does not use the prompt cache')
})

test.each([
  ['two sizes', {tokensPerPage: 100, pagesPerDocument: 2}, 'say the size once'],
  ['no size', {tokensPerDocument: undefined}, 'say the size once'],
  [
    'pages to parse of which none are given',
    {parsing: {by: 'data-automation', output: 'standard'}},
    'pagesPerDocument is needed',
  ],
  ['an overlap of the whole chunk', {overlap: '100%'}, 'less than the whole chunk'],
  ['chunks of nothing', {chunkTokens: 0}, 'more than none'],
  ['vectors of nothing', {embedding: {...embedding, dimensions: 0}}, 'between 1 and'],
])('an ingestion with %s is refused', (_, fields, message) => {
  expect(() => readWorkload(rag({ingestion: {...ingestion, ...fields}}))).toThrow(message)
})

const arbitrary = fc
  .record({
    queries: fc.integer({min: 0, max: 1_000_000}),
    queryTokens: fc.integer({min: 0, max: 2000}),
    retrievedChunks: fc.integer({min: 0, max: 50}),
    ingestion: fc
      .record({
        documents: fc.integer({min: 0, max: 1_000_000}),
        tokensPerDocument: fc.integer({min: 0, max: 20_000}),
        chunkTokens: fc.integer({min: 1, max: 8000}),
        overlap: fc.integer({min: 0, max: 90}).map((percent) => `${percent}%`),
        refresh: fc.integer({min: 0, max: 100}).map((percent) => `${percent}%`),
      })
      .map((fields) => ({...fields, embedding})),
  })
  .map((fields) => rag(fields))

test('more queries never cost less, and a month without any costs its floors', () => {
  fc.assert(
    fc.property(arbitrary, fc.integer({min: 0, max: 1_000_000}), (one, more) => {
      const idle = monthOf([{...one, queries: 0}], prices)
      const busy = monthOf([{...one, queries: more}], prices)
      const [workload] = estimateCase([{...one, queries: more, months: Array(12).fill(0)}], prices).workloads

      expect(busy.gte(idle)).toBe(true)
      // The mean length of a chunk has no end in decimals: it is kept to thirty places.
      const twice = monthOf([{...one, queries: more * 2}], prices)
      expect(twice.minus(idle).minus(busy.minus(idle).times(2)).abs().lt('1e-15')).toBe(true)
      expect(workload?.months?.map(([month]) => month?.amount)).toEqual(Array(12).fill(Number(idle.round(10, 2))))
    }),
    {numRuns: 50},
  )
})

test('two workloads cost what each costs', () => {
  fc.assert(
    fc.property(arbitrary, arbitrary, (one, other) => {
      expect(monthOf([one, other], prices).eq(monthOf([one], prices).plus(monthOf([other], prices)))).toBe(true)
    }),
    {numRuns: 50},
  )
})

test('chunks hold the whole text, and repeat the overlap between neighbours', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 5000}),
      fc.integer({min: 1, max: 900}),
      fc.integer({min: 0, max: 9}),
      (tokens, size, tenths) => {
        const cut = {documents: 1, tokensPerDocument: tokens, chunkTokens: size * 10, overlap: tenths / 10, embedding}
        const [workload] = estimateCase([rag({ingestion: cut})], prices).workloads
        let [chunks, embedded, reached] = [1, Math.min(tokens, size * 10), size * 10]
        while (reached < tokens) {
          const start = reached - size * tenths
          reached = start + size * 10
          chunks += 1
          embedded += Math.min(reached, tokens) - start
        }

        expect(workload?.lines.find(({component}) => component === 'embedding')?.quantity).toBe(embedded)
        expect(workload?.assumptions[0]).toContain(`cut into ${chunks.toLocaleString('en-US')} chunks`)
      },
    ),
  )
})

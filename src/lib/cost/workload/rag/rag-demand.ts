import {ZERO} from '../../../core/decimal.js'
import {countWords} from '../count-words.js'
import type {Demand, DemandContext} from '../demand.js'
import type {ModelCall, ResolvedCall} from '../resolve-call.js'
import {tokenUsages} from '../token-usages.js'
import type {WorkloadOf} from '../workload.schema.js'
import {answerUse} from './answer-use.js'
import {cutDocument, meanChunk} from './corpus.js'
import {ingestionUsages} from './ingestion-usages.js'
import {rerankUsages} from './rerank-usages.js'
import {storeUse} from './store-usages.js'

type Rag = WorkloadOf<'rag'>

/** The corpus once and its changes, the store that stands by, and what each query takes. */
export function ragDemand(workload: Rag, context: DemandContext): Demand {
  const {ingestion, queryTokens, retrievedChunks, store} = workload
  const calls = callsOf(workload, context)
  const region = regionOf(context)
  const queries = workload.queries.times(context.factor)
  const document = cutDocument(ingestion)
  const {documents, embedding, refresh} = ingestion
  const stored = storeUse(store, {
    ...{region, queries, dimensions: embedding?.dimensions ?? ZERO},
    textTokens: documents.times(document.tokens),
    chunkedTokens: documents.times(document.chunkedTokens),
    chunks: documents.times(document.chunks),
  })
  const asked = calls.embedder ? queries.times(queryTokens) : ZERO
  const answered = answerUse(workload, calls.answerer, queries, retrievedChunks.times(meanChunk(document)))
  const seen = queries.times(queryTokens.plus(workload.answer.outputTokens))
  return {
    usages: [
      ...ingestionUsages(ingestion, document, {...calls, region}),
      ...stored.usages,
      ...(calls.embedder
        ? tokenUsages({component: 'query embedding', call: calls.embedder, tier: 'standard', tokens: {input: asked}})
        : []),
      ...rerankUsages(workload.rerank, calls.reranker, queries),
      ...answered.usages,
    ],
    requests: queries.eq(0) ? null : queries,
    tokens: seen.eq(0) ? null : seen,
    amplification: seen.eq(0) ? null : answered.tokens.plus(asked).div(seen),
    assumptions: [
      `a document of ${countWords(document.tokens)} tokens is cut into ${countWords(document.chunks)} chunks of ${countWords(meanChunk(document))} on average`,
      ...(refresh.gt(0) ? ['the corpus and its refresh do not grow with the queries'] : []),
      ...stored.assumptions,
      ...answered.assumptions,
      ...new Set(Object.values(calls).flatMap((call) => call?.note ?? [])),
    ],
    excluded: [...stored.excluded, ...answered.excluded, 'storing the documents themselves', 'invocation logs'],
  }
}

interface RagCalls {
  readonly answerer: ResolvedCall
  readonly embedder: ResolvedCall | undefined
  readonly parser: ResolvedCall | undefined
  readonly reranker: ResolvedCall | undefined
}

function callsOf({answer, ingestion, region, rerank, store}: Rag, context: DemandContext): RagCalls {
  const call = (model: ModelCall, path: readonly PropertyKey[]) =>
    context.call({...model, region: model.region ?? region}, [...path, 'model'])
  const {embedding, parsing} = ingestion
  if (!embedding && store.kind !== 'managed-knowledge-base') {
    context.problem(
      ['ingestion', 'embedding'],
      'name the embedding model; only a managed knowledge base brings its own',
    )
  }
  if (answer.cache && answer.tier === 'batch') context.problem(['answer', 'cache'], BATCH_CACHE)
  return {
    answerer: call(answer, ['answer']),
    embedder: embedding && call(embedding, ['ingestion', 'embedding']),
    parser: parsing?.by === 'model' ? call(parsing, ['ingestion', 'parsing']) : undefined,
    reranker: rerank && call(rerank, ['rerank']),
  }
}

const BATCH_CACHE = 'batch inference does not use the prompt cache'

function regionOf({problem, region}: DemandContext): string {
  if (region !== undefined) return region
  problem(['region'], 'no Region is named; say where the store is')
  return ''
}

import {type Decimal, decimal, ONE, ZERO} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import type {Usage} from '../../usage.js'
import {countWords} from '../count-words.js'
import {serviceUnits} from '../unit-usage.js'
import type {WorkloadOf} from '../workload.schema.js'
import {textGb, vectorGb} from './corpus.js'

const GB_PER_TB = 1024

type Store = WorkloadOf<'rag'>['store']
type StoreOf<Kind extends Store['kind']> = Extract<Store, {kind: Kind}>

/** What a store holds and is asked. */
export interface StoreLoad {
  readonly region: string
  /** Of the month. */
  readonly queries: Decimal
  /** Text of the corpus, without overlap. */
  readonly textTokens: Decimal
  /** Text of all chunks. */
  readonly chunkedTokens: Decimal
  readonly chunks: Decimal
  readonly dimensions: Decimal
}

export interface StoreUse {
  readonly usages: readonly Usage[]
  readonly assumptions: readonly string[]
  readonly excluded: readonly string[]
}

/** What the store costs: the floor that stands by does not grow with the queries. */
export function storeUse(store: Store, load: StoreLoad): StoreUse {
  switch (store.kind) {
    case 'opensearch-serverless':
      return computeStore('opensearch-serverless', store, store.minimumUnits, load, {
        assumption: `OpenSearch Serverless stands at ${store.minimumUnits} compute units for all ${HOURS_PER_MONTH} hours`,
        excluded: 'compute units that OpenSearch Serverless adds under load',
      })
    case 'aurora-postgresql':
      return computeStore('aurora-postgresql', store, store.units, load, {
        assumption: `Aurora runs at ${store.units} capacity units, the mean of all ${HOURS_PER_MONTH} hours`,
        excluded: 'I/O requests and backups of Aurora',
      })
    case 's3-vectors':
      return s3Vectors(store, load)
    case 'managed-knowledge-base':
      return managed(store, load)
    case 'given':
      return given(store, load)
  }
}

type ComputeStore = StoreOf<'opensearch-serverless'> | StoreOf<'aurora-postgresql'>

function computeStore(
  service: ComputeStore['kind'],
  {overhead, storageGb}: ComputeStore,
  units: Decimal,
  load: StoreLoad,
  words: {readonly assumption: string; readonly excluded: string},
): StoreUse {
  const quantity = storageGb ?? dataGb(load).times(ONE.plus(overhead))
  return {
    usages: [
      ...serviceUnits(service, load.region, {
        ...{component: 'vector store', meter: 'vector-compute-hour', note: `${units} units × ${HOURS_PER_MONTH} hours`},
        quantity: units.times(HOURS_PER_MONTH),
      }),
      ...serviceUnits(service, load.region, {component: 'vector store', meter: 'vector-storage', quantity}),
    ],
    assumptions: [
      words.assumption,
      ...(storageGb ? [] : [`${storageWords(load)}, and ${overhead.times(100)} % for the index`]),
    ],
    excluded: [words.excluded],
  }
}

function s3Vectors({storageGb}: StoreOf<'s3-vectors'>, load: StoreLoad): StoreUse {
  const use = (meter: 'vector-query' | 'vector-storage', quantity: Decimal) =>
    serviceUnits('s3-vectors', load.region, {component: 'vector store', meter, quantity})
  const passed = vectorGb(load.chunks, load.dimensions).times(load.queries).div(GB_PER_TB)
  return {
    usages: [...use('vector-storage', storageGb ?? dataGb(load)), ...use('vector-query', load.queries)],
    assumptions: storageGb ? [] : [storageWords(load)],
    excluded: [
      `what S3 Vectors bills for data written and for data that queries go over (${short(passed)} TB a month, each query over all vectors)`,
    ],
  }
}

function managed(store: StoreOf<'managed-knowledge-base'>, load: StoreLoad): StoreUse {
  const {agentic, retrievalsPerQuery, storageGb} = store
  const retrievals = load.queries.times(retrievalsPerQuery)
  const use = (component: string, meter: Parameters<typeof serviceUnits>[2]['meter'], quantity: Decimal) =>
    serviceUnits('knowledge-bases', load.region, {component, meter, quantity})
  return {
    usages: [
      ...use('vector store', 'knowledge-base-storage', storageGb ?? textGb(load.textTokens)),
      ...use('retrieval', 'knowledge-base-retrieval', retrievals),
      ...use('retrieval', 'knowledge-base-agentic-retrieval', agentic ? load.queries : ZERO),
    ],
    assumptions: [
      'a managed knowledge base includes parsing, embedding and reranking by what it brings itself',
      ...(storageGb ? [] : ['its raw data is the text alone, four characters a token, a byte each']),
    ],
    excluded: [],
  }
}

function given({currency, name, price}: StoreOf<'given'>, {region}: StoreLoad): StoreUse {
  const usage: Usage = {
    ...{component: 'vector store', modelId: name, meter: 'vector-compute-hour', of: 'unit', variant: null, region},
    ...{route: null, tier: 'standard', quantity: decimal(HOURS_PER_MONTH)},
    given: {amount: price, per: HOURS_PER_MONTH, unit: 'month', currency, source: 'store.price'},
  }
  return {usages: [usage], assumptions: [], excluded: []}
}

function dataGb({chunkedTokens, chunks, dimensions}: StoreLoad): Decimal {
  return vectorGb(chunks, dimensions).plus(textGb(chunkedTokens))
}

function storageWords({chunkedTokens, chunks, dimensions}: StoreLoad): string {
  const vectors = `${countWords(chunks)} vectors of ${dimensions} × 4 bytes (${short(vectorGb(chunks, dimensions))} GB)`
  return `stored are ${vectors} and their texts, four characters a token (${short(textGb(chunkedTokens))} GB)`
}

function short(amount: Decimal): string {
  return amount.gte(1) ? amount.toFixed(1) : amount.round(4).toString()
}

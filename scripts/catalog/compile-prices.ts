import {CATALOG_SCHEMA_VERSION} from '../../src/lib/catalog/stored-catalog.js'
import type {PriceFact} from './facts.js'
import {type FactMeter, meterOf} from './price-meters.js'
import {sourceName} from './source-names.js'
import {inOrder, Table} from './table.js'

type Row = readonly (number | null)[]

const MANTLE = 'in-region (bedrock-mantle)'
/** Between two sources that agree on one price. */
const JOINED = ' + '

/** Price facts → the stored part, one row a fact, in an order that does not depend on the facts' own. */
export function encodePrices(facts: readonly PriceFact[]): Readonly<Record<string, unknown>> {
  const words = new Table<string>()
  const sources = new Table<string>()
  const provenance = new Table<readonly [string, string, readonly number[]]>()
  const origin = ({asOf, confidence, source}: PriceFact) =>
    provenance.add([asOf, confidence, source.split(JOINED).map((name) => sources.add(sourceName(name)))])
  const rows = [...facts]
    .sort((left, right) => inOrder(orderKey(left), orderKey(right)))
    .map((fact) => encodePrice(fact, words, origin(fact)))
  return {
    schemaVersion: CATALOG_SCHEMA_VERSION,
    sources: sources.items,
    provenance: provenance.items,
    words: words.items,
    prices: rows,
  }
}

function orderKey(fact: PriceFact): string {
  const {baseModelId, modelId, region, routing, tier} = fact
  return JSON.stringify([baseModelId ?? modelId, modelId, routing, region, tier, fact.unit, fact])
}

function encodePrice(fact: PriceFact, words: Table<string>, origin: number): Row {
  const {meter, subject, token, variant} = meterOf(fact)
  const word = (text: string | null | undefined) => (text === null || text === undefined ? null : words.add(text))
  const perToken = (kind: FactMeter['token'], ofFact: number | null) =>
    token === kind ? (fact.pricePerUnit ?? null) : ofFact
  const row = [
    words.add(subject),
    word(fact.modelId === (fact.baseModelId ?? fact.modelId) ? null : fact.modelId),
    word(fact.region === 'unspecified' ? null : fact.region),
    word(fact.routing === MANTLE ? 'mantle' : fact.routing),
    words.add(fact.tier),
    origin,
    perToken('input', fact.inputPerMTok),
    perToken('output', fact.outputPerMTok),
    fact.cacheReadPerMTok,
    fact.cacheWritePerMTok,
    fact.cacheWrite1hPerMTok ?? null,
    meter === 'tokens' ? null : words.add(meter),
    meter === 'tokens' ? null : (fact.pricePerUnit ?? null),
    word(fact.notes),
    word(variant),
  ]
  const last = row.findLastIndex((value) => value !== null)
  return row.slice(0, last + 1)
}

import type {CatalogPrice} from './catalog.schema.js'
import {DamagedPartError, entryAt} from './part-entries.js'
import type {StoredPrice, StoredPrices} from './stored-catalog.js'

type Routing = CatalogPrice['routing']

/** A price list group `in-region/geo` is one price that holds for both modes: it is read as two records. */
const ROUTINGS: Readonly<Record<string, readonly Routing[]>> = {
  geo: ['geo'],
  global: ['global'],
  'in-region': ['in-region'],
  'in-region/geo': ['in-region', 'geo'],
  mantle: ['mantle'],
}

export function decodePrices(stored: StoredPrices): readonly CatalogPrice[] {
  return stored.prices.flatMap((row) => decodeRow(row, stored))
}

function decodeRow(row: StoredPrice, {provenance, sources, words}: StoredPrices): readonly CatalogPrice[] {
  const [id, profile, region, routing, tier, origin, input, output, cacheRead, cacheWrite, cacheWrite1h] = row
  const word = (index: number | null | undefined) => (typeof index === 'number' ? entryAt(words, index) : null)
  const [asOf, confidence, names] = entryAt(provenance, origin ?? -1)
  const modelId = word(id)
  const tierName = word(tier)
  const routingName = word(routing)
  const modes = routingName === null ? [null] : ROUTINGS[routingName]
  if (modelId === null || tierName === null || modes === undefined) {
    throw new DamagedPartError('a price without a model, a tier or a known routing')
  }
  const price = {
    modelId,
    profileId: word(profile),
    region: word(region),
    tier: tierName,
    unit: word(row[11]) ?? '1M tokens',
    usd: {
      input: input ?? null,
      output: output ?? null,
      cacheRead: cacheRead ?? null,
      cacheWrite: cacheWrite ?? null,
      cacheWrite1h: cacheWrite1h ?? null,
      unit: row[12] ?? null,
    },
    note: word(row[13]),
    asOf,
    sources: names.map((index) => entryAt(sources, index)),
    confidence,
  }
  return modes.map((mode) => ({...price, routing: mode}))
}

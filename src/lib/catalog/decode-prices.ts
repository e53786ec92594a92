import type {CatalogPrice} from './catalog.schema.js'
import {isMeterId, METERS} from './meters.js'
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

type Provenance = Pick<CatalogPrice, 'asOf' | 'sources' | 'confidence'>

export function decodePrices(stored: StoredPrices): readonly CatalogPrice[] {
  const provenance = stored.provenance.map(
    ([asOf, confidence, names]): Provenance => ({
      asOf,
      confidence,
      sources: names.map((index) => entryAt(stored.sources, index)),
    }),
  )
  const prices: CatalogPrice[] = []
  for (const row of stored.prices) decodeRow(row, stored.words, provenance, prices)
  return prices
}

function decodeRow(
  row: StoredPrice,
  words: StoredPrices['words'],
  provenance: readonly Provenance[],
  prices: CatalogPrice[],
): void {
  const [id, profile, region, routing, tier, origin, input, output, cacheRead, cacheWrite, cacheWrite1h] = row
  const {asOf, sources, confidence} = entryAt(provenance, origin ?? -1)
  const modelId = wordAt(words, id)
  const tierName = wordAt(words, tier)
  const routingName = wordAt(words, routing)
  const modes = routingName === null ? [null] : ROUTINGS[routingName]
  const meter = wordAt(words, row[11]) ?? 'tokens'
  if (modelId === null || tierName === null || modes === undefined || !isMeterId(meter)) {
    throw new DamagedPartError('a price without a model, a tier, a known routing or a known meter')
  }
  for (const mode of modes) {
    prices.push({
      modelId,
      profileId: wordAt(words, profile),
      region: wordAt(words, region),
      routing: mode,
      tier: tierName,
      meter,
      variant: wordAt(words, row[14]),
      unit: METERS[meter].unit,
      currency: 'USD',
      amount: {
        input: input ?? null,
        output: output ?? null,
        cacheRead: cacheRead ?? null,
        cacheWrite: cacheWrite ?? null,
        cacheWrite1h: cacheWrite1h ?? null,
        unit: row[12] ?? null,
      },
      skus: null,
      note: wordAt(words, row[13]),
      asOf,
      sources,
      confidence,
    })
  }
}

function wordAt(words: StoredPrices['words'], index: number | null | undefined): string | null {
  return typeof index === 'number' ? entryAt(words, index) : null
}

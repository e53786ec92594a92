import type {MeterId} from '../../src/lib/catalog/meters.js'
import type {PriceKind} from '../../src/lib/prices/price-list.js'
import type {PriceFact} from './facts.js'
import {meterOf} from './price-meters.js'

/** A price on its way into the catalog, in the catalog's terms. */
export interface PriceRecord {
  /** Base model, or what is billed beside models. */
  readonly subject: string
  readonly profileId: string | null
  readonly region: string | null
  /** `in-region/geo` is one price for both. */
  readonly routing: 'in-region' | 'geo' | 'global' | 'in-region/geo' | 'mantle' | null
  readonly tier: string
  readonly meter: MeterId
  readonly variant: string | null
  readonly amount: Readonly<Partial<Record<PriceKind, number | null>>>
  readonly note: string | null
  readonly source: string
  readonly asOf: string
  readonly confidence: PriceFact['confidence']
}

/** Throws for a unit that has no meter: a price that is not understood is not compiled. */
export function recordOf(fact: PriceFact): PriceRecord {
  const {meter, subject, token, variant} = meterOf(fact)
  const {asOf, baseModelId, confidence, modelId, notes, pricePerUnit = null, region, routing, source, tier} = fact
  return {
    subject,
    profileId: modelId === (baseModelId ?? modelId) ? null : modelId,
    region: region === 'unspecified' ? null : region,
    routing: routing === 'in-region (bedrock-mantle)' ? 'mantle' : (routing ?? null),
    tier,
    meter,
    variant,
    amount: {
      input: token === 'input' ? pricePerUnit : fact.inputPerMTok,
      output: token === 'output' ? pricePerUnit : fact.outputPerMTok,
      cacheRead: fact.cacheReadPerMTok,
      cacheWrite: fact.cacheWritePerMTok,
      cacheWrite1h: fact.cacheWrite1hPerMTok ?? null,
      unit: meter === 'tokens' ? null : pricePerUnit,
    },
    note: notes ?? null,
    source,
    asOf,
    confidence,
  }
}

import type {CatalogModel} from '../../catalog/catalog.schema.js'
import type {Decimal} from '../../core/decimal.js'
import {type PriceBook, splitTier} from '../../prices/price-book.js'
import type {OfferedRoute} from '../workload/resolve-call.js'
import {TIERS, type Tier, type Why} from './candidate.js'

/** In which tiers a model is sold. */
export interface TierSales {
  /** Tiers in which it is offered or has a price anywhere. */
  readonly known: readonly Tier[]
  /** Why a tier cannot be had from a Region by a route; undefined where it has a price for input tokens. */
  whyNot(tier: Tier, region: string, offered: OfferedRoute): Why | undefined
  /** What a reader should know of a tier that has a price: the catalog does not list it. */
  doubt(tier: Tier): string | undefined
}

/** One pass over what the model is sold as: most combinations have no price, and need no estimate to say so. */
export function soldTiers(model: CatalogModel, book: PriceBook, inputTokens: Decimal): TierSales {
  const regions = new Map<string, Set<string | null>>()
  for (const {region, tier} of book.sold(model.id, 'tokens')) {
    const {base} = splitTier(tier)
    const known = regions.get(base) ?? new Set()
    regions.set(base, known.add(region))
  }
  const token = {modelId: model.id, meter: 'tokens', of: 'input', variant: null} as const
  const ofRequest = inputTokens.toNumber()
  const places = new Map<Tier, string>()
  return {
    known: TIERS.filter((tier) => regions.has(tier) || isListed(model, tier) === 'yes'),
    whyNot(tier, region, {profileId, route}) {
      if (tier === 'batch' && route === 'mantle') return NO_BATCH
      const priced = regions.get(tier) ?? NOWHERE
      if (!priced.has(region) && !priced.has('*')) {
        if (isListed(model, tier) === 'no') return {reason: 'not-offered', why: `it has no ${tier} tier`}
        const elsewhere = places.get(tier) ?? whereElse(priced)
        places.set(tier, elsewhere)
        return {reason: 'no-price', why: `no ${tier} price is known from ${region}; ${elsewhere}`}
      }
      if (book.rate({...token, region, route, profileId, tier, inputTokens: ofRequest})) return undefined
      return {reason: 'no-price', why: `no ${tier} price is known from ${region} by the ${route} route`}
    },
    doubt(tier) {
      return isListed(model, tier) === 'no' ? `the catalog does not list the ${tier} tier for it` : undefined
    },
  }
}

const NOWHERE: ReadonlySet<string | null> = new Set()

function whereElse(priced: ReadonlySet<string | null>): string {
  const known = [...priced].filter((name) => name !== null).sort()
  return known.length === 0 ? 'none is known of that tier' : `in that tier, some are in ${joined(known)}`
}

/** Source: Amazon Bedrock User Guide, endpoints (2026). */
const NO_BATCH = {reason: 'not-offered', why: 'bedrock-mantle takes no batch jobs'} as const

function isListed({batch, serviceTiers}: CatalogModel, tier: Tier): 'yes' | 'no' | 'unknown' {
  if (tier === 'standard') return 'yes'
  if (tier === 'latency-optimized') return 'unknown'
  if (tier === 'batch') return batch === null ? 'unknown' : batch ? 'yes' : 'no'
  if (serviceTiers === null) return 'unknown'
  return serviceTiers.includes(tier) ? 'yes' : 'no'
}

const FEW = 6

function joined(names: readonly string[]): string {
  return names.length <= FEW ? names.join(', ') : `${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more`
}

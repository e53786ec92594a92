import type {CatalogPrice} from './catalog.schema.js'

export interface PriceFilter {
  /** Source Region: keeps its own prices and those that hold for any Region, never those of an unknown group. */
  readonly region?: string | undefined
  readonly routing?: CatalogPrice['routing'] | undefined
  readonly tier?: string | undefined
  /** Keeps prices of this profile and those tied to no profile: the geo prices of one geography. */
  readonly profileId?: string | undefined
}

const TRUST = {high: 0, medium: 1, low: 2} as const

/**
 * Prices of a base model, best evidence first: the Region's own, then the more trusted, then the newer. A price for a
 * mode does not mean that the mode is offered: price lists group In-Region and geographic routing.
 */
export function pricesFor(
  prices: readonly CatalogPrice[],
  modelId: string,
  {profileId, region, routing, tier}: PriceFilter = {},
): readonly CatalogPrice[] {
  return prices
    .filter((price) => price.modelId === modelId)
    .filter((price) => region === undefined || price.region === region || price.region === '*')
    .filter((price) => routing === undefined || price.routing === routing)
    .filter((price) => tier === undefined || price.tier === tier)
    .filter((price) => profileId === undefined || price.profileId === null || price.profileId === profileId)
    .sort(byEvidence)
}

function byEvidence(left: CatalogPrice, right: CatalogPrice): number {
  return (
    Number(left.region === '*') - Number(right.region === '*') ||
    TRUST[left.confidence] - TRUST[right.confidence] ||
    dated(right).localeCompare(dated(left), 'en')
  )
}

/** An undated source sorts as the oldest. */
function dated({asOf}: CatalogPrice): string {
  return /^\d{4}-\d{2}/.test(asOf) ? asOf : ''
}

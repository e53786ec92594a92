import type {CatalogPrice} from '../../catalog/catalog.schema.js'
import {pricesFor} from '../../catalog/price-of.js'
import type {PricePremium, RouteVerdict} from '../availability/availability.schema.js'
import {isOnDemand} from './holds.js'

type Mode = PricePremium['over']

/**
 * What the recommended route costs over (or under) the Global one, by the standard price of input tokens from this
 * Region; null where there is no Global route, the prices are not known, or their dates differ too much to compare.
 */
export function pricePremium(
  modelId: string,
  region: string,
  mode: Mode,
  routes: readonly RouteVerdict[],
  prices: readonly CatalogPrice[],
): PricePremium | null {
  if (
    mode === 'global' ||
    !routes.some((route) => isOnDemand(route) && route.mode === 'global' && route.answer === 'yes')
  ) {
    return null
  }
  const [own, global] = [mode, 'global' as const].map((routing) =>
    pricesFor(prices, modelId, {region, routing, tier: 'standard'}).find(
      ({meter, amount}) => meter === 'tokens' && amount.input,
    ),
  )
  if (!own?.amount.input || !global?.amount.input) return null
  if (own.asOf !== global.asOf || own.currency !== global.currency) return null
  return {over: 'global', percent: Math.round((own.amount.input / global.amount.input - 1) * 100), asOf: own.asOf}
}

/** `10 % above the Global price (prices of 2026-08-20)`. */
export function premiumWords({percent, asOf}: PricePremium): string {
  const compared =
    percent === 0 ? 'at the Global price' : `${Math.abs(percent)} % ${percent > 0 ? 'above' : 'below'} the Global price`
  return `${compared} (prices of ${asOf})`
}

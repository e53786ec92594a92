import {PRICE_KINDS, type PriceKind} from '../../prices/price-list.js'
import type {PricedRow} from './prices.schema.js'

/** Prices that are the same in several Regions, as one line for people. */
export interface PriceGroup
  extends Omit<PricedRow, 'region' | 'profile' | 'kind' | 'amount' | 'sku' | 'route' | 'offer'> {
  readonly routes: readonly string[]
  /** Regions; `*` for any, `eu.` for any by the profiles of a geography, null where they are not known. */
  readonly regions: readonly (string | null)[]
  readonly amount: Readonly<Partial<Record<PriceKind, number>>>
}

/** Folds the kinds of a price into one line, then Regions with equal prices, then routes with equal Regions. */
export function groupRows(rows: readonly PricedRow[]): readonly PriceGroup[] {
  const single = folded(
    rows.map((row): PriceGroup => {
      const {amount, kind, offer: _, profile, region, route, sku: __, ...rest} = row
      const place = profile === null || region !== '*' || route === 'global' ? region : `${profile.split('.')[0]}.`
      return {...rest, routes: route === null ? [] : [route], regions: [place], amount: {[kind]: amount}}
    }),
    ({amount: _, confidence: __, note: ___, ...key}) => key,
    (group, next) => ({...group, amount: {...next.amount, ...group.amount}}),
  )
  const overRegions = folded(
    single,
    ({amount, regions: _, ...key}) => [key, PRICE_KINDS.map((kind) => amount[kind])],
    (group, {regions}) => ({...group, regions: [...group.regions, ...regions]}),
  )
  return folded(
    overRegions,
    ({amount, routes: _, ...key}) => [key, PRICE_KINDS.map((kind) => amount[kind])],
    (group, {routes}) => ({...group, routes: [...group.routes, ...routes]}),
  )
}

/** Those with the same key become one, in the order of the first. */
function folded<T>(items: readonly T[], keyOf: (item: T) => unknown, join: (left: T, right: T) => T): readonly T[] {
  const groups = new Map<string, T>()
  for (const item of items) {
    const key = JSON.stringify(keyOf(item))
    const group = groups.get(key)
    groups.set(key, group === undefined ? item : join(group, item))
  }
  return [...groups.values()]
}

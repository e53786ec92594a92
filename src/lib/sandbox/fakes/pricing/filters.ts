import type {Filter} from '@aws-sdk/client-pricing'
import {familyOf, type Product} from './product.js'
import type {ProductList} from './products.js'

/** The products that every filter keeps, in the order of the list. */
export function productsThatMatch(list: ProductList, filters: readonly Filter[]): readonly Product[] {
  const region = filters.find(({Field, Type}) => Field === 'regionCode' && (Type === 'TERM_MATCH' || Type === 'EQUALS'))
  const there = region ? (list.byRegion.get(regionOf(region)) ?? []) : list.all
  const others = filters.filter((filter) => filter !== region)
  return others.length === 0 ? there : there.filter((product) => others.every((filter) => matches(product, filter)))
}

function regionOf({Type, Value = ''}: Filter): string {
  return Type === 'TERM_MATCH' ? Value.toLowerCase() : Value
}

/** What filters can ask of a product; names of attributes are exact. */
export function fieldOf(product: Product, field: string): string | undefined {
  if (field === 'productFamily') return familyOf(product.offer)
  if (field === 'ServiceCode') return product.offer
  if (field === 'sku') return product.sku
  return Object.hasOwn(product.attributes, field) ? product.attributes[field] : undefined
}

/** TERM_MATCH alone is blind to case: `Minimax M2` finds `MiniMax M2`. */
function matches(product: Product, {Type, Field = '', Value = ''}: Filter): boolean {
  const value = fieldOf(product, Field)
  switch (Type) {
    case 'EQUALS':
      return value === Value
    case 'CONTAINS':
      return value?.includes(Value) === true
    case 'ANY_OF':
      return value !== undefined && Value.split(',').includes(value)
    case 'NONE_OF':
      return value === undefined || !Value.split(',').includes(value)
    default:
      return value?.toLowerCase() === Value.toLowerCase()
  }
}

import type * as Pricing from '@aws-sdk/client-pricing'
import {
  type Filter,
  InvalidNextTokenException,
  InvalidParameterException,
  NotFoundException,
} from '@aws-sdk/client-pricing'
import {handlersFor, type RequestContext} from '../handler.js'
import {type Page, type PageRequest, pageOf} from './page.js'
import {OFFERS, type Product, priceListItem, productsOf} from './pricing/products.js'

const FORMAT = 'aws_v1'

export default handlersFor<typeof Pricing>()({
  async DescribeServices({ServiceCode: code, FormatVersion, NextToken, MaxResults = 100}, context) {
    checkFormat(FormatVersion)
    const offers = code === undefined ? OFFERS : [knownOffer(code)]
    const services = await Promise.all(
      offers.map(async (offer) => ({ServiceCode: offer, AttributeNames: await attributeNames(offer, context)})),
    )
    const {items, next} = page(services, {token: NextToken, size: MaxResults, scope: `services:${code ?? ''}`})
    return {FormatVersion: FORMAT, Services: items, NextToken: next}
  },

  async GetAttributeValues({ServiceCode: code, AttributeName: name, NextToken, MaxResults = 100}, context) {
    const products = await offerProducts(code, context)
    const values = new Set(products.map((product) => attribute(product, name)).filter((value) => value !== undefined))
    if (values.size === 0) throw new InvalidParameterException({message: `Unknown attribute: ${name}`, $metadata: {}})
    const all = [...values].sort((a, b) => a.localeCompare(b)).map((Value) => ({Value}))
    const {items, next} = page(all, {token: NextToken, size: MaxResults, scope: `values:${code}:${name}`})
    return {AttributeValues: items, NextToken: next}
  },

  async GetProducts({ServiceCode: code, Filters = [], FormatVersion, NextToken, MaxResults = 100}, context) {
    checkFormat(FormatVersion)
    const products = await offerProducts(code, context)
    const wanted = products.filter((product) => Filters.every((filter) => matches(product, filter)))
    const scope = `products:${code}:${JSON.stringify(Filters)}`
    const {items, next} = page(wanted, {token: NextToken, size: MaxResults, scope})
    return {FormatVersion: FORMAT, PriceList: items.map(priceListItem), NextToken: next}
  },
})

function checkFormat(version: string | undefined): void {
  if (version === undefined || version === FORMAT) return
  throw new InvalidParameterException({message: `Unknown format version: ${version}`, $metadata: {}})
}

function knownOffer(code: string): string {
  const offer = OFFERS.find((one) => one === code)
  if (offer === undefined) throw new NotFoundException({message: `Service code ${code} was not found.`, $metadata: {}})
  return offer
}

async function offerProducts(code: string, {world}: RequestContext): Promise<readonly Product[]> {
  const offer = knownOffer(code)
  return (await productsOf(world.catalog)).filter((product) => product.offer === offer)
}

async function attributeNames(offer: string, context: RequestContext): Promise<string[]> {
  const names = new Set((await offerProducts(offer, context)).flatMap(({attributes}) => Object.keys(attributes)))
  return ['productFamily', ...names].sort((a, b) => a.localeCompare(b))
}

function attribute(product: Product, field: string): string | undefined {
  if (field === 'productFamily') return product.productFamily
  if (field === 'ServiceCode') return product.offer
  return field === 'sku' ? product.sku : product.attributes[field]
}

function matches(product: Product, {Type, Field = '', Value = ''}: Filter): boolean {
  const value = attribute(product, Field)
  switch (Type) {
    case 'CONTAINS':
      return value?.includes(Value) === true
    case 'ANY_OF':
      return value !== undefined && Value.split(',').includes(value)
    case 'NONE_OF':
      return value === undefined || !Value.split(',').includes(value)
    default:
      return value === Value
  }
}

function page<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const found = pageOf(all, request)
  if (!found) throw new InvalidNextTokenException({message: 'The next token is invalid.', $metadata: {}})
  return found
}

import type * as Pricing from '@aws-sdk/client-pricing'
import {InvalidNextTokenException, InvalidParameterException, NotFoundException} from '@aws-sdk/client-pricing'
import {handlersFor, type RequestContext} from '../handler.js'
import {type Page, type PageRequest, pageOf} from './page.js'
import {fieldOf, productsThatMatch} from './pricing/filters.js'
import {OFFERS, type Offer, priceListItem} from './pricing/product.js'
import {type ProductList, priceLists} from './pricing/products.js'

const FORMAT = 'aws_v1'

export default handlersFor<typeof Pricing>()({
  async DescribeServices({ServiceCode: code, FormatVersion, NextToken, MaxResults = 100}, context) {
    checkFormat(FormatVersion)
    const offers = code === undefined ? OFFERS : [knownOffer(code)]
    const services = await Promise.all(
      offers.map(async (offer) => {
        const {attributeNames} = await listOf(offer, context)
        return {ServiceCode: offer, AttributeNames: ['productFamily', ...attributeNames].sort()}
      }),
    )
    const {items, next} = page(services, {token: NextToken, size: MaxResults, scope: `services:${code ?? ''}`})
    return {FormatVersion: FORMAT, Services: items, NextToken: next}
  },

  async GetAttributeValues({ServiceCode: code, AttributeName: name, NextToken, MaxResults = 100}, context) {
    const {all} = await listOf(knownOffer(code), context)
    const values = new Set(all.map((product) => fieldOf(product, name)).filter((value) => value !== undefined))
    if (values.size === 0) throw invalid(`Unknown attribute: ${name}`)
    const sorted = [...values].sort().map((Value) => ({Value}))
    const {items, next} = page(sorted, {token: NextToken, size: MaxResults, scope: `values:${code}:${name}`})
    return {AttributeValues: items, NextToken: next}
  },

  async GetProducts({ServiceCode: code, Filters = [], FormatVersion, NextToken, MaxResults = 100}, context) {
    checkFormat(FormatVersion)
    const list = await listOf(knownOffer(code), context)
    const wanted = productsThatMatch(list, Filters)
    const scope = `products:${code}:${JSON.stringify(Filters)}`
    const {items, next} = page(wanted, {token: NextToken, size: MaxResults, scope})
    const {compiledOn} = context.world.catalog
    return {FormatVersion: FORMAT, PriceList: items.map((item) => priceListItem(item, compiledOn)), NextToken: next}
  },
})

function checkFormat(version: string | undefined): void {
  if (version !== undefined && version !== FORMAT) throw invalid(`Unknown format version: ${version}`)
}

function knownOffer(code: string): Offer {
  if (code === '') throw invalid('Input Parameters are invalid. serviceCode cannot be null or empty')
  if (!/^[A-Za-z0-9]+$/.test(code)) throw invalid('ServiceCode can only contain a-z, A-Z, 0-9')
  const offer = OFFERS.find((one) => one === code)
  if (offer === undefined) throw new NotFoundException({message: `Service code ${code} was not found.`, $metadata: {}})
  return offer
}

async function listOf(offer: Offer, {world}: RequestContext): Promise<ProductList> {
  const list = (await priceLists(world.catalog)).get(offer)
  if (!list) throw new NotFoundException({message: `Service code ${offer} was not found.`, $metadata: {}})
  return list
}

function invalid(message: string): InvalidParameterException {
  return new InvalidParameterException({message, $metadata: {}})
}

function page<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const found = pageOf(all, request)
  if (!found) throw new InvalidNextTokenException({message: 'The next token is invalid.', $metadata: {}})
  return found
}

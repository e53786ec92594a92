import {BedrockctlError} from '../core/errors.js'
import {toUnread} from '../core/unread.js'
import type {PriceList} from './cached-facts.js'
import {foldPrices} from './fold-prices.js'
import type {ModelNames} from './model-names.js'
import type {UnparsedPrice} from './parse-price-item.js'
import type {PriceSource} from './ports.js'
import {withoutRegion} from './price-meter.js'
import {type ReadPart, readEach} from './read-each.js'
import type {UnparsedProducts} from './refresh.schema.js'

export interface ReadPrices extends ReadPart<PriceList> {
  readonly unparsed: readonly UnparsedProducts[]
}

export interface ReadPricesOptions {
  readonly regions: readonly string[]
  readonly names: ModelNames
  readonly now: () => Date
  readonly signal: AbortSignal | undefined
  /** Told how many reads there will be, then once for each. */
  readonly onReads: (count: number) => void
  readonly onRead: () => void
}

const DESCRIBE = 'pricing:DescribeServices'

/** Reads each service code for each Region: small lists, many at once, and a failure costs one of them. */
export async function readPrices(
  source: PriceSource,
  {regions, names, now, signal, onReads, onRead}: ReadPricesOptions,
): Promise<ReadPrices> {
  let offers: readonly string[]
  try {
    offers = await source.listOffers(signal)
  } catch (failure) {
    if (!(failure instanceof BedrockctlError)) throw failure
    const unread = [toUnread(failure, 'all Regions', DESCRIBE)]
    return {entries: [], notEnabled: [], unread, failures: [failure], unparsed: []}
  }
  const places = offers.flatMap((offer) => regions.map((region) => ({offer, region})))
  const unparsed = new Map<string, UnparsedProducts>()
  onReads(places.length)
  const read = await readEach(places, 'pricing:GetProducts', async ({offer, region}): Promise<PriceList> => {
    try {
      const folded = foldPrices(await source.listProducts(offer, region, signal), region, names)
      for (const product of folded.unparsed) count(unparsed, offer, product)
      const {prices, publishedOn} = folded
      return {offer, region, readAt: now().toISOString(), publishedOn, prices, unparsed: folded.unparsed.length}
    } finally {
      onRead()
    }
  })
  return {...read, unparsed: [...unparsed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, products]) => products)}
}

/** The same meter of the same model is one line, whatever the Region. */
function count(unparsed: Map<string, UnparsedProducts>, offer: string, product: UnparsedPrice): void {
  const {name, reason} = product
  const usageType = withoutRegion(product.usageType)
  const key = [offer, reason, name, usageType].join('\n')
  const products = (unparsed.get(key)?.products ?? 0) + 1
  unparsed.set(key, {offer, usageType, name, reason, products})
}

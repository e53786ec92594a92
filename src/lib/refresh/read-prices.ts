import {BedrockctlError} from '../core/errors.js'
import {toUnread} from '../core/unread.js'
import {foldPrices} from '../prices/fold-prices.js'
import type {ModelNames} from '../prices/model-names.js'
import type {PriceList} from '../prices/price-list.js'
import type {PriceSource} from './ports.js'
import {type ReadPart, readEach} from './read-each.js'
import type {UnparsedProducts} from './refresh.schema.js'

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
): Promise<ReadPart<PriceList>> {
  let offers: readonly string[]
  try {
    offers = await source.listOffers(signal)
  } catch (failure) {
    if (!(failure instanceof BedrockctlError)) throw failure
    const unread = [toUnread(failure, 'all Regions', DESCRIBE)]
    return {entries: [], notEnabled: [], unread, failures: [failure]}
  }
  const places = offers.flatMap((offer) => regions.map((region) => ({offer, region})))
  onReads(places.length)
  return readEach(places, 'pricing:GetProducts', async ({offer, region}): Promise<PriceList> => {
    try {
      const folded = foldPrices(await source.listProducts(offer, region, signal), region, names)
      return {offer, region, readAt: now().toISOString(), ...folded}
    } finally {
      onRead()
    }
  })
}

/** What the lists hold and we do not understand; the same meter of the same model is one line, whatever the Region. */
export function unparsedOf(lists: readonly PriceList[]): readonly UnparsedProducts[] {
  const all = new Map<string, UnparsedProducts>()
  for (const {offer, unparsed} of lists) {
    for (const {products, ...meter} of unparsed) {
      const key = [offer, meter.reason, meter.name, meter.usageType].join('\n')
      all.set(key, {offer, ...meter, products: (all.get(key)?.products ?? 0) + products})
    }
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, products]) => products)
}

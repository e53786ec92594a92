import type {Settings} from '../config/settings.js'
import type {PriceOrigin} from '../cost/estimate/estimate.schema.js'
import type {PriceBook} from '../prices/price-book.js'
import type {Connection} from './connect.js'
import {pricesFor} from './prices-for.js'

export interface OpenedBook {
  readonly book: PriceBook
  readonly origin: PriceOrigin
}

/** The price book as the settings say. */
export async function openPrices(
  settings: Pick<Settings, 'maxAgeMs'>,
  connection: Connection,
  warn: (text: string) => void,
): Promise<OpenedBook> {
  const [{createPriceBook}, prices] = await Promise.all([
    import('../prices/price-book.js'),
    pricesFor(settings, connection, warn),
  ])
  return {
    book: createPriceBook(prices),
    origin: {kind: 'bundle', asOf: connection.catalog.compiledOn, why: null},
  }
}

import type {AwsSession} from '../aws/session.js'
import type {Settings} from '../config/settings.js'
import type {PriceBook} from '../prices/price-book.js'
import type {PriceList} from '../prices/price-list.js'
import type {LivePrices, PriceBasis} from '../refresh/kept-prices.js'
import type {Connection} from './connect.js'
import type {Progress} from './progress.js'

export interface OpenedBook {
  readonly book: PriceBook
  readonly origin: PriceBasis
  /** The lists of the Price List in it. */
  readonly lists: readonly PriceList[]
}

/** For which Regions live prices are wanted, and who waits. */
export interface BookFrame {
  readonly regions: readonly (string | undefined)[]
  readonly signal: AbortSignal
  readonly progress: Progress
  /** Says on stderr what came instead of what was asked for. */
  readonly warn: (text: string) => void
}

type PriceSettings = Pick<Settings, 'maxAgeMs' | 'endpointUrl'>

const DAY_MS = 86_400_000

/**
 * The price book as the settings say: live for the Regions of the command, by way of the cache (a day, or --max-age);
 * when that fails, and offline, the cache at any age and the bundle. Why it is not live stands in the origin.
 */
export async function openPrices(
  settings: PriceSettings,
  connection: Connection,
  frame: BookFrame,
): Promise<OpenedBook> {
  const [{createPriceBook}, {mergePrices}, prices, bundled] = await Promise.all([
    import('../prices/price-book.js'),
    import('../refresh/price-book.js'),
    readLists(settings, connection, frame),
    connection.catalog.prices(),
  ])
  const {basis, lists, warnings} = prices
  for (const warning of warnings) frame.warn(warning)
  if (basis.why !== null) frame.warn(insteadWords(basis))
  return {book: createPriceBook(mergePrices(bundled, lists)), origin: basis, lists}
}

function insteadWords({asOf, kind, why}: PriceBasis): string {
  const which = {live: 'live, but not whole', cache: 'those kept', bundle: 'those of the bundled book'}[kind]
  return `prices  ${which}, of ${asOf.slice(0, 10)}: ${why}`
}

async function readLists(settings: PriceSettings, connection: Connection, frame: BookFrame): Promise<LivePrices> {
  const {catalog, session} = connection
  const known = frame.regions.flatMap((name) => (name === undefined ? [] : (catalog.region(name) ?? [])))
  const partition = known[0]?.partition ?? 'aws'
  const regions = [...new Set(known.filter((region) => region.partition === partition).map(({name}) => name))]
  if (session === undefined || regions.length === 0) {
    const [{keptPrices}, kept] = await Promise.all([import('../refresh/kept-prices.js'), connection.cache.prices()])
    return keptPrices(kept, {regions, maxAgeMs: settings.maxAgeMs, now: Date.now()}, catalog, null)
  }
  const [{livePrices}, {cacheFolder}] = await Promise.all([
    import('../refresh/live-prices.js'),
    import('../config/cache-folder.js'),
  ])
  return livePrices(
    {regions, partition, maxAgeMs: settings.maxAgeMs ?? DAY_MS},
    {
      catalog,
      identity: () => session.identity(),
      prices: (of) => session.prices(of),
      simulated: () => (connection.simulated() ? true : mayBeSandbox(settings, session) ? undefined : false),
      cacheFolder: cacheFolder(process.env, process.platform),
      now: () => new Date(),
    },
    {signal: frame.signal, onProgress: (done, total) => frame.progress.update(done, total, 'reads of the Price List')},
  )
}

/** An endpoint of the caller's own that has not answered yet. */
function mayBeSandbox({endpointUrl}: PriceSettings, session: AwsSession): boolean {
  const own = endpointUrl !== undefined || Object.keys(process.env).some((name) => name.startsWith('AWS_ENDPOINT_URL'))
  return own && session.calls.total === 0
}

import type {IdentitySource} from '../account/ports.js'
import type {Catalog} from '../catalog/catalog.js'
import {BedrockctlError} from '../core/errors.js'
import {plural} from '../core/text.js'
import {modelNames} from '../prices/model-names.js'
import type {PriceList} from '../prices/price-list.js'
import {cacheFile, type OpenedPart, openPart} from './cache-file.js'
import {type CachedPrices, PRICES} from './cached-facts.js'
import {isFresh} from './is-fresh.js'
import {keptPrices, type LivePrices, oldestRead} from './kept-prices.js'
import {priceRules} from './part-rules.js'
import type {PriceSource} from './ports.js'
import type {ReadPart} from './read-each.js'
import {readPrices} from './read-prices.js'
import {settlePart} from './settle-part.js'
import {singleFlight} from './single-flight.js'

export interface LivePricesInput {
  /** Regions that must be fresh, of one partition. */
  readonly regions: readonly string[]
  readonly partition: string
  /** Lists that are older are read anew. */
  readonly maxAgeMs: number
}

export interface LivePricesPorts {
  readonly catalog: Catalog
  /** Undefined until a call was made, where an endpoint of the caller's may be a sandbox. */
  readonly simulated: () => boolean | undefined
  readonly identity: () => Promise<IdentitySource>
  readonly prices: (partition: string) => Promise<PriceSource | undefined>
  readonly cacheFolder: string
  readonly now: () => Date
}

export interface LivePricesOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * The Price List of these Regions: what was kept while it is fresh enough, else read now, by one process for all that
 * ask at once, and kept. When it cannot be read, what was kept of it at any age, and the basis says why.
 */
export async function livePrices(
  input: LivePricesInput,
  ports: LivePricesPorts,
  options: LivePricesOptions = {},
): Promise<LivePrices> {
  const since = ports.now().getTime()
  const opened = () => openPart(PRICES, fileOf(ports), {partition: input.partition})
  let kept: OpenedPart<CachedPrices> | undefined
  try {
    if (ports.simulated() === undefined && (await accountOf(ports, options.signal)) instanceof BedrockctlError) {
      return await readNow(input, ports, options)
    }
    kept = await opened()
    const fresh = freshPrices(kept, input, since, ports)
    if (fresh) return fresh
    const now = () => ports.now().getTime()
    return await singleFlight(
      kept.file,
      async () => freshPrices(await opened(), input, since, ports) ?? (await readNow(input, ports, options)),
      {signal: options.signal, now},
    )
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    return keptPrices(
      kept ?? (await opened()),
      {...input, maxAgeMs: undefined, now: since},
      ports.catalog,
      error.message,
    )
  }
}

function fileOf({cacheFolder, simulated}: LivePricesPorts): string {
  return cacheFile(cacheFolder, 'prices', simulated() === true)
}

/** The kept lists, when each of these Regions was read recently, or since this command began. */
function freshPrices(
  kept: OpenedPart<CachedPrices>,
  {maxAgeMs, regions}: LivePricesInput,
  since: number,
  {catalog, now}: LivePricesPorts,
): LivePrices | undefined {
  const lists = kept.content?.lists ?? []
  const offers = [...new Set(lists.map(({offer}) => offer))]
  const whole = regions.every((region) =>
    offers.every((offer) =>
      lists.some(
        (list) =>
          list.offer === offer &&
          list.region === region &&
          ((maxAgeMs > 0 && isFresh(list.readAt, maxAgeMs, now().getTime())) || isBetween(list.readAt, since, now())),
      ),
    ),
  )
  return whole && offers.length > 0 ? keptPrices(kept, {regions, now: now().getTime()}, catalog, null) : undefined
}

function isBetween(readAt: string, since: number, until: Date): boolean {
  const at = Date.parse(readAt)
  return at >= since && at <= until.getTime()
}

// What changed is told by catalog refresh.
const RULES = {...priceRules([]), diff: () => [], diffWithBundle: () => undefined}

async function readNow(
  {partition, regions}: LivePricesInput,
  ports: LivePricesPorts,
  {onProgress, signal}: LivePricesOptions,
): Promise<LivePrices> {
  const {catalog, now} = ports
  const source = await ports.prices(partition)
  if (!source) throw noPriceList(partition)
  let [done, total] = [0, 0]
  const read = await readPrices(source, {
    ...{regions, names: modelNames(catalog), now, signal},
    onReads: (count) => {
      total += count
    },
    onRead: () => {
      done += 1
      onProgress?.(done, total)
    },
  })
  signal?.throwIfAborted()
  const [failure] = read.failures
  if (failure && read.entries.length === 0) throw failure
  const {kept, warnings} = await keep(read, partition, ports, signal)
  const isRead = new Set(read.entries.map(({offer, region}) => `${offer} ${region}`))
  const lists = [...read.entries, ...kept.filter(({offer, region}) => !isRead.has(`${offer} ${region}`))]
  const asOf = oldestRead(lists.filter(({region}) => regions.includes(region))) ?? now().toISOString()
  const why = failure ? `${plural(read.failures.length, 'list')} could not be read: ${failure.message}` : null
  return {lists, basis: {kind: 'live', asOf, why}, warnings}
}

/** Keeps what was read, beside what was. Prices hold whoever reads them, but the cache tells whose it is. */
async function keep(
  read: ReadPart<PriceList>,
  partition: string,
  ports: LivePricesPorts,
  signal: AbortSignal | undefined,
): Promise<{readonly kept: readonly PriceList[]; readonly warnings: readonly string[]}> {
  const account = await accountOf(ports, signal)
  if (account instanceof BedrockctlError) return {kept: [], warnings: [`not kept  ${account.message}`]}
  const settle = {folder: ports.cacheFolder, simulated: ports.simulated() === true, account, partition, dryRun: false}
  const warnings: string[] = []
  try {
    await settlePart(RULES, read, {...settle, writtenAt: ports.now().toISOString()})
  } catch (error) {
    if (!(error instanceof BedrockctlError)) throw error
    warnings.push(`not kept  ${error.message}`)
  }
  return {kept: (await openPart(PRICES, fileOf(ports), {account, partition})).content?.lists ?? [], warnings}
}

/** The account, or why it cannot be told: networks let the Price List through and not STS, and so do stand-ins. */
async function accountOf(
  {identity}: LivePricesPorts,
  signal: AbortSignal | undefined,
): Promise<string | BedrockctlError> {
  try {
    return (await (await identity()).whoAmI(signal)).account
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    return error
  }
}

function noPriceList(partition: string): BedrockctlError {
  return new BedrockctlError('NO_PRICE_LIST', `Partition ${partition} has no Price List of its own.`, {
    fault: 'service',
  })
}

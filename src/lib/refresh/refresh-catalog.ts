import type {IdentitySource, RegionOptIn, RegionOptInSource} from '../account/ports.js'
import type {Catalog} from '../catalog/catalog.js'
import {parseArn} from '../core/arn.js'
import {BedrockctlError, usageError} from '../core/errors.js'
import type {OfferSource, RegionOffer} from '../models/offers/offer.js'
import {modelNames} from '../prices/model-names.js'
import type {PriceList} from '../prices/price-list.js'
import {selectRegions} from '../routing/select-regions.js'
import {cacheFile} from './cache-file.js'
import type {RegionQuotas} from './cached-facts.js'
import {offerRules, priceRules, QUOTA_RULES} from './part-rules.js'
import type {PriceSource, QuotaSource} from './ports.js'
import {type ReadPart, readEach} from './read-each.js'
import {readPrices, unparsedOf} from './read-prices.js'
import type {RefreshPart, RefreshResult} from './refresh.schema.js'
import {type SettleOptions, settlePart} from './settle-part.js'

export interface RefreshInput {
  /** As asked for: names or `all`; empty: every Region of the account. */
  readonly regions: readonly string[]
  readonly configuredRegion: string | undefined
  readonly parts: readonly RefreshPart['part'][]
  readonly dryRun: boolean
}

export interface RefreshPorts {
  readonly catalog: Catalog
  readonly identity: IdentitySource
  readonly optIns: RegionOptInSource
  readonly offers: OfferSource
  readonly quotas: QuotaSource
  readonly prices: (partition: string) => Promise<PriceSource | undefined>
  /** What the bundle says a Region offers. */
  readonly bundledOffer: (region: string) => RegionOffer
  readonly cacheFolder: string
  /** Settled once a call was answered. */
  readonly simulated: () => boolean
  readonly now: () => Date
}

export interface RefreshOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (done: number, total: number) => void
}

interface Reads {
  readonly models: ReadPart<RegionOffer>
  readonly quotas: ReadPart<RegionQuotas>
  /** Undefined where the partition has no Price List. */
  readonly prices: ReadPart<PriceList> | undefined
}

/**
 * Reads the live facts of the account's Regions into the cache and says what changed. A Region that fails keeps what
 * was kept of it; when nothing at all could be read, the first failure is thrown and no file is touched.
 */
export async function refreshCatalog(
  input: RefreshInput,
  ports: RefreshPorts,
  options: RefreshOptions = {},
): Promise<RefreshResult> {
  const {account, arn} = await ports.identity.whoAmI(options.signal)
  const partition = parseArn(arn)?.partition ?? 'aws'
  const chosen = chooseRegions(input, partition, ports.catalog)
  const {enabled, disabled} = await splitByOptIn(chosen, ports.optIns, options.signal)
  if (enabled.length === 0) throw noneEnabled(disabled)

  const reads = await readParts(input.parts, enabled, await pricesFor(input, partition, ports), ports, options)
  const all = [reads.models, reads.quotas, ...(reads.prices ? [reads.prices] : [])]
  const failures = all.flatMap((read) => read.failures)
  const [first] = failures
  if (first && all.every(({entries}) => entries.length === 0)) throw first

  const settled = await settleParts(input.parts, reads, ports, {
    folder: ports.cacheFolder,
    simulated: ports.simulated(),
    account,
    partition,
    dryRun: input.dryRun,
    writtenAt: ports.now().toISOString(),
  })
  return {
    schemaVersion: 1,
    simulated: ports.simulated(),
    unread: all.flatMap(({unread}) => unread),
    account,
    partition,
    dryRun: input.dryRun,
    interrupted: options.signal?.aborted === true || failures.some(({fault}) => fault === 'interrupted'),
    regions: enabled,
    notEnabled: [...new Set([...disabled, ...all.flatMap(({notEnabled}) => notEnabled)])],
    parts: settled.map(({part}) => part),
    changes: settled.flatMap(({changes}) => changes),
    unparsed: unparsedOf(reads.prices?.entries ?? []),
  }
}

function chooseRegions(input: RefreshInput, partition: string, catalog: Catalog): readonly string[] {
  const regions = selectRegions({asked: input.regions, configured: input.configuredRegion, otherwise: 'all'}, catalog)
  const foreign = regions.filter((region) => catalog.region(region)?.partition !== partition)
  if (foreign.length === 0) return regions
  throw usageError('WRONG_PARTITION', `${foreign.join(', ')}: not in partition ${partition}.`, {
    why: `The credentials belong to partition ${partition}; they are not known in others.`,
    hint: 'Choose a --profile of the other partition, or leave these Regions out.',
  })
}

/** Where the account's Regions cannot be read, all are tried: those not enabled say so themselves. */
async function splitByOptIn(regions: readonly string[], source: RegionOptInSource, signal: AbortSignal | undefined) {
  let states: ReadonlyMap<string, RegionOptIn>
  try {
    states = await source.listRegionOptIns(signal)
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    return {enabled: regions, disabled: []}
  }
  const isDisabled = (region: string) => ['disabled', 'disabling', 'enabling'].includes(states.get(region) ?? '')
  return {enabled: regions.filter((region) => !isDisabled(region)), disabled: regions.filter(isDisabled)}
}

function noneEnabled(regions: readonly string[]): BedrockctlError {
  return new BedrockctlError('REGION_NOT_ENABLED', `Not enabled in this account: ${regions.join(', ')}.`, {
    fault: 'access',
    hint: 'Enable a Region, or ask for others.',
    actions: ['bedrockctl catalog refresh'],
  })
}

async function pricesFor({parts}: RefreshInput, partition: string, ports: RefreshPorts) {
  return parts.includes('prices') ? ports.prices(partition) : undefined
}

const NOTHING = {entries: [], notEnabled: [], unread: [], failures: []}

async function readParts(
  parts: RefreshInput['parts'],
  regions: readonly string[],
  priceSource: PriceSource | undefined,
  ports: RefreshPorts,
  {signal, onProgress}: RefreshOptions,
): Promise<Reads> {
  const places = regions.map((region) => ({region}))
  let [done, total] = [0, 0]
  const onReads = (count: number) => {
    total += count
  }
  const onRead = () => {
    done += 1
    onProgress?.(done, total)
  }
  const everywhere = async <Entry>(action: string, read: (region: string) => Promise<Entry>) => {
    onReads(places.length)
    return readEach(places, action, ({region}) => read(region).finally(onRead))
  }
  const {now} = ports
  const [models, quotas, prices] = await Promise.all([
    parts.includes('models')
      ? everywhere('bedrock:ListFoundationModels', (region) => ports.offers.readOffer(region, signal))
      : NOTHING,
    parts.includes('quotas')
      ? everywhere('servicequotas:ListServiceQuotas', async (region) => {
          const read = await ports.quotas.listQuotas(region, signal)
          return {region, readAt: now().toISOString(), quotas: read}
        })
      : NOTHING,
    priceSource && readPrices(priceSource, {regions, names: modelNames(ports.catalog), now, signal, onReads, onRead}),
  ])
  return {models, quotas, prices}
}

async function settleParts(
  parts: RefreshInput['parts'],
  {models, quotas, prices}: Reads,
  {bundledOffer, catalog}: RefreshPorts,
  options: SettleOptions,
): Promise<readonly Awaited<ReturnType<typeof settlePart>>[]> {
  return [
    ...(parts.includes('models') ? [await settlePart(offerRules(bundledOffer), models, options)] : []),
    ...(prices ? [await settlePart(priceRules(await catalog.prices()), prices, options)] : []),
    ...(parts.includes('prices') && !prices ? [noPriceList(options)] : []),
    ...(parts.includes('quotas') ? [await settlePart(QUOTA_RULES, quotas, options)] : []),
  ]
}

function noPriceList({folder, simulated}: SettleOptions): {part: RefreshPart; changes: readonly []} {
  const file = cacheFile(folder, 'prices', simulated)
  const none = {regions: [], kept: [], records: 0, comparedWith: [], ignored: null}
  return {part: {part: 'prices', file, state: 'unavailable', ...none}, changes: []}
}

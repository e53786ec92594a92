import type {Catalog} from '../../catalog/catalog.js'
import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import {catalogOffer} from './catalog-offer.js'
import type {OfferSource, RegionOffer} from './offer.js'

/** Offers kept from an earlier live read. */
export interface OfferCache {
  /** What was kept for the Region, when it is not older than `maxAgeMs`. */
  get(region: string, maxAgeMs: number | undefined): RegionOffer | undefined
}

export interface CollectOffersInput {
  /** Source Regions to read. */
  readonly regions: readonly string[]
  /** The cache answers instead of AWS when it is not older than this. */
  readonly maxAgeMs: number | undefined
}

export interface CollectOffersPorts {
  readonly catalog: Catalog
  /** Absent offline: then the cache answers, and where it has nothing, the bundle. */
  readonly source: OfferSource | undefined
  readonly cache: OfferCache
}

export interface CollectedOffers {
  /** One for each Region that could be read, in the order asked for. */
  readonly offers: readonly RegionOffer[]
  /** Regions the account has not enabled: known, not a failure. */
  readonly notEnabled: readonly string[]
  readonly unread: readonly Unread[]
}

export interface CollectOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

type Outcome = {readonly offer: RegionOffer} | {readonly failure: BedrockctlError; readonly region: string}

/**
 * Reads what each Region offers: live beats cache beats bundle. A Region that fails is told in `unread` and costs the
 * others nothing; when none could be read, the first failure is thrown.
 */
export async function collectOffers(
  {regions, maxAgeMs}: CollectOffersInput,
  {catalog, source, cache}: CollectOffersPorts,
  {signal, onProgress}: CollectOptions = {},
): Promise<CollectedOffers> {
  let done = 0
  const outcomes = await Promise.all(
    regions.map(async (region): Promise<Outcome> => {
      const kept = source === undefined || maxAgeMs !== undefined ? cache.get(region, maxAgeMs) : undefined
      const outcome = kept
        ? {offer: kept}
        : source
          ? await readLive(source, region, signal)
          : {offer: catalogOffer(catalog, region)}
      done += 1
      onProgress?.(done, regions.length)
      return outcome
    }),
  )
  const failed = outcomes.filter((outcome) => 'failure' in outcome)
  const first = failed[0]
  if (first && failed.length === outcomes.length) throw first.failure
  return {
    offers: outcomes.flatMap((outcome) => ('offer' in outcome ? [outcome.offer] : [])),
    notEnabled: failed.filter(({failure}) => failure.code === 'REGION_NOT_ENABLED').map(({region}) => region),
    unread: failed
      .filter(({failure}) => failure.code !== 'REGION_NOT_ENABLED')
      .map(({failure, region}) => toUnread(failure, region, 'bedrock:ListFoundationModels')),
  }
}

async function readLive(source: OfferSource, region: string, signal: AbortSignal | undefined): Promise<Outcome> {
  try {
    return {offer: await source.readOffer(region, signal)}
  } catch (error) {
    if (error instanceof BedrockctlError) return {failure: error, region}
    throw error
  }
}

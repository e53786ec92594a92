import type {AwsSession} from '../aws/session.js'
import {parseArn} from '../core/arn.js'
import {BedrockctlError} from '../core/errors.js'
import type {CacheReader, OpenedPart} from '../refresh/cache-file.js'
import type {CachedOffers, CachedPrices} from '../refresh/cached-facts.js'

/** The user's cache as one command may use it. */
export interface FactCache {
  /** Offers of the caller's account; offline, of whichever account was refreshed last. */
  offers(signal?: AbortSignal): Promise<OpenedPart<CachedOffers>>
  /** Prices are public: they hold for every account. Ask after the calls, which tell whether a sandbox answers. */
  prices(): Promise<OpenedPart<CachedPrices>>
}

export interface FactCacheOptions {
  readonly folder: string
  readonly session: AwsSession | undefined
  /** Settled once a call was answered. */
  readonly simulated: () => boolean
}

export function factCache({folder, session, simulated}: FactCacheOptions): FactCache {
  return {
    async offers(signal) {
      const [{cacheFile, openPart}, {OFFERS}] = await loadCache()
      if (!session) return openPart(OFFERS, cacheFile(folder, 'offers', false))
      const reader = await whoReads(session, signal)
      const file = cacheFile(folder, 'offers', simulated())
      if (reader) return openPart(OFFERS, file, reader)
      const {content, ignored} = await openPart(OFFERS, file)
      return {
        file,
        content: undefined,
        ignored: content ? `${file} is of account ${content.account}, and who is calling is not known` : ignored,
      }
    },
    async prices() {
      const [{cacheFile, openPart}, {PRICES}] = await loadCache()
      return openPart(PRICES, cacheFile(folder, 'prices', simulated()))
    },
  }
}

function loadCache() {
  return Promise.all([import('../refresh/cache-file.js'), import('../refresh/cached-facts.js')])
}

/** Undefined when the caller cannot be told, as with an API key alone. */
async function whoReads(session: AwsSession, signal: AbortSignal | undefined): Promise<CacheReader | undefined> {
  try {
    const {account, arn} = await (await session.identity()).whoAmI(signal)
    return {account, partition: parseArn(arn)?.partition}
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    return undefined
  }
}

/** One line for stderr. */
export function ignoredCache(reason: string): string {
  return `ignored  ${reason}. Write it anew: bedrockctl catalog refresh`
}

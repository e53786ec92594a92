import {type Decimal, decimal, ONE, ZERO} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {TokenKind} from '../../prices/price-list.js'
import {countWords} from './count-words.js'

export interface CachePlan {
  /** Of the input tokens: the prefix that is cached. */
  readonly share: Decimal
  readonly ttl?: '5m' | '1h' | undefined
  /** Requests that find the prefix cached; from the traffic when undefined. */
  readonly hitRate?: Decimal | undefined
  /** Different prefixes in use at a time. */
  readonly prefixes: Decimal
}

export interface CachedInput {
  /** Input tokens of the month by how they are billed. */
  readonly tokens: Readonly<Partial<Record<TokenKind, Decimal>>>
  readonly assumption: string
  readonly excluded: string | undefined
}

const TTL_HOURS = {'5m': 5 / 60, '1h': 1} as const

/**
 * Input of the month, split into plain tokens, cache reads and cache writes. A hit renews the time to live, so a prefix
 * is lost when the pause between two requests for it is longer. With requests that arrive at random (Poisson) at a rate
 * of r an hour for each prefix, that is so for e^(−r·TTL) of them: each of those writes the prefix anew instead of
 * reading it.
 */
export function splitCache(input: Decimal, requests: Decimal, cache: CachePlan): CachedInput {
  const prefix = input.times(cache.share)
  const plain = input.minus(prefix)
  const short = shortPrefix(prefix, requests)
  if (cache.ttl === undefined && cache.hitRate === undefined) {
    return {
      tokens: {input: plain, cacheRead: prefix},
      assumption: `every request finds its prefix cached${short}`,
      excluded: 'cache writes (no time to live is given)',
    }
  }
  const ttl = cache.ttl ?? '5m'
  const hitRate = cache.hitRate ?? hitRateOf(requests, cache.prefixes, ttl)
  const kind = ttl === '1h' ? 'cacheWrite1h' : 'cacheWrite'
  const from = cache.hitRate
    ? 'as given'
    : `requests arrive at random, over ${cache.prefixes} cached ${cache.prefixes.eq(1) ? 'prefix' : 'prefixes'}`
  return {
    tokens: {input: plain, cacheRead: prefix.times(hitRate), [kind]: prefix.times(ONE.minus(hitRate))},
    assumption: `${hitRate.times(100).toFixed(1)} % of requests find their prefix cached (${ttl}): ${from}${short}`,
    excluded: undefined,
  }
}

// Source: Amazon Bedrock User Guide, “Prompt caching for faster model inference” (2026): 512 to 4,096, by model.
const SURELY_CACHED = 4096

/** Said of a prefix that is too short for some models: those bill it as plain input. */
function shortPrefix(prefix: Decimal, requests: Decimal): string {
  const tokens = requests.eq(0) ? prefix : prefix.div(requests)
  if (tokens.eq(0) || tokens.gte(SURELY_CACHED)) return ''
  return `; a prefix of ${countWords(tokens)} tokens is long enough for the model to cache it (512 to 4,096 by model)`
}

/** To six places: what a model of the traffic can say at most. */
function hitRateOf(requests: Decimal, prefixes: Decimal, ttl: '5m' | '1h'): Decimal {
  if (requests.eq(0) || prefixes.eq(0)) return ZERO
  const perHour = requests.toNumber() / prefixes.toNumber() / HOURS_PER_MONTH
  return decimal((1 - Math.exp(-perHour * TTL_HOURS[ttl])).toFixed(6))
}

import {findProvider} from '@pydantic/genai-prices'
import type {OtherList} from './second-opinion.js'

/** Kept in step with package.json by a test. */
export const GENAI_PRICES_VERSION = '0.1.8'

const MEMBERS = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
} as const

/**
 * The Bedrock entries of @pydantic/genai-prices. Its own look-up matches prefixes and finds models that do not exist;
 * the entries are read by their ids instead.
 */
export function genaiPrices(): OtherList {
  const models = findProvider({providerId: 'aws'})?.models ?? []
  return {
    source: `@pydantic/genai-prices ${GENAI_PRICES_VERSION}`,
    entry(id) {
      const prices: unknown = models.find((model) => model.id === id)?.prices
      // Prices that change by date or length of the prompt come as lists and tiers: those are not compared.
      if (typeof prices !== 'object' || prices === null || Array.isArray(prices)) return undefined
      const amount: Record<string, number> = {}
      for (const [kind, member] of Object.entries(MEMBERS)) {
        const value = Reflect.get(prices, member)
        if (typeof value === 'number') amount[kind] = value
      }
      return {id, amount}
    },
  }
}

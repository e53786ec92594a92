import type {CatalogModel} from '../../catalog/catalog.schema.js'

/** What a model's cache takes. */
export interface Cacheable {
  readonly minTokens: number
  readonly ttls: readonly Ttl[]
}

export type Ttl = '5m' | '1h'

export const MOST_POINTS = 4

// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html as of October 2026; what it no longer lists as
// its earlier copies had it.
const MODELS: readonly (readonly [RegExp, number, readonly Ttl[]])[] = [
  [/^anthropic\.claude-(fable-5|mythos-5|opus-5)/, 512, ['5m', '1h']],
  [/^anthropic\.claude-(opus-4-8|sonnet-5|sonnet-4-6|sonnet-4-5)/, 1024, ['5m', '1h']],
  [/^anthropic\.claude-(opus-4-[567]|haiku-4-5|mythos-preview)/, 4096, ['5m', '1h']],
  [/^anthropic\.claude-(3-7-sonnet|3-5-sonnet-20241022|opus-4|sonnet-4)/, 1024, ['5m']],
  [/^anthropic\.claude-3-5-haiku/, 2048, ['5m']],
  [/^amazon\.nova-(micro|lite|pro|premier|2-lite)/, 1000, ['5m']],
]

/** `undefined` for a model without a cache for marked prompts. */
export function cacheableBy({id}: Pick<CatalogModel, 'id'>): Cacheable | undefined {
  const found = MODELS.find(([pattern]) => pattern.test(id))
  return found && {minTokens: found[1], ttls: found[2]}
}

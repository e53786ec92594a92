import type {Body, CacheUse} from './family.js'

/** Tokens of a prompt that are not counted as its input. */
export const cachedTokens = (cache: CacheUse | undefined): number => (cache ? cache.read + cache.write : 0)

/** Converse's usage; `inputTokens` without what the cache accounts for. Models without a cache tell nothing of it. */
export function converseUsage(
  {inputTokens, outputTokens}: {readonly inputTokens: number; readonly outputTokens: number},
  cache: CacheUse | undefined,
): {inputTokens: number; outputTokens: number; totalTokens: number} & Body {
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + cachedTokens(cache) + outputTokens,
    ...(cache && {
      cacheReadInputTokens: cache.read,
      cacheWriteInputTokens: cache.write,
      ...(cache.written.length > 0 && {
        cacheDetails: cache.written.map(({ttl, tokens}) => ({ttl, inputTokens: tokens})),
      }),
    }),
  }
}

import type {CacheUse} from '../fakes/bedrock/answers/family.js'
import type {Cacheable, Ttl} from './cacheable.js'
import type {Boundary} from './marked-prompt.js'

interface Entry {
  readonly ttlMs: number
  expiresAt: number
}

export interface CachePlan extends CacheUse {
  /** Writes it down: once the call is let in. */
  commit(): void
}

const TTL_MS: Readonly<Record<Ttl, number>> = {'5m': 5 * 60_000, '1h': 60 * 60_000}
/** How many blocks before a mark a prompt that was kept is looked for. */
const LOOK_BACK = 20
const MOST_ENTRIES = 10_000

/** Beginnings of prompts that are kept for an account, Region and model. */
export class PromptCache {
  readonly #entries = new Map<string, Entry>()

  /** What of a prompt is kept already, and what will be. `scope`: whose cache it is. */
  plan(boundaries: readonly Boundary[], {minTokens}: Cacheable, {scope, now}: {scope: string; now: number}): CachePlan {
    const marks = boundaries.filter(({ttl, tokens}) => ttl !== undefined && tokens >= minTokens)
    const hit = this.#longestKept(boundaries, marks, {scope, now})
    const fresh = marks.filter(({tokens}) => tokens > (hit?.tokens ?? 0))
    let before = hit?.tokens ?? 0
    const written: {ttl: Ttl; tokens: number}[] = []
    for (const {ttl = '5m', tokens} of fresh) {
      const same = written.find((one) => one.ttl === ttl)
      if (same) same.tokens += tokens - before
      else written.push({ttl, tokens: tokens - before})
      before = tokens
    }
    const write = before - (hit?.tokens ?? 0)
    return {read: hit?.tokens ?? 0, write, written, commit: () => this.#keep(hit, fresh, {scope, now})}
  }

  clear(): void {
    this.#entries.clear()
  }

  #longestKept(
    boundaries: readonly Boundary[],
    marks: readonly Boundary[],
    {scope, now}: {scope: string; now: number},
  ): Boundary | undefined {
    for (const {blocks} of [...marks].reverse()) {
      const near = boundaries.slice(Math.max(0, blocks - 1 - LOOK_BACK), blocks).reverse()
      const kept = near.find(({digest}) => (this.#entries.get(`${scope} ${digest}`)?.expiresAt ?? 0) > now)
      if (kept) return kept
    }
    return undefined
  }

  /** What was read lives on for as long again. */
  #keep(hit: Boundary | undefined, fresh: readonly Boundary[], {scope, now}: {scope: string; now: number}): void {
    const read = hit && this.#entries.get(`${scope} ${hit.digest}`)
    if (read) read.expiresAt = now + read.ttlMs
    for (const {digest, ttl = '5m'} of fresh) {
      const key = `${scope} ${digest}`
      this.#entries.delete(key)
      this.#entries.set(key, {ttlMs: TTL_MS[ttl], expiresAt: now + TTL_MS[ttl]})
    }
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= MOST_ENTRIES) break
      this.#entries.delete(key)
    }
  }
}

import {TokenBucket} from '../quotas/token-bucket.js'
import type {Caller, Pool} from './caller.js'
import {requestTokens} from './request-tokens.js'

/** What is admitted is decided every ten seconds. */
export const STEP_MS = 10_000

type Kind = 'requests' | 'tokens'

/**
 * The buckets of a pool, step by step, by the arithmetic of `admission.ts`; no minute of the clock gets more than its
 * quota, as one would read it beside the metric.
 */
export class PoolAllowance {
  readonly #limits: Readonly<Record<Kind, number>>
  readonly #buckets: Readonly<Record<Kind, TokenBucket>>
  readonly #ofMinute: Record<Kind, number>

  /** Full at a moment in milliseconds. */
  constructor({requestsPerMinute, tokensPerMinute}: Pool, from: number) {
    const [requests, tokens] = [requestsPerMinute ?? UNLIMITED, tokensPerMinute ?? UNLIMITED]
    this.#limits = {requests, tokens}
    this.#buckets = {requests: new TokenBucket(requests, from), tokens: new TokenBucket(tokens, from)}
    this.#ofMinute = {requests, tokens}
  }

  beginMinute(): void {
    Object.assign(this.#ofMinute, this.#limits)
  }

  /** How many of those that ask within a step get in. What an answer may come to is held while it is under way. */
  admit({spent, weight}: Weight, asked: number, now: number): number {
    const [tokens, requests] = [this.level('tokens', now), this.level('requests', now)]
    const admitted = Math.max(0, Math.min(asked, Math.floor(tokens / weight), Math.floor(requests)))
    this.take('tokens', admitted * spent, now)
    this.take('requests', admitted, now)
    return admitted
  }

  level(kind: Kind, now: number): number {
    return Math.min(this.#buckets[kind].level(now), this.#ofMinute[kind])
  }

  take(kind: Kind, amount: number, now: number): void {
    this.#buckets[kind].take(amount, now)
    this.#ofMinute[kind] = Math.min(this.#limits[kind], this.#ofMinute[kind] - amount)
  }

  fill(): void {
    this.beginMinute()
    this.#buckets.requests.fill()
    this.#buckets.tokens.fill()
  }
}

/** What a request takes from the tokens: in the end, and while it is under way. */
export interface Weight {
  readonly spent: number
  readonly weight: number
}

/** Of a caller's requests in a minute since the epoch. */
export function weightOf(caller: Caller, minute: number): Weight {
  const {limit, burndown} = caller.tokens
  const output = requestTokens(caller, minute, 'output')
  const input = requestTokens(caller, minute, 'input') + requestTokens(caller, minute, 'cacheWrite')
  const spent = input + output * burndown
  const underWay = Math.min(1, (caller.ttftMs + (output * 1000) / caller.tokensPerSecond) / STEP_MS)
  return {spent, weight: Math.max(1, spent + underWay * Math.max(0, input + limit - spent))}
}

/** More than anybody asks for; endless, what is taken would leave it not a number. */
const UNLIMITED = Number.MAX_SAFE_INTEGER

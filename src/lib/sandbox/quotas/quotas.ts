import type {World} from '../world.js'
import {type QuotaKind, quotasOf, type Routing} from './quota-limits.js'
import {type RatedRequest, RequestRates} from './request-rates.js'
import {TokenBucket} from './token-bucket.js'

/** Whose quota it is, and for what. */
export interface QuotaSubject {
  readonly account: string
  readonly region: string
  /** Base model. */
  readonly model: string
  readonly routing: Routing
}

/** The buckets that a call draws from, where it has some. */
export type Allowance = Readonly<Partial<Record<QuotaKind, TokenBucket>>>

interface Level {
  readonly account: string
  readonly region: string
  readonly code: string
  readonly perMinute: number
  readonly left: number
}

const NONE: Allowance = {}
const MOST_LISTED = 1000

/** What each account has left of its quotas in each Region. */
export class Quotas {
  /** Calls are refused for want of quota, and requests that come too fast. */
  enforced: boolean = true
  readonly #rates = new RequestRates()
  readonly #buckets = new Map<string, TokenBucket>()
  /** The same buckets, by what draws from them. */
  readonly #allowances = new Map<string, Allowance>()

  /**
   * Values that AWS publishes, and those that the account has applied; what the sandbox only assumes holds nobody back.
   * One code covers every geographic profile of a model.
   */
  async of({account, region, model, routing}: QuotaSubject, world: World): Promise<Allowance> {
    if (!this.enforced) return NONE
    const subject = `${account} ${region} ${model} ${routing}`
    const known = this.#allowances.get(subject)
    if (known) return known
    const allowance: Partial<Record<QuotaKind, TokenBucket>> = {}
    const applied = world.account(account).quotas
    for (const [kind, {code, value, assumed}] of await quotasOf(model, routing)) {
      const perMinute = applied.get(code) ?? (assumed ? undefined : value)
      if (perMinute !== undefined)
        allowance[kind] = this.#bucket(`${account} ${region} ${code}`, perMinute, world.now())
    }
    this.#allowances.set(subject, allowance)
    return allowance
  }

  /** Whether a request comes no faster than its operation takes them; false refuses it. */
  takeRequest(request: RatedRequest, wallNow: number): boolean {
    return !this.enforced || this.#rates.take(request, wallNow)
  }

  /** What is left for calls at an optimised latency, where a pace says how much that is. */
  optimized({account, region, model}: Omit<QuotaSubject, 'routing'>, perMinute: number, now: number): TokenBucket {
    return this.#bucket(`${account} ${region} optimized:${model}`, perMinute, now)
  }

  #bucket(key: string, perMinute: number, now: number): TokenBucket {
    const known = this.#buckets.get(key)
    if (known) return known
    const made = new TokenBucket(perMinute, now)
    this.#buckets.set(key, made)
    return made
  }

  /** Of the buckets that were drawn from so far. */
  levels(now: number): readonly Level[] {
    return [...this.#buckets].slice(0, MOST_LISTED).map(([key, bucket]) => {
      const [account = '', region = '', code = ''] = key.split(' ')
      return {account, region, code, perMinute: bucket.perMinute, left: Math.floor(bucket.level(now))}
    })
  }

  /** Full again. */
  refill(): void {
    this.#buckets.clear()
    this.#allowances.clear()
    this.#rates.clear()
  }
}

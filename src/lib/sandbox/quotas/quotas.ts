import type {TrafficSource} from '../traffic/build-traffic.js'
import type {World} from '../world.js'
import {DayBucket} from './day-bucket.js'
import {type QuotaKind, quotasOf, type Routing} from './quota-limits.js'
import {type RatedRequest, RequestRates} from './request-rates.js'
import {type QuotaBucket, TokenBucket} from './token-bucket.js'

/** Whose quota it is, and for what. */
export interface QuotaSubject {
  readonly account: string
  readonly region: string
  /** Base model. */
  readonly model: string
  readonly routing: Routing
}

/** The buckets that a call draws from, where it has some. */
export type Allowance = Readonly<Partial<Record<QuotaKind, QuotaBucket>>>

interface Level {
  readonly account: string
  readonly region: string
  readonly code: string
  readonly perMinute?: number | undefined
  readonly perDay?: number | undefined
  readonly left: number
}

const NONE: Allowance = {}
const MOST_LISTED = 1000

/** What each account has left of its quotas in each Region. */
export class Quotas {
  /** Calls are refused for want of quota, and requests that come too fast. */
  enforced: boolean = true
  readonly #rates = new RequestRates()
  readonly #buckets = new Map<string, QuotaBucket>()
  /** The same buckets, by what draws from them. */
  readonly #allowances = new Map<string, Allowance>()

  /**
   * Values that AWS publishes, and those that the account has applied; what the sandbox only assumes holds nobody back.
   * One code covers every geographic profile of a model. Callers that are made up draw from the same buckets.
   */
  async of(subject: QuotaSubject, world: World): Promise<Allowance> {
    if (!this.enforced) return NONE
    const {account, region, model, routing} = subject
    const key = `${account} ${region} ${model} ${routing}`
    const known = this.#allowances.get(key)
    if (known) return known
    const allowance: Partial<Record<QuotaKind, QuotaBucket>> = {}
    const shared = poolOf(subject, world)
    const applied = world.account(account).quotas
    for (const [kind, {code, value, assumed}] of await quotasOf(model, routing)) {
      const limit = applied.get(code) ?? (assumed ? undefined : value)
      if (limit === undefined) continue
      const make = (): QuotaBucket =>
        kind === 'day'
          ? new DayBucket(routing === 'geo' ? 2 * limit : limit)
          : (sharedBucket(kind, shared) ?? new TokenBucket(limit, world.now()))
      // A day's quota is twice as much for calls by a geographic profile; how both add up is not known.
      allowance[kind] = this.#bucket(`${account} ${region} ${code}${kind === 'day' ? ` ${routing}` : ''}`, make)
    }
    this.#allowances.set(key, allowance)
    return allowance
  }

  /** Whether a request comes no faster than its operation takes them; false refuses it. */
  takeRequest(request: RatedRequest, wallNow: number): boolean {
    return !this.enforced || this.#rates.take(request, wallNow)
  }

  /** What is left for calls at an optimised latency, where a pace says how much that is. */
  optimized({account, region, model}: Omit<QuotaSubject, 'routing'>, perMinute: number, now: number): QuotaBucket {
    return this.#bucket(`${account} ${region} optimized:${model}`, () => new TokenBucket(perMinute, now))
  }

  #bucket(key: string, make: () => QuotaBucket): QuotaBucket {
    const known = this.#buckets.get(key)
    if (known) return known
    const made = make()
    this.#buckets.set(key, made)
    return made
  }

  /** Of the buckets that were drawn from so far. */
  levels(now: number): readonly Level[] {
    return [...this.#buckets].slice(0, MOST_LISTED).map(([key, bucket]) => {
      const [account = '', region = '', code = ''] = key.split(' ')
      const {perMinute, perDay} = bucket
      return {account, region, code, perMinute, perDay, left: Math.floor(bucket.level(now))}
    })
  }

  /** Full again. */
  refill(): void {
    for (const bucket of this.#buckets.values()) bucket.fill()
    this.#buckets.clear()
    this.#allowances.clear()
    this.#rates.clear()
  }
}

/** Callers of the world that draw from the same quotas. */
function poolOf({account, region, model, routing}: QuotaSubject, {traffic}: World): TrafficSource['hours'] | undefined {
  const sources = traffic.get(`${account}/${region}`) ?? []
  return sources.find(({caller}) => caller.base === model && caller.routing === routing)?.hours
}

/** Of what mantle's answers come to, callers that are made up take nothing. */
function sharedBucket(
  kind: Exclude<QuotaKind, 'day'>,
  hours: TrafficSource['hours'] | undefined,
): QuotaBucket | undefined {
  return kind === 'output' ? undefined : hours?.bucket(kind === 'requests' ? kind : 'tokens')
}

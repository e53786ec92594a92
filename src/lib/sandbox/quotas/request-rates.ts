import {TokenBucket} from './token-bucket.js'

/** Who asks for what, and where. */
export interface RatedRequest {
  readonly account: string
  readonly region: string
  readonly service: string
  readonly operation: string
}

/** Requests a second of an account in a Region, where AWS's own model of a service says how many. */
const PER_SECOND: Readonly<Record<string, number>> = {
  'cloudtrail:LookupEvents': 2,
}

/** Holds requests to the rates that AWS publishes for an operation, by the wall clock: clients pace themselves by it. */
export class RequestRates {
  readonly #buckets = new Map<string, TokenBucket>()

  /** Takes a request; false when there are too many. */
  take({account, region, service, operation}: RatedRequest, wallNow: number): boolean {
    const rate = PER_SECOND[`${service}:${operation}`]
    if (rate === undefined) return true
    const key = `${account} ${region} ${service}:${operation}`
    const bucket = this.#buckets.get(key) ?? new TokenBucket(rate * 60, wallNow, rate)
    this.#buckets.set(key, bucket)
    if (bucket.level(wallNow) < 1) return false
    bucket.take(1, wallNow)
    return true
  }

  clear(): void {
    this.#buckets.clear()
  }
}

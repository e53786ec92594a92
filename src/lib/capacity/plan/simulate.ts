import type {TrafficMinute} from '../traffic/traffic.js'
import {mostAdmitted, reservedTokens, tokensFor} from './admission.js'
import {type Supply, takenBy, utilisationOf} from './supply.js'
import {Waiting} from './waiting.js'

/** What on-demand requests are held to. */
export interface OnDemandLimits {
  /** Infinite where it is not known. */
  readonly tokensPerMinute: number
  /** Infinite without such a quota. */
  readonly requestsPerMinute: number
  /** What one output token takes of the quota of tokens. */
  readonly outputFactor: number
  /** How long a request is under way and holds what it may write; 0: it settles within its minute. */
  readonly latencySeconds: number
}

export interface Simulation {
  /** null: none of one's own. */
  readonly supply: Supply | null
  /** null: nothing overflows; what capacity does not take is lost. */
  readonly onDemand: OnDemandLimits | null
  /** For how many minutes a request that was turned away comes again. */
  readonly retryMinutes: number
}

/** What becomes of the requests: `baseline`, `onDemand` and `throttled` are all of them. */
export interface Tally {
  readonly requests: number
  /** Taken by capacity of one's own. */
  readonly baseline: number
  readonly onDemand: number
  /** Lost. */
  readonly throttled: number
  /** Minutes in which a request was turned away, whether it came again or not. */
  readonly throttledMinutes: number
  /** Minutes whose requests each ask for more than the whole quota has: they can never start. */
  readonly tooLargeMinutes: number
  /** Of what goes on demand. */
  readonly tokens: OnDemandTokens
  /** Share of the capacity that is used; null without any. */
  readonly utilisation: number | null
  /** The least quotas with which nothing is turned away. */
  readonly enough: {readonly tokensPerMinute: number; readonly requestsPerMinute: number}
}

export type OnDemandTokens = Readonly<Record<TokenKind, number>>
export type TokenKind = 'input' | 'output' | 'cacheRead' | 'cacheWrite'

/**
 * Sends the traffic, minute by minute, to capacity first and what it does not take on demand, where a bucket of tokens
 * that the quota refills each minute takes or turns away. AWS does not publish how it refills: the bucket is a model.
 */
export function simulate(minutes: readonly TrafficMinute[], {onDemand, retryMinutes, supply}: Simulation): Tally {
  const waiting = new Waiting(retryMinutes)
  const bucket = onDemand && new Bucket(onDemand)
  const tally = {requests: 0, baseline: 0, onDemand: 0, throttled: 0, throttledMinutes: 0}
  const tokens = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0}
  const served = {input: 0, output: 0}
  for (const fresh of minutes) {
    const minute = waiting.join(fresh)
    const {requests} = minute
    const baseline = supply === null || requests === 0 ? 0 : Math.min(requests, takenBy(supply, minute))
    const admitted = bucket === null ? 0 : bucket.take(minute, requests - baseline)
    const refused = requests - baseline - admitted
    tally.requests += fresh.requests
    tally.baseline += baseline
    tally.onDemand += admitted
    tally.throttledMinutes += refused > 0 ? 1 : 0
    tally.throttled += waiting.keep(minute, refused)
    if (requests === 0) continue
    served.input += ((minute.input + minute.cacheWrite) * baseline) / requests
    served.output += (minute.output * baseline) / requests
    tokens.input += (minute.input * admitted) / requests
    tokens.output += (minute.output * admitted) / requests
    tokens.cacheRead += (minute.cacheRead * admitted) / requests
    tokens.cacheWrite += (minute.cacheWrite * admitted) / requests
  }
  return {
    ...tally,
    throttled: tally.throttled + waiting.rest(),
    tokens,
    tooLargeMinutes: bucket?.tooLargeMinutes ?? 0,
    enough: bucket?.enough ?? {tokensPerMinute: 0, requestsPerMinute: 0},
    utilisation: supply && utilisationOf(supply, served, minutes.length),
  }
}

/** The quota of tokens over the minutes: full at the start, never fuller than the quota. */
class Bucket {
  readonly #limits: OnDemandLimits
  readonly enough = {tokensPerMinute: 0, requestsPerMinute: 0}
  tooLargeMinutes = 0
  #balance: number

  constructor(limits: OnDemandLimits) {
    this.#limits = limits
    this.#balance = limits.tokensPerMinute
  }

  /** How many of so many requests of this minute are admitted; the minute ends with it. */
  take(minute: TrafficMinute, asked: number): number {
    const {latencySeconds, tokensPerMinute} = this.#limits
    let used = 0
    let admitted = 0
    if (asked > 0) {
      const need = tokensFor(minute, this.#limits)
      const largest = Math.max(need.atStart, need.settled)
      const {enough} = this
      enough.tokensPerMinute = Math.max(enough.tokensPerMinute, reservedTokens(asked, need, latencySeconds), largest)
      enough.requestsPerMinute = Math.max(enough.requestsPerMinute, asked)
      if (largest > tokensPerMinute) this.tooLargeMinutes += 1
      else admitted = mostAdmitted(asked, need, this.#balance, this.#limits)
      used = admitted * need.settled
    }
    this.#balance = Math.min(tokensPerMinute, this.#balance - used + tokensPerMinute)
    return admitted
  }
}

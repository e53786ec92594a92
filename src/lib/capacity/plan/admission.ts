import type {TrafficMinute} from '../traffic/traffic.js'
import type {OnDemandLimits} from './simulate.js'

/** What one request of a minute takes of a quota of tokens, on average. */
export interface RequestTokens {
  /** Taken when it starts, for what it may write: given back down to `settled` when it ends. */
  readonly atStart: number
  readonly settled: number
}

/** Input, what is written to the cache, and output as often as it counts; what is read from a cache is free. */
export function tokensFor(
  {cacheWrite, input, maxTokens, output, requests}: TrafficMinute,
  {outputFactor}: Pick<OnDemandLimits, 'outputFactor'>,
): RequestTokens {
  const taken = input + cacheWrite
  const settled = (taken + output * outputFactor) / requests
  return {settled, atStart: maxTokens === null ? settled : (taken + maxTokens) / requests}
}

/** What a quota must have for so many requests: those still under way when the minute ends hold what they may write. */
export function reservedTokens(requests: number, {atStart, settled}: RequestTokens, latencySeconds: number): number {
  const open = Math.min(requests, Math.ceil((requests * latencySeconds) / 60))
  return (requests - open) * settled + open * Math.max(settled, atStart)
}

/** Means of a minute do not come out even: less than this is no token. */
const ROUNDING = 1e-6

/** The most of `requests` that tokens and the quota of requests allow. */
export function mostAdmitted(
  requests: number,
  need: RequestTokens,
  balance: number,
  {latencySeconds, requestsPerMinute}: OnDemandLimits,
): number {
  const most = Math.min(requests, Math.floor(requestsPerMinute))
  const room = balance + ROUNDING
  if (reservedTokens(most, need, latencySeconds) <= room) return most
  // What one more request takes on the whole; open requests are whole ones, so that it is a little less at times.
  const held = Math.max(0, need.atStart - need.settled)
  const each = need.settled + Math.min(1, latencySeconds / 60) * held
  let count = Math.min(most, Math.floor(room / each))
  while (count > 0 && reservedTokens(count, need, latencySeconds) > room) count -= 1
  return Math.max(0, count)
}

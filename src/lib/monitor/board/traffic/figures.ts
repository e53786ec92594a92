import {minutesBetween} from '../complete-minutes.js'
import type {TrafficRow} from '../data.js'
import type {TrafficMinute} from './traffic.schema.js'

/** Shares and percentiles are of so many complete minutes: one alone says little of a model that is called seldom. */
export const WINDOW_MINUTES = 5
const SECONDS_PER_MINUTE = 60

/** What some rows come to at a minute; null where no metric told. */
export interface Figures {
  /** Minutes since the epoch: what is by the minute or second is of this one. */
  readonly minute: number
  /** All that were made: answered, failed and throttled. */
  readonly requestsPerSecond: number | null
  readonly input: number | null
  readonly output: number | null
  /** Read from the cache; no part of `input`. */
  readonly cacheRead: number | null
  readonly cacheWrite: number | null
  /** EstimatedTPMQuotaUsage: what AWS believes it takes of its quota, where it says so. */
  readonly quotaTokens: number | null
  /** Of the requests of the last `WINDOW_MINUTES`; null without requests. */
  readonly throttleShare: number | null
  readonly errorShare: number | null
  readonly throttles: number
  /** Of what went in over those minutes, the part that was read from the cache. */
  readonly cachedShare: number | null
  /** The middle one of the p50s of those minutes, each as heavy as its requests: no percentile of all requests. */
  readonly latencyP50: number | null
  readonly ttftP50: number | null
  /** The highest p99 of those minutes: of all requests it is that or less. */
  readonly latencyP99: number | null
  readonly ttftP99: number | null
  /** Tokens a second once the first has come, as AWS defines OTPS, of the mean answer; null where nothing streams. */
  readonly outputPerSecond: number | null
}

/** What the rows come to together, none of which may count what another one counts. */
export function figuresOf(rows: readonly Pick<TrafficRow, 'minutes'>[], minute: number): Figures {
  const window = rows.flatMap((row) => minutesBetween(row, minute - WINDOW_MINUTES + 1, minute))
  const now = window.filter((one) => one.minute === minute)
  const requests = sum(window, requestsOf)
  const share = (part: number | null) => (part === null || requests === null || requests === 0 ? null : part / requests)
  const cached = sum(window, ({cacheRead}) => cacheRead)
  const fresh = sum(window, ({cacheWrite, input}) => (input === null ? null : input + (cacheWrite ?? 0)))
  const isRead = rows.length > 0
  const atNow = (fieldOf: (one: TrafficMinute) => number | null) => (now.length === 0 && isRead ? 0 : sum(now, fieldOf))
  const perSecond = atNow(requestsOf)
  return {
    minute,
    requestsPerSecond: perSecond === null ? null : perSecond / SECONDS_PER_MINUTE,
    input: atNow(({input}) => input),
    output: atNow(({output}) => output),
    cacheRead: atNow(({cacheRead}) => cacheRead),
    cacheWrite: atNow(({cacheWrite}) => cacheWrite),
    quotaTokens: sum(now, ({quotaTokens}) => quotaTokens),
    throttleShare: share(sum(window, ({throttles}) => throttles)),
    errorShare: share(sum(window, failedOf)),
    throttles: sum(window, ({throttles}) => throttles) ?? 0,
    cachedShare: cached === null || fresh === null || cached + fresh === 0 ? null : cached / (cached + fresh),
    latencyP50: weightedMiddle(window, ({latencyP50}) => latencyP50),
    latencyP99: highest(window, ({latencyP99}) => latencyP99),
    ttftP50: weightedMiddle(window, ({ttftP50}) => ttftP50),
    ttftP99: highest(window, ({ttftP99}) => ttftP99),
    outputPerSecond: outputPerSecond(window),
  }
}

/** Every request of a minute; null where no metric tells of any. */
export function requestsOf({clientErrors, invocations, serverErrors, throttles}: TrafficMinute): number | null {
  if ((clientErrors ?? invocations ?? serverErrors ?? throttles) === null) return null
  return (clientErrors ?? 0) + (invocations ?? 0) + (serverErrors ?? 0) + (throttles ?? 0)
}

/** Those that failed other than by being throttled; on mantle throttled ones are among them. */
export function failedOf({clientErrors, serverErrors}: TrafficMinute): number | null {
  return addUp([clientErrors, serverErrors])
}

/** What rows come to together by minute, oldest first; null in minutes in which nothing was counted. */
export interface Pulse {
  readonly requests: readonly (number | null)[]
  /** In and out, without what was read from the cache. */
  readonly tokens: readonly (number | null)[]
  /** The highest of all rows. */
  readonly ttftP99: readonly (number | null)[]
}

/** The last `count` minutes up to `last`. */
export function pulseOf(
  rows: readonly Pick<TrafficRow, 'minutes'>[],
  {count, last}: {readonly count: number; readonly last: number},
): Pulse {
  const first = last - count + 1
  const empty = () => new Array<number | null>(count).fill(null)
  const [requests, tokens, ttftP99] = [empty(), empty(), empty()]
  for (const row of rows) {
    for (const one of minutesBetween(row, first, last)) {
      const at = one.minute - first
      requests[at] = joined(requests[at], requestsOf(one), add)
      tokens[at] = joined(tokens[at], joined(one.input, one.output, add), add)
      ttftP99[at] = joined(ttftP99[at], one.ttftP99, Math.max)
    }
  }
  return {requests, tokens, ttftP99}
}

const add = (one: number, other: number): number => one + other

function joined(
  before: number | null | undefined,
  value: number | null,
  join: (one: number, other: number) => number,
): number | null {
  if (value === null) return before ?? null
  return before === null || before === undefined ? value : join(before, value)
}

function addUp(counts: readonly (number | null)[]): number | null {
  return counts.every((count) => count === null) ? null : counts.reduce<number>((all, count) => all + (count ?? 0), 0)
}

function sum(minutes: readonly TrafficMinute[], fieldOf: (one: TrafficMinute) => number | null): number | null {
  return addUp(minutes.map(fieldOf))
}

function highest(minutes: readonly TrafficMinute[], fieldOf: (one: TrafficMinute) => number | null): number | null {
  return minutes.reduce<number | null>((most, one) => {
    const value = fieldOf(one)
    return value === null ? most : Math.max(value, most ?? value)
  }, null)
}

/** The value up to which half of the requests lie, were each at the middle of its minute. */
function weightedMiddle(
  minutes: readonly TrafficMinute[],
  fieldOf: (one: TrafficMinute) => number | null,
): number | null {
  const weighed = minutes
    .flatMap((one) => {
      const value = fieldOf(one)
      return value === null ? [] : [{value, weight: Math.max(1, one.invocations ?? 1)}]
    })
    .toSorted((a, b) => a.value - b.value)
  const half = weighed.reduce((all, {weight}) => all + weight, 0) / 2
  let passed = 0
  for (const {value, weight} of weighed) {
    passed += weight
    if (passed >= half) return value
  }
  return null
}

/** OutputTokenCount / (InvocationLatency − TimeToFirstToken) × 1000. */
function outputPerSecond(minutes: readonly TrafficMinute[]): number | null {
  const streamed = minutes.filter(({latencyP50, ttftP50}) => latencyP50 !== null && ttftP50 !== null)
  const latency = weightedMiddle(streamed, ({latencyP50}) => latencyP50)
  const ttft = weightedMiddle(streamed, ({ttftP50}) => ttftP50)
  const answers = sum(streamed, ({invocations}) => invocations)
  const output = sum(streamed, (one) => one.output)
  if (latency === null || ttft === null || latency <= ttft || !answers || output === null) return null
  return (output / answers / (latency - ttft)) * 1000
}

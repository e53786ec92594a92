/** Sums over the requests that came in one minute. Tokens are whole; `input` leaves out what a cache gave or took. */
export interface TrafficMinute {
  readonly requests: number
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
  /** What the requests allowed themselves to write; null where they did not say. */
  readonly maxTokens: number | null
}

/** Minutes one after the other, those without a request too: capacity is paid for in them as well. */
export interface Traffic {
  readonly minutes: readonly TrafficMinute[]
  /** ISO 8601, of the first minute; null for traffic that is only described. */
  readonly from: string | null
  /** What a reader has to know of how it was come by. */
  readonly notes: readonly string[]
}

export const EMPTY_MINUTE: TrafficMinute = {
  requests: 0,
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  maxTokens: null,
}

/** Sums of decimals do not come out even: as much over a whole number is none. */
const ROUNDING = 1e-6

/** The same requests, more or fewer of them in every minute: whole ones, and as many in all as the factor says. */
export function scaleTraffic(minutes: readonly TrafficMinute[], factor: number): readonly TrafficMinute[] {
  let wanted = 0
  let given = 0
  return minutes.map((minute) => {
    wanted += minute.requests * factor
    const requests = minute.requests === 0 ? 0 : Math.max(0, Math.floor(wanted + 0.5 + ROUNDING) - given)
    given += requests
    return requests === minute.requests ? minute : withRequests(minute, requests)
  })
}

/** As many requests of the mean size of this minute's. */
export function withRequests(minute: TrafficMinute, requests: number): TrafficMinute {
  if (requests === 0 || minute.requests === 0) return EMPTY_MINUTE
  const share = (sum: number) => (sum * requests) / minute.requests
  return {
    requests,
    input: share(minute.input),
    cacheRead: share(minute.cacheRead),
    cacheWrite: share(minute.cacheWrite),
    output: share(minute.output),
    maxTokens: minute.maxTokens === null ? null : share(minute.maxTokens),
  }
}

/** Requests and tokens of all minutes together. */
export function sumTraffic(minutes: readonly TrafficMinute[]): TrafficMinute {
  const sum = {requests: 0, input: 0, cacheRead: 0, cacheWrite: 0, output: 0, maxTokens: null}
  for (const minute of minutes) {
    sum.requests += minute.requests
    sum.input += minute.input
    sum.cacheRead += minute.cacheRead
    sum.cacheWrite += minute.cacheWrite
    sum.output += minute.output
  }
  return sum
}

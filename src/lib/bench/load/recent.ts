/** Buckets a doubling, from 2^-10 ms (1 µs) on: each 2.2 % wide. */
const PER_DOUBLING = 32
const SMALLEST = -10
const BUCKETS = 32 * PER_DOUBLING

/** Times of the last moments in coarse buckets: small enough to be posted five times a second. */
export type RecentTimes = Uint32Array<ArrayBuffer>

export function recentTimes(): RecentTimes {
  return new Uint32Array(BUCKETS)
}

export function addTime(times: RecentTimes, ms: number): void {
  if (!(ms >= 0)) return
  const bucket = Math.floor((Math.log2(ms) - SMALLEST) * PER_DOUBLING)
  const place = Math.min(Math.max(bucket, 0), BUCKETS - 1)
  times[place] = (times[place] ?? 0) + 1
}

export function addTimes(times: RecentTimes, others: RecentTimes): void {
  for (let place = 0; place < BUCKETS; place += 1) times[place] = (times[place] ?? 0) + (others[place] ?? 0)
}

/** To about 1 %; NaN when nothing was added. */
export function timeAt(times: RecentTimes, share: number): number {
  let count = 0
  for (const value of times) count += value
  if (count === 0) return Number.NaN
  let rest = share * (count - 1)
  for (let place = 0; place < BUCKETS; place += 1) {
    rest -= times[place] ?? 0
    if (rest < 0) return 2 ** ((place + 0.5) / PER_DOUBLING + SMALLEST)
  }
  return Number.NaN
}

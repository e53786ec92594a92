import {isMeasured, outputTokens} from '../metrics/cell-samples.js'
import {quantile} from '../metrics/percentiles.js'
import {SAMPLE_FLAGS, type SampleColumns} from '../samples/columns.js'
import {ERROR_CLASSES} from '../wire/answer.js'

export interface SeriesPoint {
  readonly x: number
  readonly y: number
}

/** Latencies of the requests that were sent in one stretch of a cell. */
export interface TimeBucket {
  /** Middle of the stretch, ms from t0 of the cell. */
  readonly atMs: number
  readonly n: number
  readonly p50: number
  readonly p99: number
}

/** What a report draws of one cell: few points, whatever the number of requests. */
export interface CellSeries {
  readonly cell: number
  /** TTFT is from the moment a request was due, where the levels are open. */
  readonly fromSchedule: boolean
  /** In order; of answered requests after the warm-up. */
  readonly ttft: Float64Array
  readonly tpot: Float64Array
  readonly e2e: Float64Array
  /** Warm-up included: it is marked. */
  readonly ttftOverTime: readonly TimeBucket[]
  /** Single requests, ms from t0 and ms: all, or as many as can be told apart, the slowest among them. */
  readonly ttftCloud: readonly SeriesPoint[]
  /** Failures a second of each class that came, in stretches of the cell. */
  readonly errorsOverTime: ReadonlyMap<string, readonly SeriesPoint[]>
  readonly lengthMs: number
}

const BUCKETS = 60
/** Failures are few: wider stretches make a rate of them. */
const ERROR_BUCKETS = 24
const MOST_POINTS = 700
const MOST_EXTREMES = 60

interface Row {
  readonly atMs: number
  readonly ttft: number
}

interface Failure {
  readonly atMs: number
  readonly error: number
}

/** Reads one cell. Memory is a few numbers a request. */
export async function cellSeries(
  cell: number,
  samples: AsyncIterable<SampleColumns>,
  fromSchedule: boolean,
): Promise<CellSeries> {
  const kept = new Kept(fromSchedule)
  for await (const segment of samples) {
    for (let row = 0; row < segment.rows; row += 1) kept.add(segment, row)
  }
  return {
    cell,
    fromSchedule,
    ttft: Float64Array.from(kept.ttft).sort(),
    tpot: Float64Array.from(kept.tpot).sort(),
    e2e: Float64Array.from(kept.e2e).sort(),
    ttftOverTime: overTime(kept.answers, kept.lengthMs),
    ttftCloud: cloudOf(kept.answers),
    errorsOverTime: errorsOf(kept.failures, kept.lengthMs),
    lengthMs: kept.lengthMs,
  }
}

/** What is kept of the requests of a cell while it is read. */
class Kept {
  readonly ttft: number[] = []
  readonly tpot: number[] = []
  readonly e2e: number[] = []
  readonly answers: Row[] = []
  readonly failures: Failure[] = []
  lengthMs = 0
  readonly #fromSchedule: boolean

  constructor(fromSchedule: boolean) {
    this.#fromSchedule = fromSchedule
  }

  add(of: SampleColumns, row: number): void {
    const sent = of.sent[row] ?? Number.NaN
    if (Number.isNaN(sent) || ((of.flags[row] ?? 0) & SAMPLE_FLAGS.cancelled) !== 0) return
    this.lengthMs = Math.max(this.lengthMs, of.end[row] || sent)
    const atMs = this.#fromSchedule ? (of.sched[row] ?? sent) : sent
    if (of.error[row] !== 0) this.failures.push({atMs, error: of.error[row] ?? 0})
    else this.#addAnswer(of, row, atMs)
  }

  #addAnswer(of: SampleColumns, row: number, atMs: number): void {
    const first = of.first[row] ?? Number.NaN
    // An answer without tokens has no first one.
    if (Number.isNaN(first)) return
    this.answers.push({atMs, ttft: first - atMs})
    if (!isMeasured(of, row)) return
    const last = of.last[row] ?? first
    const tokens = outputTokens(of, row)
    this.ttft.push(first - atMs)
    this.e2e.push(last - atMs)
    if (tokens > 1) this.tpot.push((last - first) / (tokens - 1))
  }
}

/** A distribution as at most `most` points of its cumulative share, extremes included. */
export function cumulative(sorted: Float64Array, most = 200): readonly SeriesPoint[] {
  if (sorted.length === 0) return []
  const shares = Array.from({length: Math.min(most, sorted.length)}, (_, index, of = Math.min(most, sorted.length)) =>
    of === 1 ? 1 : index / (of - 1),
  )
  // The last percent is where servers differ: it gets points of its own.
  const tail =
    sorted.length > most ? [0.99, 0.992, 0.994, 0.996, 0.998, 0.999, 0.9995].filter((share) => share < 1) : []
  return [...new Set([...shares, ...tail])]
    .toSorted((left, right) => left - right)
    .map((share) => ({x: quantile(sorted, share), y: share}))
}

/** The samples of several cells as one distribution. */
export function pooled(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, {length}) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all.sort()
}

function overTime(rows: readonly Row[], lengthMs: number): readonly TimeBucket[] {
  const width = Math.max(1, lengthMs / BUCKETS)
  const buckets = new Map<number, number[]>()
  for (const {atMs, ttft} of rows) {
    const index = Math.min(BUCKETS - 1, Math.max(0, Math.floor(atMs / width)))
    const values = buckets.get(index)
    if (values) values.push(ttft)
    else buckets.set(index, [ttft])
  }
  return [...buckets]
    .toSorted(([left], [right]) => left - right)
    .map(([index, values]) => {
      const sorted = Float64Array.from(values).sort()
      return {atMs: (index + 0.5) * width, n: values.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99)}
    })
}

/** Every n-th request, and the slowest: a tail must not fall through the sieve. */
function cloudOf(rows: readonly Row[]): readonly SeriesPoint[] {
  const point = ({atMs, ttft}: Row) => ({x: atMs, y: ttft})
  if (rows.length <= MOST_POINTS) return rows.map(point)
  const every = Math.ceil(rows.length / (MOST_POINTS - MOST_EXTREMES))
  const slowest = rows.toSorted((left, right) => right.ttft - left.ttft).slice(0, MOST_EXTREMES)
  return [...rows.filter((_, index) => index % every === 0), ...slowest].map(point)
}

function errorsOf(failures: readonly Failure[], lengthMs: number): ReadonlyMap<string, readonly SeriesPoint[]> {
  const width = Math.max(1, lengthMs / ERROR_BUCKETS)
  const counts = new Map<number, Float64Array>()
  for (const {atMs, error} of failures) {
    const own = counts.get(error) ?? new Float64Array(ERROR_BUCKETS)
    counts.set(error, own)
    const index = Math.min(ERROR_BUCKETS - 1, Math.max(0, Math.floor(atMs / width)))
    own[index] = (own[index] ?? 0) + 1
  }
  return new Map(
    [...counts].map(([error, own]) => [
      ERROR_CLASSES[error] ?? `class ${error}`,
      Array.from(own, (count, index) => ({x: (index + 0.5) * width, y: (count * 1000) / width})),
    ]),
  )
}

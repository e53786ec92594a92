import {type CellSamples, isJudged} from './metrics/cell-samples.js'
import {quantile} from './metrics/percentiles.js'
import {type SpanName, spansOf} from './metrics/spans.js'
import {ERROR_CLASSES} from './wire/answer.js'

const MOST_POINTS = 400

/** A share of requests that took no longer than `ms`. */
export interface CdfPoint {
  readonly ms: number
  readonly share: number
}

/** Requests that were sent in one stretch of a cell. */
export interface TimePoint {
  /** Its middle, from t0 of the cell. */
  readonly atMs: number
  readonly n: number
  readonly p50: number
  readonly p99: number
}

export interface OutcomePoint {
  readonly atMs: number
  readonly ok: number
  /** By class of failure; classes without one are not there. */
  readonly errors: Readonly<Record<string, number>>
}

/** The distribution of a length of time, ascending: at most 400 points, the least and the largest among them. */
export function cdfOf(samples: CellSamples, name: SpanName): readonly CdfPoint[] {
  const sorted = spansOf(samples, name).values.sort()
  const n = sorted.length
  if (n <= MOST_POINTS) return Array.from(sorted, (ms, at) => ({ms, share: (at + 1) / n}))
  return Array.from({length: MOST_POINTS}, (_, at) => {
    const share = at / (MOST_POINTS - 1)
    return {ms: quantile(sorted, share), share}
  })
}

/** A length of time by when requests were sent, in equal stretches; those without a request are not there. */
export function overTime(samples: CellSamples, name: SpanName, stretches: number): readonly TimePoint[] {
  const {sentMs, values} = spansOf(samples, name)
  const {fromMs, widthMs} = stretchesOf(sentMs, stretches)
  const groups = Array.from({length: stretches}, (): number[] => [])
  for (const [at, sent] of sentMs.entries()) {
    groups[placeOf(sent, fromMs, widthMs, stretches)]?.push(values[at] ?? Number.NaN)
  }
  return groups.flatMap((group, at) => {
    if (group.length === 0) return []
    const sorted = Float64Array.from(group).sort()
    const atMs = fromMs + (at + 0.5) * widthMs
    return [{atMs, n: group.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99)}]
  })
}

/** What became of requests by when they were sent, the warm-up left out. */
export function outcomesOverTime(samples: CellSamples, stretches: number): readonly OutcomePoint[] {
  const sends: number[] = []
  const errors: number[] = []
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    if (Number.isNaN(sent) || !isJudged(of, row)) return
    sends.push(sent)
    errors.push(of.error[row] ?? 0)
  })
  const {fromMs, widthMs} = stretchesOf(sends, stretches)
  const points = Array.from({length: stretches}, (_, at) => ({
    atMs: fromMs + (at + 0.5) * widthMs,
    ok: 0,
    errors: {} as Record<string, number>,
  }))
  for (const [at, sent] of sends.entries()) {
    const point = points[placeOf(sent, fromMs, widthMs, stretches)]
    const error = errors[at] ?? 0
    if (point === undefined) continue
    const name = ERROR_CLASSES[error] ?? `class ${error}`
    if (error === 0) point.ok += 1
    else point.errors[name] = (point.errors[name] ?? 0) + 1
  }
  return sends.length === 0 ? [] : points
}

function stretchesOf(times: ArrayLike<number> & Iterable<number>, stretches: number) {
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (const time of times) {
    fromMs = Math.min(fromMs, time)
    toMs = Math.max(toMs, time)
  }
  return {fromMs, widthMs: Math.max(1e-6, (toMs - fromMs) / stretches)}
}

function placeOf(time: number, fromMs: number, widthMs: number, stretches: number): number {
  return Math.min(stretches - 1, Math.floor((time - fromMs) / widthMs))
}

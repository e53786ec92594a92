import {type CellSamples, isCancelled, isJudged, type KeptColumns, outputTokens} from './cell-samples.js'
import {dispersionOfCounts, SLICES} from './dispersion.js'
import {sliceOf} from './distribution.js'
import type {CellSummary, Objectives} from './summary.schema.js'
import type {Window} from './window.js'

const Z = 1.959963984540054

/** From when objectives count: from when a request was due, or from when it was sent. */
export type Since = 'sched' | 'sent'

export interface Goodput {
  readonly goodput: NonNullable<CellSummary['goodput']>
  /** Output tokens of measured requests that met all objectives. */
  readonly tokens: number
}

/**
 * Requests that met all objectives. The rate counts those that ended in the window; attainment is of all that were
 * measured, where a failure is bad and what we cancelled is neither. An objective on what a request does not have (one
 * token has no TPOT) is met. In an open loop they count from the moment a request was due, as the latencies do.
 */
export function goodputOf(samples: CellSamples, {fromMs, toMs}: Window, slo: Objectives, since: Since): Goodput {
  const met = new Array<number>(SLICES).fill(0)
  const judged = new Array<number>(SLICES).fill(0)
  let [requests, tokens, goodTokens] = [0, 0, 0]
  samples.each((of, row) => {
    const isGood = of.error[row] === 0 && !isCancelled(of, row) && meets(of, row, slo, since)
    const end = of.end[row] ?? Number.NaN
    if (isGood && end >= fromMs && end <= toMs) {
      requests += 1
      tokens += outputTokens(of, row)
    }
    if (!isJudged(of, row)) return
    const slice = sliceOf(of.sent[row] ?? 0, fromMs, toMs)
    judged[slice] = (judged[slice] ?? 0) + 1
    if (!isGood) return
    met[slice] = (met[slice] ?? 0) + 1
    goodTokens += outputTokens(of, row)
  })
  const seconds = (toMs - fromMs) / 1000
  const [good, all] = [sum(met), sum(judged)]
  return {
    tokens: goodTokens,
    goodput: {
      requestsPerSecond: seconds > 0 ? requests / seconds : 0,
      outputTokensPerSecond: seconds > 0 ? tokens / seconds : 0,
      attainment: all > 0 ? good / all : null,
      attainmentInterval: all > 0 ? wilson(good / all, all / dispersionOfCounts(met, judged)) : null,
      good,
      bad: all - good,
    },
  }
}

/** Whether an answered request met every objective. */
function meets(segment: KeptColumns, row: number, {ttftMs, tpotMs, e2eMs}: Objectives, since: Since): boolean {
  const begin = segment[since][row] ?? Number.NaN
  const first = segment.first[row] ?? Number.NaN
  const last = segment.last[row] ?? Number.NaN
  const tokens = outputTokens(segment, row)
  const within = (value: number, bound: number | null) => bound === null || !(value > bound)
  return (
    within(first - begin, ttftMs) &&
    within((Number.isNaN(last) ? (segment.end[row] ?? Number.NaN) : last) - begin, e2eMs) &&
    (tokens < 2 || within((last - first) / (tokens - 1), tpotMs))
  )
}

/** Wilson's score interval of a share. */
function wilson(share: number, n: number): {low: number; high: number} {
  const factor = Z ** 2 / n
  const centre = (share + factor / 2) / (1 + factor)
  const half = (Z / (1 + factor)) * Math.sqrt((share * (1 - share)) / n + factor / (4 * n))
  return {low: Math.max(0, centre - half), high: Math.min(1, centre + half)}
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

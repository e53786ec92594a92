import {type CellSamples, isMeasured} from './cell-samples.js'
import {inFlight} from './concurrency.js'
import {quantileOf} from './percentiles.js'
import {SPANS} from './spans.js'
import type {CellSummary, Reason} from './summary.schema.js'

/** Of what is sent: less that stays unanswered is no queue, however sure. */
const LEAST = 0.02
/** Standard deviations that chance does not reach. */
const SURE = 3

/**
 * A warning where more came than was answered: in flight, on average over the last third of the window, was more than
 * over the middle one, by more than arrivals at random make of it. How many were answered in the window alone tells
 * nothing: of few requests it is off by chance.
 */
export function queueGrew(
  {cell, label, level, target, throughput, window}: CellSummary,
  samples: CellSamples,
): Reason[] {
  if (level.kind !== 'rate' || !window.steady) return []
  const third = (window.toMs - window.fromMs) / 3
  const [middleMs, lastMs] = [window.fromMs + third, window.fromMs + third * 2]
  const middle = inFlight(samples, {fromMs: middleMs, toMs: lastMs}) ?? 0
  const last = inFlight(samples, {fromMs: lastMs, toMs: window.toMs}) ?? 0
  const sent = sentWithin(samples, lastMs, window.toMs)
  if (sent === 0 || fastest(samples) > third) return []
  const chance = Math.sqrt(2 * middle * Math.min(1, (2 * middle) / sent))
  if (last - middle <= Math.max(SURE * chance, LEAST * sent, 1)) return []
  const text = `${label}: a queue grew, and times with it: in flight went from ${middle.toFixed(1)} to ${last.toFixed(1)} (means of the second and last third), while ${throughput.requestsPerSecond.toFixed(2)} requests a second were answered.`
  return [
    {
      code: 'SATURATED',
      severity: 'warning',
      target,
      cell,
      text,
      hint: 'Ask for less, or say that this is how it fails.',
    },
  ]
}

function sentWithin(samples: CellSamples, from: number, to: number): number {
  let count = 0
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    if (sent > from && sent <= to) count += 1
  })
  return count
}

/** What a tenth of the answers took at most: where that is long beside the window, in flight grows until answers come. */
function fastest(samples: CellSamples): number {
  const values = new Float64Array(samples.rows)
  let n = 0
  samples.each((of, row) => {
    const value = SPANS.e2e(of, row)
    if (isMeasured(of, row) && !Number.isNaN(value)) values[n++] = value
  })
  return n === 0 ? Number.POSITIVE_INFINITY : quantileOf(values.subarray(0, n), 0.1)
}

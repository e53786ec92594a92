import {type CellSamples, isMeasured} from './cell-samples.js'
import {quantile} from './percentiles.js'
import type {CellSummary, Reason} from './summary.schema.js'

const BOUND = 0.1
const ENOUGH = 30
const Z = 1.96

/**
 * A warning where the first and the last third of the window have medians of the time to the first token more than a
 * tenth apart, and further than chance has them: the warm-up was too short, or a queue grew.
 */
export function notSettled({cell, label, level, target, window}: CellSummary, samples: CellSamples): readonly Reason[] {
  if (!window.steady || level.kind === 'ramp') return []
  const third = (window.toMs - window.fromMs) / 3
  const first = medianOf(samples, window.fromMs, window.fromMs + third)
  const last = medianOf(samples, window.toMs - third, window.toMs)
  if (first === undefined || last === undefined || Math.abs(last.value / first.value - 1) <= BOUND) return []
  if (first.low <= last.high && last.low <= first.high) return []
  const text = `${label}: TTFT went from ${first.value.toFixed(0)} to ${last.value.toFixed(0)} ms (medians of the first and last third).`
  return [{code: 'NOT_SETTLED', severity: 'warning', target, cell, text, hint: 'Make --warm-up longer.'}]
}

/** With its 95 % interval, by the ranks of order statistics. */
function medianOf(samples: CellSamples, from: number, to: number) {
  const values = new Float64Array(samples.rows)
  let n = 0
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    const value = (of.first[row] ?? Number.NaN) - sent
    if (sent >= from && sent <= to && !Number.isNaN(value) && isMeasured(of, row)) values[n++] = value
  })
  if (n < ENOUGH) return undefined
  const sorted = values.subarray(0, n).sort()
  const apart = Z / (2 * Math.sqrt(n))
  return {value: quantile(sorted, 0.5), low: quantile(sorted, 0.5 - apart), high: quantile(sorted, 0.5 + apart)}
}

import type {CellSamples} from './cell-samples.js'

export interface Concurrency {
  /** Over the window. */
  readonly mean: number | null
  /** Of the whole cell. */
  readonly peak: number
}

interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** Times are summed as whole microseconds: the sum is the same in any order. */
const FINE = 1e3

/** Requests in flight, by a sweep over sends and ends; who ends as another is sent makes room for it. */
export function concurrencyOf(samples: CellSamples, window: Stretch): Concurrency {
  const sends = new Float64Array(samples.rows)
  const ends = new Float64Array(samples.rows)
  let count = 0
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    if (Number.isNaN(sent)) return
    const told = of.end[row] ?? Number.NaN
    const end = Number.isNaN(told) ? sent : told
    sends[count] = sent
    ends[count] = end
    count += 1
  })
  const peak = peakOf(sends.subarray(0, count).sort(), ends.subarray(0, count).sort())
  return {mean: inFlight(samples, window), peak}
}

/** The mean of requests in flight over a stretch of time; null where it is none. */
export function inFlight(samples: CellSamples, {fromMs, toMs}: Stretch): number | null {
  let busy = 0
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    const told = of.end[row] ?? Number.NaN
    const end = Number.isNaN(told) ? sent : told
    if (!Number.isNaN(sent)) busy += Math.round(Math.max(0, Math.min(end, toMs) - Math.max(sent, fromMs)) * FINE)
  })
  return toMs > fromMs ? busy / FINE / (toMs - fromMs) : null
}

function peakOf(sends: Float64Array, ends: Float64Array): number {
  let ended = 0
  let peak = 0
  for (let sent = 0; sent < sends.length; sent += 1) {
    while (ended < sent && (ends[ended] ?? 0) <= (sends[sent] ?? 0)) ended += 1
    peak = Math.max(peak, sent + 1 - ended)
  }
  return peak
}

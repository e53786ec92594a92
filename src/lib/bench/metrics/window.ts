import {type CellSamples, isJudged, isMeasured} from './cell-samples.js'

/** A stretch of a cell, in ms from its t0. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
  /** false: the steady part was too short to be told apart, so it is the whole cell. */
  readonly steady: boolean
}

export interface Extents {
  readonly window: Window
  /** From the first send to the last end. */
  readonly whole: {readonly fromMs: number; readonly toMs: number}
}

/**
 * The steady window is from the last send of the warm-up (else the first send) to the last send that was due; on closed
 * levels not before all users are at it. Where less than half of the measured requests ended in it, it says nothing
 * about throughput, and is the whole cell.
 */
export function extentsOf(samples: CellSamples, openLoop: boolean): Extents {
  let firstSend = Number.POSITIVE_INFINITY
  let lastEnd = Number.NEGATIVE_INFINITY
  let warm = Number.NEGATIVE_INFINITY
  let lastDue = Number.NEGATIVE_INFINITY
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    if (Number.isNaN(sent)) return
    firstSend = Math.min(firstSend, sent)
    lastEnd = larger(lastEnd, larger(sent, of.end[row]))
    if (of.phase[row] === 1) warm = Math.max(warm, sent)
    else lastDue = larger(lastDue, openLoop ? of.sched[row] : sent)
  })
  if (!Number.isFinite(firstSend)) return NOTHING
  const whole = {fromMs: firstSend, toMs: lastEnd}
  const warmMs = Number.isFinite(warm) ? warm : firstSend
  const fromMs = openLoop ? warmMs : larger(warmMs, filledAt(samples))
  const steady = lastDue > fromMs && mostEndWithin(samples, fromMs, lastDue)
  return {whole, window: steady ? {fromMs, toMs: lastDue, steady} : {...whole, steady}}
}

const NOTHING: Extents = {window: {fromMs: 0, toMs: 0, steady: false}, whole: {fromMs: 0, toMs: 0}}

/** What did not happen is never the larger. */
function larger(known: number, other = Number.NaN): number {
  return Number.isNaN(other) ? known : Math.max(known, other)
}

/** Of the most that were ever in flight, how many are all of them. */
const ALL = 0.99

/** When all users of a closed level had begun and the first of them had an answer; NaN: there is none. */
function filledAt(samples: CellSamples): number {
  const sends: number[] = []
  const ends: number[] = []
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    const end = of.end[row] ?? Number.NaN
    if (!Number.isNaN(sent)) sends.push(sent)
    if (!Number.isNaN(sent + end)) ends.push(end)
  })
  const begun = Float64Array.from(sends).sort()
  let ended = 0
  const over = Float64Array.from(ends).sort()
  const inFlight = begun.map((sent, before) => {
    while ((over[ended] ?? Number.POSITIVE_INFINITY) <= sent) ended += 1
    return before + 1 - ended
  })
  const peak = inFlight.reduce((most, count) => Math.max(most, count), 0)
  const filled = begun[inFlight.findIndex((count) => count >= peak * ALL)] ?? Number.NaN
  return Math.max(filled, over[0] ?? Number.NaN)
}

function mostEndWithin(samples: CellSamples, from: number, to: number): boolean {
  let within = 0
  samples.each((of, row) => {
    const end = of.end[row] ?? Number.NaN
    if (end >= from && end <= to && isMeasured(of, row)) within += 1
  })
  return within * 2 >= Math.max(1, samples.ok)
}

/** Sends after the warm-up, and when they were due, each in order. */
export function steadySends(samples: CellSamples): {readonly sent: Float64Array; readonly due: Float64Array} {
  const sends = new Float64Array(samples.rows)
  const due = new Float64Array(samples.rows)
  let count = 0
  samples.each((of, row) => {
    const sent = of.sent[row] ?? Number.NaN
    if (Number.isNaN(sent) || !isJudged(of, row)) return
    sends[count] = sent
    due[count] = of.sched[row] ?? Number.NaN
    count += 1
  })
  return {sent: sends.subarray(0, count).sort(), due: due.subarray(0, count).sort()}
}

/** How evenly sends follow each other: 1 is Poisson, 0 a clock. null of fewer than three. */
export function variationOf(sorted: Float64Array): number | null {
  const gaps = sorted.length - 1
  if (gaps < 2) return null
  const mean = ((sorted[gaps] ?? 0) - (sorted[0] ?? 0)) / gaps
  if (mean === 0) return null
  let squared = 0
  for (let at = 0; at < gaps; at += 1) squared += ((sorted[at + 1] ?? 0) - (sorted[at] ?? 0) - mean) ** 2
  return Math.sqrt(squared / (gaps - 1)) / mean
}

import type {CellSummary} from '../metrics/summary.schema.js'

/** One cell of a search. */
export interface MeasuredCell {
  readonly level: number
  readonly summary: CellSummary
  /** Requests in flight over the cell, as they were told while it ran; empty where nobody told. */
  readonly inFlight: readonly InFlight[]
  /** Why the client may be what failed in this cell; undefined where it is not. */
  readonly clientBound: string | undefined
}

export interface InFlight {
  /** From t0 of the cell. */
  readonly atMs: number
  readonly count: number
}

export interface Judgement {
  readonly verdict: 'holds' | 'fails' | 'open'
  /** In words, of the last cell. */
  readonly why: string
}

/** Cells that a level is judged by. */
const ENOUGH = 2
/** Of the rate that is asked for: with fewer answers than this the server does not keep up. */
const LEAST_ANSWERED = 0.95

/**
 * Whether a level holds, by all cells measured at it: so many of the requests are good, and a queue does not grow. One
 * cell can refuse a level where there is no doubt; two are needed for anything else.
 */
export function judgeLevel(cells: readonly MeasuredCell[], attainment: number): Judgement {
  const last = cells.at(-1)
  if (!last) return {verdict: 'open', why: 'not measured'}
  const saturated = cells.map(saturationOf).filter((why) => why !== undefined)
  const pooled = goodOf(cells)
  const words = `${percent(pooled.good / Math.max(1, pooled.all))} of the requests are good, ${percent(attainment)} are asked for`
  const refused = pooled.all === 0 ? 'nothing was answered' : isBelow(pooled, attainment) ? words : undefined
  if (refused !== undefined && (cells.length >= ENOUGH || isClearlyBelow(pooled, attainment))) {
    return {verdict: 'fails', why: refused}
  }
  // More than half of the cells decide: one of two or three may have met a bad moment.
  const undecided = cells.length < ENOUGH || saturated.length * 2 === cells.length
  if (saturated[0] !== undefined && saturated.length * 2 > cells.length && !undecided) {
    return {verdict: 'fails', why: saturated[0]}
  }
  return {verdict: undecided ? 'open' : 'holds', why: words}
}

interface Pooled {
  readonly good: number
  readonly all: number
}

/** Without objectives every answered request is good. */
function goodOf(cells: readonly MeasuredCell[]): Pooled {
  return cells.reduce<Pooled>(
    (sum, {summary: {counts, goodput}}) => ({
      good: sum.good + (goodput?.good ?? counts.ok),
      all: sum.all + (goodput ? goodput.good + goodput.bad : counts.ok + counts.bad),
    }),
    {good: 0, all: 0},
  )
}

function isBelow({all, good}: Pooled, share: number): boolean {
  return all === 0 || good / all < share
}

const Z = 1.96

/** The whole 95 % interval of the share (Wilson) is below. */
function isClearlyBelow({all, good}: Pooled, share: number): boolean {
  if (all === 0) return true
  const found = good / all
  const middle = found + (Z * Z) / (2 * all)
  const spread = Z * Math.sqrt((found * (1 - found)) / all + (Z * Z) / (4 * all * all))
  return (middle + spread) / (1 + (Z * Z) / all) < share
}

/** Why a cell is past what the server keeps up with; undefined where it is not. Closed loops cannot be. */
function saturationOf({inFlight, summary}: MeasuredCell): string | undefined {
  const {rate, throughput, window} = summary
  if (summary.level.kind === 'concurrency' || rate.asked === null) return undefined
  // Until the first answers have come, more is in flight from moment to moment, whatever the server can do.
  const filledMs = Math.min(answerMs(summary), (window.fromMs + window.toMs) / 2)
  const fromMs = Math.max(window.fromMs, filledMs)
  if (
    queueGrows(
      inFlight.filter(({atMs}) => atMs >= fromMs && atMs <= window.toMs),
      rate.asked,
    )
  ) {
    return 'the queue grows: requests come in faster than they are answered'
  }
  if (inFlight.length > 0 && fromMs > window.fromMs) return undefined
  const answered = throughput.requestsPerSecond + badPerSecond(summary)
  if (answered >= LEAST_ANSWERED * rate.asked) return undefined
  return `${figure(answered)}/s are answered of ${figure(rate.asked)}/s`
}

/** How long an answer takes; 0: not known. */
function answerMs({e2e, fromSchedule}: CellSummary): number {
  return (fromSchedule?.e2e ?? e2e)?.p['50']?.value ?? 0
}

function badPerSecond({counts, window}: CellSummary): number {
  return (counts.bad * 1000) / Math.max(1, window.toMs - window.fromMs)
}

const SLICES = 8
/** One-sided 95 % of Student's t with six degrees of freedom. */
const T6 = 1.943
/** Growth over the cell, of the mean: less is no queue, however sure. */
const LEAST_GROWTH = 0.25
/** Of what came in, left unanswered: less is chance, and no queue that would be seen at the precision of a search. */
const LEAST_UNANSWERED = 0.02

/**
 * Whether what is in flight grows over the cell, at 95 %: the slope over the means of eight slices, which hardly depend
 * on each other while single readings do.
 */
export function queueGrows(readings: readonly InFlight[], perSecond: number): boolean {
  const first = readings[0]?.atMs ?? 0
  const span = (readings.at(-1)?.atMs ?? 0) - first
  if (readings.length < 2 * SLICES || span <= 0) return false
  const slices = Array.from({length: SLICES}, () => ({sum: 0, n: 0}))
  for (const {atMs, count} of readings) {
    const slice = slices[Math.min(SLICES - 1, Math.floor(((atMs - first) / span) * SLICES))]
    if (slice) Object.assign(slice, {sum: slice.sum + count, n: slice.n + 1})
  }
  const means = slices.flatMap(({n, sum}) => (n === 0 ? [] : [sum / n]))
  if (means.length < SLICES) return false
  const mean = means.reduce((sum, value) => sum + value, 0) / SLICES
  const middle = (SLICES - 1) / 2
  const spread = means.reduce((sum, _, place) => sum + (place - middle) ** 2, 0)
  const slope = means.reduce((sum, value, place) => sum + (place - middle) * (value - mean), 0) / spread
  const rest = means.reduce((sum, value, place) => sum + (value - mean - slope * (place - middle)) ** 2, 0)
  const error = Math.sqrt(rest / (SLICES - 2) / spread)
  const least = Math.max(2, LEAST_GROWTH * mean, (LEAST_UNANSWERED * perSecond * span) / 1000)
  return slope > T6 * error && slope * (SLICES - 1) > least
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

/** Four digits, as rates are shown. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(4)))
}

import {SAMPLE_FLAGS} from '../samples/columns.js'
import {type CellSamples, isJudged, isMeasured, type KeptColumns, outputTokens} from './cell-samples.js'

/** One length of time of a request, in ms; NaN where it has none. */
type TakeSpan = (of: KeptColumns, row: number) => number

/**
 * Every length of time that is told of requests, by name. `Due` ones count from the moment a request was due;
 * `lagOnOpen` is the lag of those whose connection was open already.
 */
export const SPANS = {
  ttft: (of, row) => at(of.first, row) - at(of.sent, row),
  ttfv: (of, row) => at(of.visible, row) - at(of.sent, row),
  tpot: (of, row) => perToken(of, row),
  e2e: (of, row) => lastOf(of, row) - at(of.sent, row),
  ttftDue: (of, row) => at(of.first, row) - at(of.sched, row),
  e2eDue: (of, row) => lastOf(of, row) - at(of.sched, row),
  lag: (of, row) => at(of.sent, row) - at(of.sched, row),
  lagOnOpen: (of, row) => (isNew(of, row) ? Number.NaN : at(of.sent, row) - at(of.sched, row)),
  close: (of, row) => at(of.end, row) - at(of.last, row),
  serverMs: (of, row) => at(of.serverMs, row),
} as const satisfies Readonly<Record<string, TakeSpan>>

export type SpanName = keyof typeof SPANS

export interface Spans {
  readonly values: Float64Array
  /** When each was sent, in ms from t0. */
  readonly sentMs: Float64Array
}

/** That of each request that was measured and has it, in no order; lags of failed requests too. */
export function spansOf(samples: CellSamples, name: SpanName): Spans {
  const values = new Float64Array(samples.rows)
  const sentMs = new Float64Array(samples.rows)
  const take: TakeSpan = SPANS[name]
  const counts = name === 'lag' || name === 'lagOnOpen' ? isJudged : isMeasured
  let n = 0
  samples.each((of, row) => {
    const value = take(of, row)
    if (Number.isNaN(value) || !counts(of, row)) return
    values[n] = value
    sentMs[n] = at(of.sent, row)
    n += 1
  })
  return {values: values.subarray(0, n), sentMs: sentMs.subarray(0, n)}
}

function at(values: ArrayLike<number>, row: number): number {
  return values[row] ?? Number.NaN
}

/** Whether the request had to wait for a connection of its own to be opened. */
function isNew(of: KeptColumns, row: number): boolean {
  return ((of.flags[row] ?? 0) & SAMPLE_FLAGS.newConnection) !== 0
}

/** The last token, or the end of an answer that comes as a whole. */
function lastOf(of: KeptColumns, row: number): number {
  const last = at(of.last, row)
  return Number.isNaN(last) ? at(of.end, row) : last
}

function perToken(of: KeptColumns, row: number): number {
  const tokens = outputTokens(of, row)
  return tokens < 2 ? Number.NaN : (at(of.last, row) - at(of.first, row)) / (tokens - 1)
}

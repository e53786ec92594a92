/**
 * A segment of finished requests, a column an array; posted from the load thread by transfer. Times are ms from t0 of
 * the cell, NaN what did not happen; counts are -1 where nothing reported them.
 */
export interface SampleColumns {
  readonly cell: number
  readonly rows: number
  /** Place in the sequence of the cell, the same on every shard. */
  readonly k: Uint32Array
  readonly sched: Float64Array
  readonly sent: Float64Array
  readonly headers: Float64Array
  readonly first: Float64Array
  readonly visible: Float64Array
  readonly last: Float64Array
  readonly end: Float64Array
  /** Content-bearing events, and those of them that shared a read with an earlier one of the request. */
  readonly events: Uint32Array
  readonly coalesced: Uint32Array
  readonly gapMax: Float64Array
  readonly input: Int32Array
  readonly output: Int32Array
  readonly cacheRead: Int32Array
  readonly cacheWrite: Int32Array
  readonly reasoning: Int32Array
  readonly wantedIn: Int32Array
  readonly wantedOut: Int32Array
  readonly serverMs: Float64Array
  readonly status: Uint16Array
  /** Numbers in ERROR_CLASSES and FINISH_REASONS. */
  readonly error: Uint8Array
  readonly finish: Uint8Array
  /** Bits of SAMPLE_FLAGS. */
  readonly flags: Uint8Array
  /** 0 steady, 1 warm-up. */
  readonly phase: Uint8Array
  readonly session: Uint32Array
  readonly turn: Uint16Array
}

export const SAMPLE_FLAGS = {estimated: 1, newConnection: 2, usageAbsurd: 4, cancelled: 8, retried: 16} as const

/** Rows of a segment at most: what is written, transferred and lost at once. */
export const SEGMENT_ROWS = 65_536

/** Columns for so many rows, all zero. */
export function allocateColumns(cell: number, rows: number): SampleColumns {
  const doubles = () => new Float64Array(rows)
  const counts = () => new Int32Array(rows)
  return {
    cell,
    rows,
    k: new Uint32Array(rows),
    sched: doubles(),
    sent: doubles(),
    headers: doubles(),
    first: doubles(),
    visible: doubles(),
    last: doubles(),
    end: doubles(),
    events: new Uint32Array(rows),
    coalesced: new Uint32Array(rows),
    gapMax: doubles(),
    input: counts(),
    output: counts(),
    cacheRead: counts(),
    cacheWrite: counts(),
    reasoning: counts(),
    wantedIn: counts(),
    wantedOut: counts(),
    serverMs: doubles(),
    status: new Uint16Array(rows),
    error: new Uint8Array(rows),
    finish: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    phase: new Uint8Array(rows),
    session: new Uint32Array(rows),
    turn: new Uint16Array(rows),
  }
}

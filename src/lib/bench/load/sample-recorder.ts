import {allocateColumns, SAMPLE_FLAGS, type SampleColumns} from '../samples/columns.js'
import type {Exchange} from './exchange.js'

/** Rows of the memory that rows are collected in. */
const ROWS = 8192

/** What is told of a request beside its exchange. */
export interface SampleFrame {
  readonly t0: number
  readonly phase: number
  readonly wantedIn: number
  readonly wantedOut: number
}

/** Collects rows in columns; what is taken out is a copy of its own size, to be transferred. */
export class SampleRecorder {
  readonly #columns: SampleColumns
  #rows = 0

  constructor(cell: number) {
    this.#columns = allocateColumns(cell, ROWS)
  }

  get full(): boolean {
    return this.#rows === ROWS
  }

  add(exchange: Exchange, {t0, phase, wantedIn, wantedOut}: SampleFrame): void {
    const row = this.#rows++
    const columns = this.#columns
    columns.k[row] = exchange.k
    columns.sched[row] = exchange.sched - t0
    columns.sent[row] = exchange.sent - t0
    columns.headers[row] = exchange.headers - t0
    columns.first[row] = exchange.first - t0
    columns.visible[row] = exchange.visible - t0
    columns.last[row] = exchange.last - t0
    columns.end[row] = exchange.end - t0
    columns.events[row] = exchange.events
    columns.coalesced[row] = exchange.coalesced
    columns.gapMax[row] = exchange.gapMax
    columns.input[row] = exchange.input
    columns.output[row] = exchange.output
    columns.cacheRead[row] = exchange.cacheRead
    columns.cacheWrite[row] = exchange.cacheWrite
    columns.reasoning[row] = exchange.reasoning
    columns.wantedIn[row] = wantedIn === 0 ? -1 : wantedIn
    columns.wantedOut[row] = wantedOut === 0 ? -1 : wantedOut
    columns.serverMs[row] = exchange.serverMs
    columns.status[row] = exchange.status
    columns.error[row] = exchange.error
    columns.finish[row] = exchange.finished
    columns.flags[row] =
      exchange.output < 0 && exchange.events > 0 ? exchange.flags | SAMPLE_FLAGS.estimated : exchange.flags
    columns.phase[row] = phase
    columns.session[row] = exchange.session
    columns.turn[row] = exchange.turn
  }

  /** The rows collected since it was called before; undefined when there are none. */
  take(): SampleColumns | undefined {
    const rows = this.#rows
    if (rows === 0) return undefined
    this.#rows = 0
    const entries = Object.entries(this.#columns).map(([name, column]) => [
      name,
      typeof column === 'number' ? column : column.slice(0, rows),
    ])
    return {...(Object.fromEntries(entries) as SampleColumns), rows}
  }
}

/** The memory of a segment, for its transfer to another thread. */
export function buffersOf(segment: SampleColumns): ArrayBuffer[] {
  return Object.values(segment).flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []))
}

import {SAMPLE_FLAGS, type SampleColumns} from '../samples/columns.js'
import {ERROR_CLASSES} from '../wire/answer.js'

/** What is asked of one segment: columns as they were read, none copied. */
export type KeptColumns = Pick<
  SampleColumns,
  | 'rows'
  | 'sched'
  | 'sent'
  | 'first'
  | 'visible'
  | 'last'
  | 'end'
  | 'serverMs'
  | 'output'
  | 'input'
  | 'wantedIn'
  | 'error'
  | 'flags'
  | 'phase'
  | 'events'
>

/** Tokens of each meter. */
interface Sums {
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
  reasoning: number
}

export interface TokenSums {
  readonly sums: Sums
  /** Rows that reported each. */
  readonly reported: Sums
}

/** All of a cell that its summary is made of: about 70 bytes a request. The order of segments and rows does not matter. */
export class CellSamples {
  readonly segments: KeptColumns[] = []
  readonly errors = new Map<string, number>()
  /** Failures of the warm-up: told where a cell came no further. */
  readonly earlyErrors = new Map<string, number>()
  rows = 0
  sent = 0
  warmUp = 0
  ok = 0
  bad = 0
  cancelled = 0
  retried = 0
  estimated = 0
  absurd = 0
  events = 0
  coalesced = 0
  /** Events of answered requests after the warm-up. */
  steadyEvents = 0
  askedIn = 0
  askedOut = 0
  /** Of answered requests after the warm-up. */
  readonly steady: TokenSums = {sums: noTokens(), reported: noTokens()}
  /** Of every request there was: what is paid. */
  readonly whole: TokenSums = {sums: noTokens(), reported: noTokens()}

  add(segment: SampleColumns): void {
    const {rows} = segment
    this.segments.push({rows, ...pick(segment)})
    this.rows += rows
    for (let row = 0; row < rows; row += 1) this.#addRow(segment, row)
  }

  /** Every row of every segment. */
  each(visit: (of: KeptColumns, row: number) => void): void {
    for (const segment of this.segments) for (let row = 0; row < segment.rows; row += 1) visit(segment, row)
  }

  #addRow(segment: SampleColumns, row: number): void {
    addTokens(this.whole, segment, row)
    if (!Number.isNaN(segment.sent[row] ?? Number.NaN)) this.sent += 1
    this.events += segment.events[row] ?? 0
    this.coalesced += segment.coalesced[row] ?? 0
    if (segment.phase[row] === 1) this.#addEarly(segment, row)
    else this.#addSteady(segment, row)
  }

  #addEarly(segment: SampleColumns, row: number): void {
    this.warmUp += 1
    const name = ERROR_CLASSES[segment.error[row] ?? 0] ?? 'none'
    if (name !== 'none' && !isCancelled(segment, row)) addOne(this.earlyErrors, name)
  }

  #addSteady(segment: SampleColumns, row: number): void {
    const flags = segment.flags[row] ?? 0
    if ((flags & SAMPLE_FLAGS.retried) !== 0) this.retried += 1
    if ((flags & SAMPLE_FLAGS.usageAbsurd) !== 0) this.absurd += 1
    const error = segment.error[row] ?? 0
    if ((flags & SAMPLE_FLAGS.cancelled) !== 0) this.cancelled += 1
    else if (error !== 0) this.#addFailure(ERROR_CLASSES[error] ?? `class ${error}`)
    else this.#addAnswer(segment, row)
  }

  #addFailure(name: string): void {
    this.bad += 1
    addOne(this.errors, name)
  }

  #addAnswer(segment: SampleColumns, row: number): void {
    this.ok += 1
    this.steadyEvents += segment.events[row] ?? 0
    if (((segment.flags[row] ?? 0) & SAMPLE_FLAGS.estimated) !== 0) this.estimated += 1
    this.askedIn += Math.max(0, segment.wantedIn[row] ?? 0)
    this.askedOut += Math.max(0, segment.wantedOut[row] ?? 0)
    addTokens(this.steady, segment, row)
  }
}

function addOne(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** The samples of each cell by its number. */
export async function readCellSamples(
  samples: AsyncIterable<SampleColumns>,
): Promise<ReadonlyMap<number, CellSamples>> {
  const cells = new Map<number, CellSamples>()
  for await (const segment of samples) {
    const of = cells.get(segment.cell) ?? new CellSamples()
    cells.set(segment.cell, of)
    of.add(segment)
  }
  return cells
}

/** Whether the row was answered, was not cancelled, and is not of the warm-up. */
export function isMeasured(segment: KeptColumns, row: number): boolean {
  return segment.error[row] === 0 && isJudged(segment, row)
}

/** The same, with those that failed. */
export function isJudged(segment: KeptColumns, row: number): boolean {
  return segment.phase[row] !== 1 && !isCancelled(segment, row)
}

/** Whether the client gave it up: it is neither answered nor failed. */
export function isCancelled(segment: KeptColumns, row: number): boolean {
  return ((segment.flags[row] ?? 0) & SAMPLE_FLAGS.cancelled) !== 0
}

/** Output tokens: as the server counts them, else one an event. */
export function outputTokens(segment: KeptColumns, row: number): number {
  const told = segment.output[row] ?? -1
  return told >= 0 ? told : (segment.events[row] ?? 0)
}

/** Tokens of the prompt: as the server counts them, else as many as were meant. */
export function inputTokens(segment: KeptColumns, row: number): number {
  const told = segment.input[row] ?? -1
  return told >= 0 ? told : Math.max(0, segment.wantedIn[row] ?? 0)
}

function pick(segment: SampleColumns): Omit<KeptColumns, 'rows'> {
  const {sched, sent, first, visible, last, end, serverMs, output, input, wantedIn, error, flags, phase, events} =
    segment
  return {sched, sent, first, visible, last, end, serverMs, output, input, wantedIn, error, flags, phase, events}
}

function noTokens(): Sums {
  return {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0}
}

const METERS = ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning'] as const

function addTokens({reported, sums}: TokenSums, segment: SampleColumns, row: number): void {
  for (const meter of METERS) {
    const tokens = segment[meter][row] ?? -1
    if (tokens < 0) continue
    sums[meter] += tokens
    reported[meter] += 1
  }
  if ((segment.output[row] ?? -1) < 0) sums.output += segment.events[row] ?? 0
  if ((segment.input[row] ?? -1) < 0 && segment.error[row] === 0) sums.input += Math.max(0, segment.wantedIn[row] ?? 0)
}

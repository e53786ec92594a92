import type {CellEnd, CellJob, LoadEngine, PromptBook} from '../load/load.js'
import type {SampleColumns} from '../samples/columns.js'
import type {LanePlan, Secret} from '../wire/lane.js'

/** A few requests to one target, beside what is measured. */
export interface SideRequests {
  readonly lane: LanePlan
  readonly book: PromptBook
  readonly secret: () => Promise<Secret>
  readonly requests: number
  readonly signal: AbortSignal
}

export interface SideAnswers {
  readonly rows: readonly SampleColumns[]
  readonly end: CellEnd
}

const NEVER = new AbortController().signal

/** Sends requests one after the other by the load path itself: what works here works under load. */
export async function askAside(
  engine: LoadEngine,
  {book, lane, requests, secret, signal}: SideRequests,
): Promise<SideAnswers> {
  const job: CellJob = {
    cell: 0,
    lane,
    level: {kind: 'concurrency', users: 1},
    seed: 0,
    requests,
    durationMs: undefined,
    warmUp: {requests: 0},
    drainMs: lane.timeouts.requestMs,
    maxInFlight: 1,
    retries: 0,
    shard: {index: 0, of: 1},
    startAtEpochMs: undefined,
    expectedE2eMs: undefined,
    book,
    saveTexts: false,
  }
  const rows: SampleColumns[] = []
  const end = await engine.run(job, {
    secret,
    onTick: () => undefined,
    onSamples: (segment) => {
      rows.push(segment)
    },
    drain: NEVER,
    drop: signal,
  })
  signal.throwIfAborted()
  return {rows, end}
}

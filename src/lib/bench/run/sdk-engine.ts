import {setTimeout as pause} from 'node:timers/promises'
import {openArrivals} from '../arrivals/open-arrivals.js'
import type {CellEnd, CellFailure, CellFollower, CellJob, LoadEngine, LoadTick} from '../load/load.js'
import {allocateColumns, SAMPLE_FLAGS, type SampleColumns} from '../samples/columns.js'
import {GapRecorder} from '../samples/gaps.js'
import {ERROR_CLASSES, type ErrorClass, FINISH_REASONS, type FinishReason} from '../wire/answer.js'
import {oneLine} from '../wire/scrub.js'
import type {ConverseStreams} from './ports.js'

/** One request as it was measured; times from t0. */
interface Row {
  readonly k: number
  readonly prompt: number
  readonly sched: number
  readonly sent: number
  first: number
  visible: number
  last: number
  end: number
  gapMax: number
  events: number
  usage: {input: number; output: number; cacheRead: number; cacheWrite: number}
  serverMs: number
  error: ErrorClass
  finish: FinishReason
}

const TICK_MS = 200

/**
 * Load through the AWS SDK on this thread: the same cells, samples and prompts as the load path, to hold it against another
 * client. Under more than a few dozen streams it measures the SDK. `modelOf` gives Region and model of a lane by its name.
 */
export function openSdkEngine(
  streams: ConverseStreams,
  modelOf: (lane: string) => {readonly region: string; readonly modelId: string},
): LoadEngine {
  return {
    run: (job, follower) => new SdkCell(job, follower, streams, modelOf(job.lane.name)).run(),
    close: async () => undefined,
  }
}

class SdkCell {
  readonly #job: CellJob
  readonly #follower: CellFollower
  readonly #streams: ConverseStreams
  readonly #model: {readonly region: string; readonly modelId: string}
  readonly #bodies: Buffer
  readonly #t0 = performance.now()
  readonly #rows: Row[] = []
  readonly #gaps = new GapRecorder()
  readonly #failures = new Map<string, CellFailure>()
  #sent = 0
  #inFlight = 0

  constructor(
    job: CellJob,
    follower: CellFollower,
    streams: ConverseStreams,
    model: {readonly region: string; readonly modelId: string},
  ) {
    this.#job = job
    this.#follower = follower
    this.#streams = streams
    this.#model = model
    this.#bodies = Buffer.from(job.book.bytes)
  }

  async run(): Promise<CellEnd> {
    const t0EpochMs = Date.now()
    const cpu = process.cpuUsage()
    const ticking = setInterval(() => this.#follower.onTick(this.#tick()), TICK_MS)
    try {
      if (this.#job.level.kind === 'concurrency' || this.#job.level.kind === 'users')
        await this.#closed(this.#job.level.users)
      else await this.#open()
    } finally {
      clearInterval(ticking)
    }
    this.#follower.onTick(this.#tick())
    await this.#follower.onSamples(this.#columns())
    const {system, user} = process.cpuUsage(cpu)
    const stopped = this.#follower.drain.aborted
    return {
      cell: this.#job.cell,
      ended: stopped ? 'interrupted' : 'complete',
      why: stopped && typeof this.#follower.drain.reason === 'string' ? this.#follower.drain.reason : undefined,
      t0EpochMs,
      lateMs: 0,
      gaps: this.#gaps.histogram(),
      selfCheck: {
        loopLagP99Ms: 0,
        loopLagMaxMs: 0,
        busyShare: 0,
        cpuMs: (system + user) / 1000,
        workers: 1,
        maxInFlightReached: false,
      },
      served: {tier: {}, latency: {}, model: {}},
      failures: [...this.#failures.values()].toSorted((a, b) => b.count - a.count),
    }
  }

  get #now(): number {
    return performance.now() - this.#t0
  }

  get #isOver(): boolean {
    const {durationMs, requests} = this.#job
    return (
      this.#follower.drain.aborted ||
      (requests !== undefined && this.#sent >= requests) ||
      (durationMs !== undefined && this.#now >= durationMs)
    )
  }

  async #closed(users: number): Promise<void> {
    const user = async () => {
      while (!this.#isOver) await this.#ask(this.#now)
    }
    await Promise.all(Array.from({length: users}, user))
  }

  async #open(): Promise<void> {
    const {level, shard} = this.#job
    if (level.kind === 'concurrency' || level.kind === 'users') return
    const arrivals = openArrivals(level, this.#job, shard)
    const asked: Promise<void>[] = []
    while (!this.#follower.drain.aborted && arrivals.advance()) {
      const {atMs} = arrivals
      if (atMs > this.#now)
        await pause(atMs - this.#now, undefined, {signal: this.#follower.drain}).catch(() => undefined)
      if (this.#follower.drain.aborted) break
      asked.push(this.#ask(atMs))
    }
    await Promise.all(asked)
  }

  async #ask(sched: number): Promise<void> {
    const k = this.#sent
    this.#sent += 1
    this.#inFlight += 1
    const prompt = k % (this.#job.book.starts.length - 1)
    const row: Row = {
      ...{k, prompt, sched, sent: this.#now},
      ...{first: Number.NaN, visible: Number.NaN, last: Number.NaN, end: Number.NaN, gapMax: Number.NaN, events: 0},
      ...{
        usage: {input: -1, output: -1, cacheRead: -1, cacheWrite: -1},
        serverMs: Number.NaN,
        error: 'none',
        finish: 'none',
      },
    }
    const signal = AbortSignal.any([this.#follower.drop, AbortSignal.timeout(this.#job.lane.timeouts.requestMs)])
    try {
      const {modelId, region} = this.#model
      for await (const part of this.#streams.stream(region, modelId, this.#body(prompt, k), signal))
        this.#take(row, part)
    } catch (error) {
      this.#fail(row, error)
    }
    row.end = this.#now
    this.#inFlight -= 1
    this.#rows.push(row)
  }

  #body(prompt: number, k: number): object {
    const {book} = this.#job
    const bytes = Buffer.from(this.#bodies.subarray(book.starts[prompt], book.starts[prompt + 1]))
    const nonce = book.nonceAt[prompt] ?? -1
    if (nonce >= 0) bytes.write((k * 7919 + this.#job.seed).toString(36).padStart(16, 's').slice(-16), nonce, 'latin1')
    return JSON.parse(bytes.toString('utf8')) as object
  }

  #take(row: Row, part: ReturnType<ConverseStreams['stream']> extends AsyncIterable<infer Part> ? Part : never): void {
    const at = this.#now
    if (part.kind === 'token') {
      if (row.events > 0) {
        const gap = at - row.last
        this.#gaps.add(gap)
        row.gapMax = Number.isNaN(row.gapMax) ? gap : Math.max(row.gapMax, gap)
      } else row.first = at
      if (part.visible && Number.isNaN(row.visible)) row.visible = at
      row.last = at
      row.events += 1
    } else if (part.kind === 'usage') {
      const told = (count: number | undefined) => count ?? -1
      row.usage = {
        input: told(part.input),
        output: told(part.output),
        cacheRead: told(part.cacheRead),
        cacheWrite: told(part.cacheWrite),
      }
      row.serverMs = part.serverMs ?? Number.NaN
    } else row.finish = FINISHES[part.reason] ?? 'other'
  }

  #fail(row: Row, error: unknown): void {
    const name = error instanceof Error ? error.name : ''
    row.error = this.#follower.drop.aborted ? 'none' : (CLASSES[name] ?? 'unavailable')
    if (row.error === 'none') return
    const detail = oneLine(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    const id = `${row.error} ${detail}`
    const known = this.#failures.get(id)
    this.#failures.set(id, {error: row.error, status: 0, detail, count: (known?.count ?? 0) + 1})
  }

  #tick(): LoadTick {
    const errors = ERROR_CLASSES.map((error) => this.#rows.filter((row) => row.error === error).length)
    const sum = (key: keyof Row['usage']) => this.#rows.reduce((all, {usage}) => all + Math.max(0, usage[key]), 0)
    const none = Number.NaN
    return {
      cell: this.#job.cell,
      atMs: this.#now,
      sent: this.#sent,
      inFlight: this.#inFlight,
      done: this.#rows.length,
      ok: errors[0] ?? 0,
      errors: [0, ...errors.slice(1)],
      usage: {input: sum('input'), output: sum('output'), cacheRead: sum('cacheRead'), cacheWrite: sum('cacheWrite')},
      tokenEvents: this.#rows.reduce((all, {events}) => all + events, 0),
      recent: {ttftP50: none, ttftP99: none, tpotP50: none, tpotP99: none, lagMax: none},
    }
  }

  #columns(): SampleColumns {
    const columns = allocateColumns(this.#job.cell, this.#rows.length)
    for (const [place, row] of this.#rows.entries()) this.#put(columns, place, row)
    return columns
  }

  #put(columns: SampleColumns, place: number, row: Row): void {
    const {book, warmUp} = this.#job
    for (const key of TIMES) columns[key][place] = row[key]
    for (const key of COUNTS) columns[key][place] = row.usage[key]
    columns.headers[place] = Number.NaN
    columns.reasoning[place] = -1
    columns.wantedIn[place] = book.wantedIn[row.prompt] || -1
    columns.wantedOut[place] = book.wantedOut[row.prompt] || -1
    columns.status[place] = row.error === 'none' ? 200 : 0
    columns.error[place] = ERROR_CLASSES.indexOf(row.error)
    columns.finish[place] = FINISH_REASONS.indexOf(row.finish)
    columns.flags[place] = this.#flagsOf(row)
    const isEarly = 'requests' in warmUp ? row.k < warmUp.requests : row.sched < warmUp.ms
    columns.phase[place] = isEarly ? 1 : 0
  }

  #flagsOf({finish, usage}: Row): number {
    if (this.#follower.drop.aborted && finish === 'none') return SAMPLE_FLAGS.cancelled
    return usage.output < 0 ? SAMPLE_FLAGS.estimated : 0
  }
}

const TIMES = ['k', 'sched', 'sent', 'first', 'visible', 'last', 'end', 'events', 'gapMax', 'serverMs'] as const
const COUNTS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const

const FINISHES: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool',
  guardrail_intervened: 'filtered',
  content_filtered: 'filtered',
}

const CLASSES: Readonly<Record<string, ErrorClass>> = {
  ThrottlingException: 'throttled',
  ServiceQuotaExceededException: 'quota',
  ModelNotReadyException: 'model_not_ready',
  ModelTimeoutException: 'model_timeout',
  ModelStreamErrorException: 'model_stream_error',
  ValidationException: 'validation',
  ResourceNotFoundException: 'validation',
  AccessDeniedException: 'auth',
  UnrecognizedClientException: 'auth',
  TimeoutError: 'idle_timeout',
  AbortError: 'idle_timeout',
}

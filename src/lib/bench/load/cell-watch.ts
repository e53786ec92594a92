import type {SampleColumns} from '../samples/columns.js'
import {mergeGaps} from '../samples/gaps.js'
import type {CellEnd, CellFailure, CellFollower, CellJob} from './load.js'
import type {LoadThread} from './load-thread.js'
import {type LoadNews, type ShareEnd, sharedNow} from './messages.js'
import {SecretFeed} from './secret-feed.js'
import {type Counts, count} from './tally.js'
import {TickMerger} from './tick-merger.js'

/** From the news that all connections are open to t0. */
const LEAD_MS = 20
/** Connections are opened so long before a start that was asked for. */
const OPEN_AHEAD_MS = 8000

/** A cell as the main thread sees it: split over the threads, started at one moment, put together again. */
export class CellWatch {
  readonly #job: CellJob
  readonly #threads: readonly LoadThread[]
  readonly #follower: CellFollower
  readonly #salt: number
  readonly #ticks: TickMerger
  readonly #feed: SecretFeed
  readonly #ends: ShareEnd[] = []
  /** Segments are taken one after the other; samples that cannot be kept end the cell. */
  #taken: Promise<void> = Promise.resolve()
  #untaken: {readonly reason: unknown} | undefined
  #left: Set<LoadThread>
  #waiting: number
  #started: boolean = false
  #failure: string | undefined
  #interrupted: boolean = false
  #t0EpochMs: number
  #lateMs = 0
  #cpu: NodeJS.CpuUsage = process.cpuUsage()
  #done: () => void = () => undefined
  #e2eSum = 0
  #e2eCount = 0

  constructor(
    job: CellJob,
    {threads, follower, salt}: {threads: readonly LoadThread[]; follower: CellFollower; salt: number},
  ) {
    this.#job = job
    this.#threads = threads
    this.#follower = follower
    this.#salt = salt
    this.#left = new Set(threads)
    this.#t0EpochMs = job.startAtEpochMs ?? Date.now()
    this.#waiting = threads.length
    this.#ticks = new TickMerger(job.cell, threads.length, (tick) => follower.onTick(tick))
    this.#feed = new SecretFeed(
      () => follower.secret(),
      (secret) => this.#tellAll({kind: 'secret', secret}),
    )
  }

  /** Of the answered requests; NaN when there were none. */
  get meanE2eMs(): number {
    return this.#e2eSum / this.#e2eCount
  }

  async run(): Promise<CellEnd> {
    if (!(await this.#isTime())) return this.#end()
    const secret = await this.#feed.start()
    const over = new Promise<void>((resolve) => {
      this.#done = resolve
    })
    for (const [place, thread] of this.#threads.entries()) {
      thread.listen(
        (news) => this.#hear(place, thread, news),
        (reason) => this.#lose(thread, reason),
      )
      thread.hold(true)
      if (this.#left.has(thread)) thread.tell({kind: 'cell', job: this.#share(place), secret, salt: this.#salt})
    }
    const drain = (): void => this.#tellAll({kind: 'drain'})
    const drop = (): void => this.#tellAll({kind: 'drop'})
    this.#follower.drain.addEventListener('abort', drain, {once: true})
    this.#follower.drop.addEventListener('abort', drop, {once: true})
    try {
      await over
    } finally {
      this.#follower.drain.removeEventListener('abort', drain)
      this.#follower.drop.removeEventListener('abort', drop)
      this.#feed.stop()
      for (const thread of this.#threads) thread.hold(false)
    }
    await this.#taken
    if (this.#untaken) throw this.#untaken.reason
    return this.#end()
  }

  /** Waits until it is time to open connections: not long before the start, lest they idle. False: it was ended first. */
  #isTime(): Promise<boolean> {
    const {drain, drop} = this.#follower
    const wait = (this.#job.startAtEpochMs ?? 0) - OPEN_AHEAD_MS - Date.now()
    if (wait <= 0) return Promise.resolve(true)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait, true)
      const stop = (): void => {
        clearTimeout(timer)
        this.#interrupted = true
        resolve(false)
      }
      for (const signal of [drain, drop]) {
        if (signal.aborted) stop()
        else signal.addEventListener('abort', stop, {once: true})
      }
    })
  }

  /** A thread's share is that of a shard of a shard. */
  #share(place: number): CellJob {
    const {shard, maxInFlight} = this.#job
    const of = shard.of * this.#threads.length
    return {
      ...this.#job,
      shard: {index: shard.index + shard.of * place, of},
      maxInFlight: Math.max(1, Math.ceil(maxInFlight / of)),
    }
  }

  #hear(place: number, thread: LoadThread, news: LoadNews): void {
    switch (news.kind) {
      case 'ready':
        this.#ready()
        break
      case 'tick':
        this.#ticks.add(place, news.tick, performance.now())
        break
      case 'segment':
        this.#take(news.segment)
        break
      case 'texts':
        this.#follower.onTexts?.(news.texts)
        break
      case 'end':
        this.#ends.push(news.end)
        if (news.end.ended === 'refused') this.#tellAll({kind: 'drop'})
        this.#leave(thread)
        break
    }
  }

  #take(segment: SampleColumns): void {
    for (let row = 0; row < segment.rows; row += 1) {
      const e2e = (segment.last[row] ?? Number.NaN) - (segment.sent[row] ?? Number.NaN)
      if (segment.error[row] !== 0 || Number.isNaN(e2e)) continue
      this.#e2eSum += e2e
      this.#e2eCount += 1
    }
    this.#taken = this.#taken
      .then(() => this.#follower.onSamples(segment))
      .catch((reason: unknown) => {
        this.#untaken ??= {reason}
        this.#tellAll({kind: 'drop'})
      })
  }

  #lose(thread: LoadThread, reason: Error): void {
    if (!this.#left.has(thread)) return
    this.#failure ??= `A load thread failed: ${reason.message}`
    this.#tellAll({kind: 'drain'})
    if (!this.#started) this.#ready()
    this.#leave(thread)
  }

  #leave(thread: LoadThread): void {
    this.#left.delete(thread)
    if (this.#left.size === 0) this.#done()
  }

  #ready(): void {
    this.#waiting -= 1
    if (this.#waiting > 0 || this.#started) return
    this.#started = true
    const {startAtEpochMs} = this.#job
    const now = sharedNow()
    const epoch = Date.now()
    const lead = startAtEpochMs === undefined ? LEAD_MS : startAtEpochMs - epoch
    this.#lateMs = Math.max(0, -lead)
    this.#t0EpochMs = epoch + lead
    this.#cpu = process.cpuUsage()
    this.#ticks.start(performance.now() + lead)
    this.#tellAll({kind: 'start', t0: now + lead})
    if (this.#follower.drain.aborted) this.#tellAll({kind: 'drain'})
    if (this.#follower.drop.aborted) this.#tellAll({kind: 'drop'})
  }

  #tellAll(order: Parameters<LoadThread['tell']>[0]): void {
    for (const thread of this.#left) thread.tell(order)
  }

  #end(): CellEnd {
    this.#ticks.last(performance.now())
    const {user, system} = process.cpuUsage(this.#cpu)
    const loops = this.#ends.map(({loop}) => loop)
    const worst = (of: (loop: ShareEnd['loop']) => number): number => Math.max(0, ...loops.map(of))
    return {
      cell: this.#job.cell,
      ...this.#ending(),
      t0EpochMs: this.#t0EpochMs,
      lateMs: this.#lateMs,
      gaps: mergeGaps(this.#ends.map(({gaps}) => gaps)),
      selfCheck: {
        loopLagP99Ms: worst(({loopLagP99Ms}) => loopLagP99Ms),
        loopLagMaxMs: worst(({loopLagMaxMs}) => loopLagMaxMs),
        busyShare: worst(({busyShare}) => busyShare),
        cpuMs: (user + system) / 1000,
        workers: this.#threads.length,
        maxInFlightReached: this.#ends.some(({maxInFlightReached}) => maxInFlightReached),
      },
      served: {
        tier: sum(this.#ends.map(({served}) => served.tier)),
        latency: sum(this.#ends.map(({served}) => served.latency)),
        model: sum(this.#ends.map(({served}) => served.model)),
      },
      failures: joinFailures(this.#ends.flatMap(({failures}) => failures)),
    }
  }

  #ending(): Pick<CellEnd, 'ended' | 'why'> {
    if (this.#failure !== undefined) return {ended: 'stopped', why: this.#failure}
    const refused = this.#ends.find(({ended}) => ended === 'refused')
    if (refused) return {ended: 'refused', why: refused.why}
    if (!this.#interrupted && this.#ends.every(({ended}) => ended === 'complete'))
      return {ended: 'complete', why: undefined}
    const {reason} = this.#follower.drain
    return {ended: 'interrupted', why: typeof reason === 'string' ? reason : undefined}
  }
}

function sum(all: readonly Counts[]): Counts {
  const counts: Counts = {}
  for (const [name, times] of all.flatMap((one) => Object.entries(one))) count(counts, name, times)
  return counts
}

function joinFailures(failures: readonly CellFailure[]): readonly CellFailure[] {
  const joined = new Map<string, CellFailure>()
  for (const failure of failures) {
    const key = `${failure.error} ${failure.status} ${failure.detail}`
    joined.set(key, {...failure, count: failure.count + (joined.get(key)?.count ?? 0)})
  }
  return [...joined.values()].sort((a, b) => b.count - a.count)
}

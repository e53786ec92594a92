import {GapRecorder} from '../samples/gaps.js'
import {ERROR_CLASSES, type ErrorClass} from '../wire/answer.js'
import {type Errand, Exchange, TextExchange} from './exchange.js'
import type {AnswerText, CellJob} from './load.js'
import type {LoadNews, ShareEnd} from './messages.js'
import {buffersOf, SampleRecorder} from './sample-recorder.js'
import {LoopWatch} from './self-check.js'
import {Tally} from './tally.js'

const TICK_MS = 200
const SEGMENT_MS = 5000
/** So many failures of access before anything else was answered end a cell. */
const HOPELESS = 100

const NO_ACCESS: ReadonlySet<number> = new Set(
  (['connect', 'tls', 'auth', 'validation'] satisfies ErrorClass[]).map((name) => ERROR_CLASSES.indexOf(name)),
)

export type Tell = (news: LoadNews, transfer?: ArrayBuffer[]) => void

/** What the requests of one thread came to, and the news of it. */
export class ShareLedger {
  readonly #job: CellJob
  readonly #tell: Tell
  readonly #gaps = new GapRecorder()
  readonly #tally = new Tally()
  readonly #rows: SampleRecorder
  readonly #watch = new LoopWatch()
  readonly #texts: AnswerText[] = []
  #t0 = Number.NaN
  #toldTick = 0
  #toldRows = 0
  /** Failures of access in a row since the start; NaN once something else came. */
  #refused = 0

  constructor(job: CellJob, tell: Tell) {
    this.#job = job
    this.#tell = tell
    this.#rows = new SampleRecorder(job.cell)
  }

  start(t0: number): void {
    this.#t0 = this.#toldTick = this.#toldRows = t0
    this.#watch.start()
  }

  exchange(): Exchange {
    return this.#job.saveTexts ? new TextExchange() : new Exchange()
  }

  /** Where the gaps of a request are recorded; those of the warm-up are left out, as its other times are. */
  gapsOf(request: Pick<Errand, 'k' | 'sched'>): GapRecorder | undefined {
    return this.#isEarly(request) ? undefined : this.#gaps
  }

  sent(exchange: Exchange): void {
    this.#tally.sent(exchange)
  }

  /** The request has ended: its row. */
  record(exchange: Exchange): void {
    this.#tally.ended(exchange)
    const {book} = this.#job
    this.#rows.add(exchange, {
      t0: this.#t0,
      phase: this.#isEarly(exchange) ? 1 : 0,
      wantedIn: book.wantedIn[exchange.prompt] ?? 0,
      wantedOut: book.wantedOut[exchange.prompt] ?? 0,
    })
    if (exchange instanceof TextExchange) this.#texts.push({k: exchange.k, text: exchange.pieces.join('')})
    if (this.#rows.full) this.#flush()
    if (exchange.cancelled || Number.isNaN(this.#refused)) return
    this.#refused = NO_ACCESS.has(exchange.error) ? this.#refused + 1 : Number.NaN
  }

  /** Nothing but refusals has come: going on would only make more of them. */
  get hopeless(): boolean {
    return this.#refused >= HOPELESS
  }

  /** The most frequent failure, in words. */
  get mainFailure(): string | undefined {
    const [first] = this.#tally.failures()
    return first && `${first.error}: ${first.detail}`
  }

  /** Tells what is due to be told. */
  tell(inFlight: readonly Exchange[], now: number): void {
    if (now >= this.#toldTick + TICK_MS) {
      this.#toldTick = now
      this.#tell({kind: 'tick', tick: this.#tally.tick(inFlight)})
    }
    if (now >= this.#toldRows + SEGMENT_MS) {
      this.#toldRows = now
      this.#flush()
    }
  }

  end({spunMs, ...ending}: Pick<ShareEnd, 'ended' | 'why' | 'maxInFlightReached'> & {spunMs: number}): void {
    this.#flush()
    this.#tell({kind: 'tick', tick: this.#tally.tick([])})
    const end: ShareEnd = {
      ...ending,
      gaps: this.#gaps.histogram(),
      loop: this.#watch.stop(spunMs),
      served: this.#tally.served,
      failures: this.#tally.failures(),
    }
    this.#tell({kind: 'end', end})
  }

  #isEarly({k, sched}: Pick<Errand, 'k' | 'sched'>): boolean {
    const {warmUp} = this.#job
    return 'requests' in warmUp ? k < warmUp.requests : sched - this.#t0 < warmUp.ms
  }

  #flush(): void {
    const segment = this.#rows.take()
    if (segment) this.#tell({kind: 'segment', segment}, buffersOf(segment))
    if (this.#texts.length > 0) this.#tell({kind: 'texts', texts: this.#texts.splice(0)})
  }
}

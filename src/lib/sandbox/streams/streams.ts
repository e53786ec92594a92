import {type CallPace, Pacer} from '../pace/pacer.js'
import {LagHistogram} from './lag.js'
import type {StreamLog} from './play.js'
import {type Due, Scheduler} from './scheduler.js'
import {epochMs, Truth, type TruthEntry} from './truth.js'

/** A call, as it is written down. */
export interface StreamHead {
  readonly requestId: string
  readonly operation: string
  readonly model: string
  readonly region: string
  /** `performance.now()` */
  readonly arrivedAt: number
}

/** A whole answer that is held back until it is due. */
interface Held {
  readonly pace: CallPace
  readonly inputTokens: number
  readonly outputTokens: number
}

interface Holder {
  readonly arrivedAt: number
  whenGone(listener: () => void): void
}

/** What paces answers and writes down what was sent, for all calls of a sandbox. */
export class Streams {
  readonly pacer: Pacer
  readonly scheduler = new Scheduler()
  readonly truth = new Truth()
  readonly lag = new LagHistogram()

  constructor(seed: number) {
    this.pacer = new Pacer(seed)
  }

  /** Waits until a whole answer is due, or nobody wants it any more; gives the milliseconds since the call arrived. */
  hold({pace, inputTokens, outputTokens}: Held, {arrivedAt, whenGone}: Holder): Promise<number> {
    const turn = pace.turn()
    const {firstMs, gapMs} = pace.pacing(inputTokens)
    return new Promise((resolve) => {
      const end = (): void => {
        this.scheduler.remove(due)
        turn.release()
        resolve(Math.round(performance.now() - arrivedAt))
      }
      const due: Due = {dueAt: 0, queueIndex: -1, run: end}
      whenGone(end)
      turn.start(() => {
        due.dueAt = Math.max(arrivedAt, turn.startedAt) + firstMs
        for (let token = 1; token < outputTokens; token += 1) due.dueAt += gapMs(1)
        this.scheduler.add(due)
      })
    })
  }

  /** Writes down a stream as it is sent. */
  logOf(head: StreamHead): StreamLog {
    const {lag, truth} = this
    const entry = truth.on ? entryOf(head) : undefined
    return {
      sent(dueAt, sentAt, events) {
        lag.add(sentAt - dueAt)
        if (entry) note(entry, {dueAt, sentAt, events})
      },
      ended(outcome) {
        if (!entry) return
        entry.outcome = outcome
        truth.add(entry)
      },
    }
  }

  /** Writes down a whole answer, or a refusal by its code. */
  logWhole(head: StreamHead, code: string | undefined): void {
    if (!this.truth.on) return
    const sentAt = performance.now()
    const entry = entryOf(head)
    note(entry, {dueAt: sentAt, sentAt, events: code === undefined ? 1 : 0})
    this.truth.add({...entry, outcome: code ?? 'complete'})
  }
}

function entryOf({requestId, operation, model, region, arrivedAt}: StreamHead): TruthEntry {
  const none = {
    firstDueAt: 0,
    firstSentAt: 0,
    lastSentAt: 0,
    events: 0,
    writes: 0,
    gapSumMs: 0,
    gapMaxMs: 0,
    lagMaxMs: 0,
  }
  return {requestId, operation, model, region, arrivedAt: epochMs(arrivedAt), ...none, outcome: 'gone'}
}

interface Sent {
  readonly dueAt: number
  readonly sentAt: number
  readonly events: number
}

function note(entry: TruthEntry, {dueAt, sentAt, events}: Sent): void {
  const at = epochMs(sentAt)
  if (entry.writes === 0) {
    entry.firstDueAt = epochMs(dueAt)
    entry.firstSentAt = at
  } else {
    entry.gapSumMs += at - entry.lastSentAt
    entry.gapMaxMs = Math.max(entry.gapMaxMs, at - entry.lastSentAt)
  }
  entry.lagMaxMs = Math.max(entry.lagMaxMs, sentAt - dueAt)
  entry.lastSentAt = at
  entry.events += events
  entry.writes += 1
}

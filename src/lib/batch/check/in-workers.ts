import type {Worker} from 'node:worker_threads'
import {BedrockctlError} from '../../core/errors.js'
import type {ByteRange} from '../../jsonl/byte-source.js'
import type {BlockReport} from './check-block.js'
import type {BlockRunner} from './check-records.js'
import type {CheckWorkerFailure, CheckWorkerTask} from './check-worker.js'

/** Parts that a thread has been given before the first of them is done: it never waits for the next. */
const AHEAD = 3

/** Checks parts in several threads, in turn. A thread that fails, or an abort, ends all of them. */
export function inWorkers(count: number, start: () => Worker): BlockRunner {
  return async function* (ranges, signal) {
    signal?.throwIfAborted()
    const lanes = Array.from({length: Math.min(count, ranges.length)}, () => new Lane(start()))
    const stop = (): void => {
      for (const lane of lanes) lane.fail(signal?.reason)
    }
    signal?.addEventListener('abort', stop, {once: true})
    try {
      const pending: Promise<BlockReport>[] = []
      const spares: BlockReport['numbers'][] = []
      for (const [index, range] of ranges.entries()) {
        const lane = lanes[index % lanes.length]
        if (lane) pending.push(lane.check(range, spares.pop()))
        const [first] = pending
        if (!first || pending.length < lanes.length * AHEAD) continue
        const report = await first.finally(() => pending.shift())
        yield report
        spares.push(report.numbers)
      }
      for (const report of pending) yield await report
    } finally {
      signal?.removeEventListener('abort', stop)
      await Promise.all(lanes.map((lane) => lane.end()))
    }
  }
}

interface Waiting {
  readonly resolve: (report: BlockReport) => void
  readonly reject: (reason: unknown) => void
}

/** One thread, and who waits for it. */
class Lane {
  readonly #worker: Worker
  readonly #waiting: Waiting[] = []
  #failure: {readonly reason: unknown} | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (told: BlockReport | CheckWorkerFailure) => {
      if ('failure' in told) this.fail(new BedrockctlError(told.failure.code, told.failure.message, told.failure))
      else this.#waiting.shift()?.resolve(told)
    })
    worker.on('error', (reason) => this.fail(reason))
    worker.on('exit', () => this.fail(new Error('a thread that checks records ended early')))
  }

  check(range: ByteRange, spare: BlockReport['numbers'] | undefined): Promise<BlockReport> {
    const report = new Promise<BlockReport>((resolve, reject) => {
      if (this.#failure) reject(this.#failure.reason)
      else this.#waiting.push({resolve, reject})
    })
    // Whoever comes to wait for it gets its error; until then it counts as handled.
    report.catch(() => undefined)
    const task: CheckWorkerTask = {range, spare}
    this.#worker.postMessage(task, spare ? [spare.buffer] : [])
    return report
  }

  fail(reason: unknown): void {
    this.#failure ??= {reason}
    for (const {reject} of this.#waiting.splice(0)) reject(reason)
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}

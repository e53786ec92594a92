import type {Worker} from 'node:worker_threads'
import type {LoadNews, LoadOrder} from './messages.js'

/** A load thread, and who listens to it now. A thread that has failed tells so to every later listener. */
export class LoadThread {
  readonly #worker: Worker
  #failure: Error | undefined
  #hear: (news: LoadNews) => void = () => undefined
  #fail: (reason: Error) => void = () => undefined

  constructor(worker: Worker) {
    this.#worker = worker
    worker.unref()
    worker.on('message', (news: LoadNews) => this.#hear(news))
    worker.on('error', (reason) => this.#failed(reason instanceof Error ? reason : new Error(String(reason))))
    worker.on('exit', (code) => this.#failed(new Error(`it ended early with code ${code}`)))
  }

  /** The process waits for the thread, or does not. */
  hold(held: boolean): void {
    if (held) this.#worker.ref()
    else this.#worker.unref()
  }

  /** In place of who listened before. */
  listen(hear: (news: LoadNews) => void, fail: (reason: Error) => void): void {
    this.#hear = hear
    this.#fail = fail
    if (this.#failure) fail(this.#failure)
  }

  tell(order: LoadOrder): void {
    this.#worker.postMessage(order)
  }

  async end(): Promise<void> {
    this.listen(
      () => undefined,
      () => undefined,
    )
    await this.#worker.terminate()
  }

  #failed(reason: Error): void {
    this.#failure ??= reason
    this.#fail(this.#failure)
  }
}

import type {Turn} from '../streams/frame-stream.js'

/** Places that a model answers from; who finds none waits, first come first served. */
export class Slots {
  #taken = 0
  #waiting: (() => void)[] = []

  /** Of `most` places at once. */
  turn(most: number): Turn {
    let state: 'new' | 'waiting' | 'served' | 'over' = 'new'
    let startedAt = 0
    let waiter: (() => void) | undefined
    const serve = (begin: () => void): void => {
      state = 'served'
      startedAt = performance.now()
      this.#taken += 1
      begin()
    }
    return {
      get startedAt() {
        return startedAt
      },
      start: (begin) => {
        if (this.#taken < most) return serve(begin)
        state = 'waiting'
        waiter = () => serve(begin)
        this.#waiting.push(waiter)
        return undefined
      },
      release: () => {
        const was = state
        state = 'over'
        if (was === 'waiting') this.#waiting = this.#waiting.filter((one) => one !== waiter)
        if (was !== 'served') return
        this.#taken -= 1
        if (this.#taken < most) this.#waiting.shift()?.()
      },
    }
  }
}

/** Something to be done at a moment of `performance.now()`. */
export interface Due {
  dueAt: number
  /** Place in the queue; −1 outside it. The scheduler's own. */
  queueIndex: number
  /** Called at or after `dueAt`, once for each time it is added. */
  run(now: number): void
}

/**
 * What is due, kept in a binary heap and woken by one timer. Moments are absolute: what runs late makes nothing after
 * it late.
 */
export class Scheduler {
  readonly #heap: Due[] = []
  #timer: NodeJS.Timeout | undefined
  #timerAt = Number.POSITIVE_INFINITY
  #running: boolean = false

  /** What waits. */
  get size(): number {
    return this.#heap.length
  }

  add(due: Due): void {
    due.queueIndex = this.#heap.push(due) - 1
    this.#up(due.queueIndex)
    if (!this.#running) this.#arm()
  }

  remove(due: Due): void {
    const index = due.queueIndex
    if (index < 0) return
    due.queueIndex = -1
    const last = this.#heap.pop()
    if (last === undefined || last === due) return
    this.#heap[index] = last
    last.queueIndex = index
    this.#up(index)
    this.#down(last.queueIndex)
  }

  /** Forgets everything. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#timerAt = Number.POSITIVE_INFINITY
    for (const due of this.#heap) due.queueIndex = -1
    this.#heap.length = 0
  }

  #arm(): void {
    const first = this.#heap[0]
    if (first === undefined || first.dueAt >= this.#timerAt) return
    clearTimeout(this.#timer)
    this.#timerAt = first.dueAt
    // Node truncates fractions of a millisecond: round up, or it wakes too early.
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, Math.ceil(first.dueAt - performance.now()))).unref()
  }

  #tick(): void {
    this.#timer = undefined
    this.#timerAt = Number.POSITIVE_INFINITY
    this.#running = true
    const now = performance.now()
    try {
      for (let first = this.#heap[0]; first !== undefined && first.dueAt <= now; first = this.#heap[0]) {
        this.remove(first)
        first.run(now)
      }
    } finally {
      this.#running = false
      this.#arm()
    }
  }

  #up(start: number): void {
    const heap = this.#heap
    const due = heap[start]
    if (due === undefined) return
    let index = start
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || parent.dueAt <= due.dueAt) break
      heap[index] = parent
      parent.queueIndex = index
      index = above
    }
    heap[index] = due
    due.queueIndex = index
  }

  #down(start: number): void {
    const heap = this.#heap
    const due = heap[start]
    if (due === undefined) return
    let index = start
    for (;;) {
      const left = heap[2 * index + 1]
      const right = heap[2 * index + 2]
      const least = right !== undefined && left !== undefined && right.dueAt < left.dueAt ? right : left
      if (least === undefined || least.dueAt >= due.dueAt) break
      const below = least.queueIndex
      heap[index] = least
      least.queueIndex = index
      index = below
    }
    heap[index] = due
    due.queueIndex = index
  }
}

/** The looks of one interval: a round is in when all of them are, or when the next one begins. */
export class Rounds {
  readonly #onIn: (waiting: number) => void
  /** The first round is waited for until then, as nothing can be told before it. */
  #patientUntilMs: number
  /** What the round that is under way waits for. */
  #pending: Set<string> | undefined

  constructor(patientUntilMs: number, onIn: (waiting: number) => void) {
    this.#patientUntilMs = patientUntilMs
    this.#onIn = onIn
  }

  /** A new interval: what is not in by now is not waited for any longer. */
  tick(nowMs: number): void {
    if (this.#pending !== undefined && nowMs < this.#patientUntilMs) return
    if (this.#pending) this.#close(this.#pending)
    this.#pending = new Set()
  }

  add(key: string): void {
    this.#pending?.add(key)
  }

  done(key: string): void {
    this.#pending?.delete(key)
  }

  /** Called when all that was due has been added. */
  settle(): void {
    if (this.#pending?.size === 0) this.#close(this.#pending)
  }

  #close({size}: ReadonlySet<string>): void {
    this.#pending = undefined
    this.#patientUntilMs = 0
    this.#onIn(size)
  }
}

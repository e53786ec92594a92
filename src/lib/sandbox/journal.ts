import type {Authorization} from './auth.js'
import type {Protocol} from './wire/protocol.js'

/** What one request was and what became of it: the oracle for "this command sent exactly these calls". */
export interface JournalEntry {
  readonly requestId: string
  /** ISO 8601, wall clock. */
  readonly at: string
  /** Method and path as sent. */
  readonly http: string
  readonly httpVersion: string
  auth: Authorization['kind']
  signature: 'ok' | 'bad' | 'unchecked'
  service?: string
  operation?: string
  protocol?: Protocol
  region?: string
  account?: string
  /** 0: the connection was dropped. */
  status: number
  /** Error code as sent, or why the connection was dropped. */
  errorCode?: string
  /** What the error said. */
  message?: string
  ms: number
  readonly userAgent: string | undefined
}

const CAPACITY = 10_000

export interface JournalOptions {
  readonly capacity?: number
  readonly onAdd?: ((entry: JournalEntry) => void) | undefined
}

/** The last requests, oldest first. */
export class Journal {
  readonly #capacity: number
  readonly #onAdd: JournalOptions['onAdd']
  readonly #entries: JournalEntry[] = []

  constructor({capacity = CAPACITY, onAdd}: JournalOptions = {}) {
    this.#capacity = capacity
    this.#onAdd = onAdd
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry)
    if (this.#entries.length > this.#capacity) this.#entries.shift()
    this.#onAdd?.(entry)
  }

  clear(): void {
    this.#entries.length = 0
  }
}

import type {JobRow} from '../../../monitor/board/jobs/jobs.schema.js'

/** One look at the jobs of a kind in one Region. */
export interface KindLook {
  readonly region: string
  readonly nowMs: number
  readonly intervalMs: number
  readonly signal: AbortSignal
}

export interface KindRows {
  readonly rows: readonly JobRow[]
  /** False where the next look will tell more of jobs that have ended. */
  readonly isWhole: boolean
}

/** Jobs of one kind; what spares calls is kept from look to look. */
export interface JobKind {
  readonly kind: JobRow['kind']
  /** IAM action of its list. */
  readonly action: string
  /** Where there are such jobs; undefined: everywhere. */
  readonly regions?: readonly string[] | undefined
  look(look: KindLook): Promise<KindRows>
}

/** What was read of jobs that have ended, by id and state, so that it is read once; the oldest go beyond 5,000. */
export class EndedJobs<Known> {
  readonly #known = new Map<string, Known>()

  get(id: string, state: string): Known | undefined {
    return this.#known.get(`${state} ${id}`)
  }

  set(id: string, state: string, known: Known): void {
    this.#known.set(`${state} ${id}`, known)
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest)
  }
}

const MOST = 5000

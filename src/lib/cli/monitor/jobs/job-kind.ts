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

/** What was read of jobs, by ARN, each in one state: it is read once a state, and goes with the job. */
export class JobMemory<Known> {
  readonly #known = new Map<string, {readonly state: string; readonly known: Known}>()

  get(arn: string, state: string): Known | undefined {
    const one = this.#known.get(arn)
    return one?.state === state ? one.known : undefined
  }

  set(arn: string, state: string, known: Known): void {
    this.#known.set(arn, {state, known})
  }

  /** Forgets the jobs of a Region that are not among these, which are all that it lists. */
  keep(region: string, listed: readonly {readonly arn: string}[]): void {
    const arns = new Set(listed.map(({arn}) => arn))
    for (const arn of this.#known.keys()) if (arn.includes(`:${region}:`) && !arns.has(arn)) this.#known.delete(arn)
  }

  get size(): number {
    return this.#known.size
  }
}

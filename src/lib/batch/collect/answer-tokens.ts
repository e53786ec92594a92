import type {Answer} from '../bodies/answer.js'
import type {CollectedTokens} from './batch-collect.schema.js'
import type {PileJob} from './gather-pile.js'
import type {ReadLine} from './read-answers.js'

/** Tokens of one job. */
export interface JobTokens {
  input: number
  output: number
  /** Answers that do not tell. */
  uncounted: number
}

/** How the answers of a job are read; undefined where nobody knows. */
export type AnswerReaders = (job: PileJob) => ((modelOutput: unknown) => Answer) | undefined

/** Counts tokens by the answers themselves, for jobs whose manifest does not, or is not there. */
export class AnswerTokens {
  readonly #jobs: readonly PileJob[]
  readonly #counted: readonly (JobTokens | undefined)[]
  readonly #readers: readonly (ReturnType<AnswerReaders> | undefined)[]

  constructor(jobs: readonly PileJob[], readerOf: AnswerReaders) {
    this.#jobs = jobs
    this.#counted = jobs.map((job) => (tellsTokens(job) ? undefined : {input: 0, output: 0, uncounted: 0}))
    this.#readers = jobs.map((job) => (tellsTokens(job) ? undefined : readerOf(job)))
  }

  /** Looks at a line of an output. */
  see({answer, bytes, file}: ReadLine): void {
    const counted = this.#counted[file.job]
    if (counted === undefined || !answer.succeeded) return
    const read = this.#readers[file.job]
    const found = read?.(JSON.parse(bytes.toString('utf8', answer.valueStart, answer.valueEnd)))
    if (found?.inputTokens === undefined && found?.outputTokens === undefined) {
      counted.uncounted += 1
      return
    }
    counted.input += countOf(found.inputTokens)
    counted.output += countOf(found.outputTokens)
  }

  /** By the place of each job. */
  tokens(): readonly JobTokens[] {
    return this.#jobs.map(
      ({manifest}, job) =>
        this.#counted[job] ?? {input: manifest?.inputTokens ?? 0, output: manifest?.outputTokens ?? 0, uncounted: 0},
    )
  }

  /** Of all jobs together; null where nothing was counted. */
  total(): CollectedTokens | null {
    const tokens = this.tokens()
    const sum = (of: keyof JobTokens) => tokens.reduce((all, job) => all + job[of], 0)
    const byManifest = this.#jobs.some(tellsTokens)
    const byAnswers = this.#counted.some((job) => job !== undefined && (job.input > 0 || job.output > 0))
    if (!byManifest && !byAnswers) return null
    const source = byManifest ? (byAnswers ? 'manifests and answers' : 'manifests') : 'answers'
    return {input: sum('input'), output: sum('output'), source, uncounted: sum('uncounted')}
  }
}

function tellsTokens({manifest}: PileJob): boolean {
  return manifest !== null && manifest.inputTokens !== null
}

/** What a model says of itself may be anything. */
function countOf(tokens: number | undefined): number {
  return tokens !== undefined && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : 0
}

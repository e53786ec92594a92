import type {BatchJob, BatchJobSource} from '../../src/lib/batch/ports.js'
import type {BedrockctlError} from '../../src/lib/core/errors.js'

export interface FakeBatchJobs extends BatchJobSource {
  /** What the service has; a test changes it as time goes on. */
  jobs: readonly BatchJob[]
  /** Left out of lists, as jobs that were made a moment ago. */
  unlisted: readonly string[]
  /** Thrown by the next calls, one each. */
  readonly failures: BedrockctlError[]
  /** `list us-east-1 pile-r`, `get ARN`, `stop ARN`. */
  readonly calls: string[]
}

/** Batch inference of an account as a list of jobs. */
export function fakeBatchJobs(jobs: readonly BatchJob[]): FakeBatchJobs {
  const calls: string[] = []
  const failures: BedrockctlError[] = []
  const called = (call: string) => {
    calls.push(call)
    const failure = failures.shift()
    if (failure) throw failure
  }
  return {
    jobs,
    unlisted: [],
    failures,
    calls,
    async create() {
      throw new Error('nothing is made here')
    },
    async get(_region, arn) {
      called(`get ${arn}`)
      return this.jobs.find((job) => job.arn === arn)
    },
    async list(region, {nameContains = ''}) {
      called(`list ${region} ${nameContains}`)
      return this.jobs.filter(
        (job) => job.region === region && job.name.includes(nameContains) && !this.unlisted.includes(job.arn),
      )
    },
    async stop(_region, arn) {
      called(`stop ${arn}`)
      const open = this.jobs.some((job) => job.arn === arn && job.endedAt === null)
      this.jobs = this.jobs.map((job) => (job.arn === arn && open ? {...job, state: 'Stopping'} : job))
      return open ? 'stopping' : 'already-ended'
    },
  }
}

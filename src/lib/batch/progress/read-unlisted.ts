import {BedrockctlError} from '../../core/errors.js'
import type {GroupState} from '../group/group-state.js'
import type {BatchJob, BatchJobSource} from '../ports.js'
import {isGoneAfter} from './gone-job.js'

const AT_ONCE = 8
/** More than these are not asked for one by one. */
const MOST = 200

/** What the service tells of jobs that it does not list. */
export interface Unlisted {
  readonly jobs: readonly BatchJob[]
  /** ARNs of those that it knows no more. */
  readonly gone: ReadonlySet<string>
}

/**
 * Jobs that the journal of a group knows and the list of the service lacks: it may lack a new one for seconds. One that
 * cannot be read stays unknown.
 */
export async function readUnlisted(
  groups: readonly GroupState[],
  listed: readonly BatchJob[],
  source: Pick<BatchJobSource, 'get'>,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<Unlisted> {
  const seen = new Set(listed.map(({arn}) => arn))
  const wanted = groups.flatMap(({rounds}) =>
    rounds.flatMap(({plan, shards}) =>
      shards.flatMap(({end, job}) =>
        job !== undefined && end === undefined && !seen.has(job.arn) ? [{region: plan.region, ...job}] : [],
      ),
    ),
  )
  const found: BatchJob[] = []
  const gone = new Set<string>()
  for (let from = 0; from < Math.min(wanted.length, MOST); from += AT_ONCE) {
    const some = wanted.slice(from, from + AT_ONCE)
    const jobs = await Promise.all(some.map(({arn, region}) => source.get(region, arn, signal).catch(orUnknown)))
    for (const [at, job] of jobs.entries()) {
      const {arn, createdAt} = some[at] ?? {arn: '', createdAt: ''}
      if (job !== undefined && job !== 'unread') found.push(job)
      else if (job === undefined && isGoneAfter(createdAt, now)) gone.add(arn)
    }
  }
  return {jobs: found, gone}
}

function orUnknown(cause: unknown): 'unread' {
  if (cause instanceof BedrockctlError && cause.code !== 'INTERRUPTED') return 'unread'
  throw cause
}

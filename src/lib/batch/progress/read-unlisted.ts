import {BedrockctlError} from '../../core/errors.js'
import type {GroupState} from '../group/group-state.js'
import type {BatchJob, BatchJobSource} from '../ports.js'

const AT_ONCE = 8
/** More than these are not asked for one by one. */
const MOST = 200

/**
 * Jobs that the journal of a group knows and the list of the service lacks: it may lack a new one for seconds. One that
 * cannot be read stays unknown.
 */
export async function readUnlisted(
  groups: readonly GroupState[],
  listed: readonly BatchJob[],
  source: Pick<BatchJobSource, 'get'>,
  signal: AbortSignal | undefined,
): Promise<readonly BatchJob[]> {
  const seen = new Set(listed.map(({arn}) => arn))
  const wanted = groups.flatMap(({rounds}) =>
    rounds.flatMap(({plan, shards}) =>
      shards.flatMap(({end, job}) =>
        job !== undefined && end === undefined && !seen.has(job.arn) ? [{region: plan.region, arn: job.arn}] : [],
      ),
    ),
  )
  const found: BatchJob[] = []
  for (let from = 0; from < Math.min(wanted.length, MOST); from += AT_ONCE) {
    const some = wanted.slice(from, from + AT_ONCE)
    const jobs = await Promise.all(some.map(({arn, region}) => source.get(region, arn, signal).catch(orUnknown)))
    found.push(...jobs.flatMap((job) => job ?? []))
  }
  return found
}

function orUnknown(cause: unknown): undefined {
  if (cause instanceof BedrockctlError && cause.code !== 'INTERRUPTED') return undefined
  throw cause
}

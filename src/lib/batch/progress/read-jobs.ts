import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {BatchJob, BatchJobFilter, BatchJobSource} from '../ports.js'

export interface ReadJobs {
  readonly jobs: readonly BatchJob[]
  readonly unread: readonly Unread[]
}

/**
 * The jobs of each Region. One that cannot be read is named, and the others go on; Regions that the account has not
 * enabled hold none. Where no Region could be read, the first failure is thrown.
 */
export async function readJobs(
  regions: readonly string[],
  filter: BatchJobFilter,
  source: Pick<BatchJobSource, 'list'>,
  signal: AbortSignal | undefined,
): Promise<ReadJobs> {
  const failures: {readonly region: string; readonly failure: BedrockctlError}[] = []
  const read = await Promise.all(
    regions.map(async (region): Promise<readonly BatchJob[]> => {
      try {
        return await source.list(region, filter, signal)
      } catch (failure) {
        if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
        failures.push({region, failure})
        return []
      }
    }),
  )
  const [first] = failures
  if (first && failures.length === regions.length) throw first.failure
  return {
    jobs: read.flat(),
    unread: failures
      .filter(({failure}) => failure.code !== 'REGION_NOT_ENABLED')
      .map(({failure, region}) => toUnread(failure, region, 'bedrock:ListModelInvocationJobs')),
  }
}

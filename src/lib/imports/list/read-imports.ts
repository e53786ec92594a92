import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {ImportedModel, ImportJob, ImportSource} from '../ports.js'

export interface RegionImports {
  readonly jobs: readonly ImportJob[]
  readonly models: readonly ImportedModel[]
}

export interface ReadImports {
  readonly read: readonly RegionImports[]
  readonly unread: readonly Unread[]
}

/** Lists show what was made a while after it can be looked up: so long a model may be missing from them. */
const LIST_DELAY_MS = 10 * 60_000

/**
 * Jobs and models of each Region. One that cannot be read is named, and the others go on; Regions that the account has
 * not enabled hold none. Where no Region could be read, the first failure is thrown.
 */
export async function readImports(
  regions: readonly string[],
  source: Pick<ImportSource, 'jobs' | 'model' | 'models'>,
  nowMs: number,
  signal: AbortSignal | undefined,
): Promise<ReadImports> {
  const failures: {readonly region: string; readonly failure: BedrockctlError}[] = []
  const read = await Promise.all(
    regions.map(async (region): Promise<RegionImports> => {
      try {
        const [jobs, models] = await Promise.all([source.jobs(region, {}, signal), source.models(region, signal)])
        const late = await Promise.all(
          unlistedModels(jobs, models, nowMs).map((arn) => source.model(region, arn, signal)),
        )
        return {jobs, models: [...late.filter((model) => model !== undefined), ...models]}
      } catch (failure) {
        if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
        failures.push({region, failure})
        return {jobs: [], models: []}
      }
    }),
  )
  const [first] = failures
  if (first && failures.length === regions.length) throw first.failure
  return {
    read,
    unread: failures
      .filter(({failure}) => failure.code !== 'REGION_NOT_ENABLED')
      .map(({failure, region}) => toUnread(failure, region, 'bedrock:ListModelImportJobs')),
  }
}

/** ARNs of models of jobs that have just ended. */
function unlistedModels(
  jobs: readonly ImportJob[],
  models: readonly ImportedModel[],
  nowMs: number,
): readonly string[] {
  const listed = new Set(models.map(({arn}) => arn))
  return jobs.flatMap(({endedAt, modelArn}) =>
    modelArn !== null && !listed.has(modelArn) && endedAt !== null && nowMs - Date.parse(endedAt) < LIST_DELAY_MS
      ? [modelArn]
      : [],
  )
}

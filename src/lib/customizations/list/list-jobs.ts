import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import {jobRow} from '../job-row.js'
import type {CustomizationJob, CustomizationSource} from '../ports.js'
import type {CustomizationsListResult} from './customizations-list.schema.js'

export interface ListJobsInput {
  readonly regions: readonly string[]
  /** Keeps jobs of this state; the service is asked only where it knows the word. */
  readonly state: string | undefined
  readonly nameContains: string | undefined
  /** Keeps jobs whose base model has this in its id. */
  readonly baseModel: string | undefined
  readonly nowMs: number
}

/** The jobs of the Regions, newest first. A Region that cannot be read is named; where none could be, that is thrown. */
export async function listJobs(
  input: ListJobsInput,
  source: Pick<CustomizationSource, 'jobs'>,
  signal?: AbortSignal,
): Promise<Omit<CustomizationsListResult, 'schemaVersion' | 'simulated'>> {
  const failures: {readonly region: string; readonly failure: BedrockctlError}[] = []
  const {baseModel, nameContains, nowMs, regions} = input
  const read = await Promise.all(
    regions.map(async (region): Promise<readonly CustomizationJob[]> => {
      try {
        return await source.jobs(region, {nameContains}, signal)
      } catch (failure) {
        if (!(failure instanceof BedrockctlError) || failure.code === 'INTERRUPTED') throw failure
        failures.push({region, failure})
        return []
      }
    }),
  )
  const [first] = failures
  if (first && failures.length === regions.length) throw first.failure
  const rows = read.flat().map((job) => jobRow(job, nowMs))
  const kept = rows.filter((row) => hasState(row.state, input.state) && row.baseModel.includes(baseModel ?? ''))
  return {
    unread: failures
      .filter(({failure}) => failure.code !== 'REGION_NOT_ENABLED')
      .map(({failure, region}) => toUnread(failure, region, 'bedrock:ListModelCustomizationJobs')),
    asOf: new Date(nowMs).toISOString(),
    regions,
    jobs: kept.toSorted((left, right) => right.createdAt.localeCompare(left.createdAt)),
  }
}

function hasState(state: string, wanted: string | undefined): boolean {
  return wanted === undefined || state.toLowerCase() === wanted.toLowerCase()
}

import type {RequestContext} from '../../../handler.js'
import {readQuotas} from '../../../world/quotas.js'

/** What one model's batch jobs may be; applied quotas of the account beat documented ones. */
export interface BatchLimits {
  readonly minRecords: number
  readonly recordsPerFile: number
  readonly recordsPerJob: number
  readonly fileBytes: number
  readonly jobBytes: number
  readonly openJobs: number
}

const NAMES = {
  minRecords: /^Minimum number of records per batch inference job for /,
  recordsPerFile: /^Records per input file per batch inference job for /,
  recordsPerJob: /^Records per batch inference job for /,
  fileGigabytes: /^Batch inference input file size /,
  jobGigabytes: /^Batch inference job size /,
  openJobs: /^Sum of in-progress and submitted batch inference jobs using a base model for /,
} as const

const GIGABYTE = 1024 ** 3

export async function batchLimits(model: string, {world, account}: RequestContext): Promise<BatchLimits> {
  const [rows, {defaults}] = await Promise.all([readQuotas(), world.catalog.batch()])
  const {quotas} = world.account(account)
  const own = rows.filter((row) => row.model === model)
  const value = (kind: keyof typeof NAMES, otherwise: number): number => {
    const row = own.find(({name}) => NAMES[kind].test(name))
    return (row && quotas.get(row.code)) ?? row?.value ?? otherwise
  }
  return {
    minRecords: value('minRecords', defaults.minRecords),
    recordsPerFile: value('recordsPerFile', defaults.recordsPerFile),
    recordsPerJob: value('recordsPerJob', defaults.recordsPerJob),
    fileBytes: value('fileGigabytes', defaults.fileGigabytes) * GIGABYTE,
    jobBytes: value('jobGigabytes', defaults.jobGigabytesOf[model] ?? defaults.jobGigabytes) * GIGABYTE,
    openJobs: value('openJobs', defaults.openJobs),
  }
}

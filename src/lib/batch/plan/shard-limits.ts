import type {BatchLimits} from './plan.schema.js'

/** What one job may hold; it is one file. */
export interface ShardLimits {
  readonly minRecords: number
  readonly maxRecords: number
  readonly maxBytes: number
}

/** Limits of a job that is one file: those of the file and those of the job hold together. */
export function shardLimits(limits: BatchLimits): ShardLimits {
  return {
    minRecords: limits.minRecords.value,
    maxRecords: Math.min(limits.recordsPerFile.value, limits.recordsPerJob.value),
    maxBytes: Math.min(limits.fileBytes.value, limits.jobBytes.value),
  }
}

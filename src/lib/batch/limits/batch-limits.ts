import {quotaModels} from '../../account/quotas/quota-models.js'
import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogBatch} from '../../catalog/catalog.schema.js'
import type {Quota} from '../../refresh/ports.js'
import type {BatchLimit, BatchLimits} from '../plan/plan.schema.js'
import {type BatchQuotaKind, parseBatchQuota} from './quota-name.js'

/** Whether AWS means 10^9 or 2^30 bytes is not documented: within the smaller one a file is small enough for both. */
const GIGABYTE = 1_000_000_000

export interface LimitsQuestion {
  readonly modelId: string
  /** A job with a model of one's own counts against quotas of its own. */
  readonly model: 'base' | 'custom'
}

export interface QuotaReading {
  readonly quotas: readonly Quota[]
  /** ISO 8601. */
  readonly readAt: string
}

/**
 * What jobs of a model must keep to: applied quotas of the Region where they were read and name the model, else what is
 * documented for a new account, which says so in its source.
 */
export function batchLimits(
  question: LimitsQuestion,
  reading: QuotaReading | undefined,
  catalog: Pick<Catalog, 'models'>,
  facts: CatalogBatch,
): BatchLimits {
  const applied = reading && appliedLimits(question, reading, catalog)
  const documented = documentedLimits(question.modelId, facts)
  const limit = (kind: BatchQuotaKind): BatchLimit => applied?.get(kind) ?? documented(kind)
  return {
    minRecords: limit('minRecords'),
    recordsPerFile: limit('recordsPerFile'),
    recordsPerJob: limit('recordsPerJob'),
    fileBytes: limit('fileBytes'),
    jobBytes: limit('jobBytes'),
    openJobs: limit('openJobs'),
  }
}

function appliedLimits(
  {modelId, model}: LimitsQuestion,
  {quotas, readAt}: QuotaReading,
  catalog: Pick<Catalog, 'models'>,
): ReadonlyMap<BatchQuotaKind, BatchLimit> {
  const modelOf = quotaModels(catalog)
  const found = new Map<BatchQuotaKind, BatchLimit>()
  for (const {code, name, value} of quotas) {
    const parsed = parseBatchQuota(name)
    if (parsed === undefined || value === null || modelOf(parsed.model) !== modelId) continue
    if (parsed.of !== undefined && parsed.of !== model) continue
    const {kind} = parsed
    found.set(kind, {value: toUnit(kind, value), source: `Service Quotas ${code}`, asOf: readAt})
  }
  return found
}

function documentedLimits(modelId: string, facts: CatalogBatch): (kind: BatchQuotaKind) => BatchLimit {
  const {defaults, asOf} = facts
  const values: Readonly<Record<BatchQuotaKind, number>> = {
    minRecords: defaults.minRecords,
    recordsPerFile: defaults.recordsPerFile,
    recordsPerJob: defaults.recordsPerJob,
    fileBytes: defaults.fileGigabytes,
    jobBytes: defaults.jobGigabytesOf[modelId] ?? defaults.jobGigabytes,
    openJobs: defaults.openJobs,
  }
  return (kind) => ({value: toUnit(kind, values[kind]), source: DOCUMENTED, asOf})
}

/** Source of a limit that was not read. */
export const DOCUMENTED = 'AWS General Reference, default of a new account'

function toUnit(kind: BatchQuotaKind, value: number): number {
  return kind === 'fileBytes' || kind === 'jobBytes' ? Math.floor(value * GIGABYTE) : value
}

import type {BatchLimits} from '../plan/plan.schema.js'

export type BatchQuotaKind = keyof BatchLimits

export interface BatchQuotaName {
  readonly kind: BatchQuotaKind
  /** As the quota names it. */
  readonly model: string
  /** Whose jobs it counts; undefined where it makes no difference. */
  readonly of: 'base' | 'custom' | undefined
}

// The unit stands before or after the model, one name ends in a stray dot, and capitals vary.
const PATTERNS: readonly (readonly [BatchQuotaKind, RegExp])[] = [
  ['minRecords', /^minimum number of records per batch inference job for (?<model>.+?)\.?$/i],
  ['recordsPerFile', /^records per input file per batch inference job for (?<model>.+?)\.?$/i],
  ['recordsPerJob', /^records per batch inference job for (?<model>.+?)\.?$/i],
  ['fileBytes', /^batch inference input file size (?:\(in gb\) )?for (?<model>.+?)\.?(?: \(in gb\))?$/i],
  ['jobBytes', /^batch inference job size (?:\(in gb\) )?for (?<model>.+?)\.?(?: \(in gb\))?$/i],
  [
    'openJobs',
    /^sum of in-progress and submitted batch inference jobs using a (?<of>base|custom) model for (?<model>.+?)\.?$/i,
  ],
]

/** What a quota of batch inference limits, and of which model; undefined for every other quota. */
export function parseBatchQuota(name: string): BatchQuotaName | undefined {
  for (const [kind, pattern] of PATTERNS) {
    const groups = pattern.exec(name)?.groups
    const model = groups?.['model']
    if (model === undefined) continue
    const of = groups?.['of']?.toLowerCase()
    return {kind, model, of: of === 'base' || of === 'custom' ? of : undefined}
  }
  return undefined
}

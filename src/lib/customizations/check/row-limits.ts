import {quotaModels} from '../../account/quotas/quota-models.js'
import type {Catalog} from '../../catalog/catalog.js'
import type {CustomModelFacts, TunableBase, Tuning} from '../../catalog/custom-models.schema.js'
import type {Quota} from '../../refresh/ports.js'

/** How many rows a job may have. */
export interface RowLimits {
  readonly least: number | null
  readonly most: number | null
  readonly together: boolean
  /** In words: a quota, or what is documented. */
  readonly from: string
  readonly asOf: string
}

export interface AppliedQuotas {
  readonly quotas: readonly Quota[]
  /** ISO 8601. */
  readonly readAt: string
}

/** `(Model customization) Sum of training and validation records for a Nova Lite Fine-tuning job`, in its variants. */
const NAMES = [
  /^\(model customization\) (?<of>sum of training and validation) records for an? (?<model>.+?) fine-tuning job\.?$/i,
  /^sum of training and validation records for an? (?<model>.+?) fine-tuning job\.?$/i,
]

/** The bound on rows: the quota of the account where it was read and names the base, else what is documented. */
export function rowLimits(
  base: TunableBase,
  tuning: Tuning | undefined,
  facts: CustomModelFacts,
  applied: AppliedQuotas | undefined,
  catalog: Pick<Catalog, 'models'>,
): RowLimits {
  const least = tuning?.records.least ?? null
  const together = tuning?.recordsTogether ?? false
  const quota = tuning?.type === 'FINE_TUNING' ? quotaOf(base, applied, catalog) : undefined
  if (quota && applied) {
    const {code, value} = quota
    return {least, most: value, together: true, from: `quota ${code} of the account`, asOf: applied.readAt}
  }
  return {least, most: tuning?.records.most ?? null, together, from: 'documented default', asOf: facts.asOf}
}

function quotaOf(
  base: TunableBase,
  applied: AppliedQuotas | undefined,
  catalog: Pick<Catalog, 'models'>,
): {readonly code: string; readonly value: number} | undefined {
  if (applied === undefined) return undefined
  const modelOf = quotaModels(catalog)
  for (const {code, name, value} of applied.quotas) {
    const words = NAMES.map((pattern) => pattern.exec(name)?.groups?.['model']).find((model) => model !== undefined)
    if (words !== undefined && value !== null && modelOf(words) === base.modelId) return {code, value}
  }
  return undefined
}

import type {AccountQuota} from '../../../account/quotas/quotas.schema.js'
import type {QuotaLimit} from './quotas.schema.js'

/** The quota as the board holds it; undefined for one that neither calls, jobs nor capacity are held against. */
export function toLimit(quota: AccountQuota, outputFactor: (model: string) => number): QuotaLimit | undefined {
  const kind = kindOf(quota)
  if (kind === undefined) return undefined
  const {adjustable, code, model, modelId, name, route, value} = quota
  const isWeighted = (kind === 'tpm' || kind === 'tpd') && model !== null
  return {
    ...{code, name, value, adjustable, kind, route, model: modelId, named: model},
    outputBurndown: isWeighted ? outputFactor(model) : null,
    latencyOptimized: /latency-optimized/i.test(name),
  }
}

/** Of the quotas of one class, those that something that goes on can be counted against. */
function kindOf({kind, name}: AccountQuota): QuotaLimit['kind'] | undefined {
  switch (kind) {
    case 'tokens-per-minute':
      return 'tpm'
    case 'requests-per-minute':
      return 'rpm'
    case 'tokens-per-day':
      return 'tpd'
    case 'mantle-tokens-per-minute':
      return /\boutput tokens\b/i.test(name) ? 'mantle-output-tpm' : 'mantle-input-tpm'
    case 'batch':
      return /in-progress and submitted .* base model/i.test(name) ? 'batch-jobs' : undefined
    case 'capacity':
      return /^model units\b(?!.*commitment)/i.test(name) ? 'model-units' : undefined
    case 'import':
      return /^imported models\b/i.test(name) ? 'imported-models' : undefined
    default:
      return undefined
  }
}

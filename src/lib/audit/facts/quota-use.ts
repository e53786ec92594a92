import {listQuotas} from '../../account/quotas/list-quotas.js'
import type {AccountQuota} from '../../account/quotas/quotas.schema.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import type {ModelMetrics, ModelUse} from './account-use.js'
import {foundationBehind} from './foundation-behind.js'

/** A quota and all that is called against it in one Region. */
export interface QuotaUse {
  readonly quota: AccountQuota
  readonly users: readonly ModelUse[]
}

/** A model of which no quota is known. */
export interface UnmappedUse {
  readonly use: ModelUse
  readonly missing: readonly Missing[]
}

const KINDS = ['tokens-per-minute', 'requests-per-minute'] as const
const KNOWN = new WeakMap<AuditContext, readonly AccountQuota[]>()

/** Quotas by the minute of bedrock-runtime, save those of latency-optimised calls, which no metric tells apart. */
function minuteQuotas(context: AuditContext): readonly AccountQuota[] {
  const known = KNOWN.get(context)
  if (known !== undefined) return known
  const {quotas} = listQuotas(context.snapshot, {models: [], kinds: KINDS, changed: false}, context.catalog)
  const found = quotas.filter(({name}) => !/latency-optimized/i.test(name))
  KNOWN.set(context, found)
  return found
}

/** Sorts what is called in a Region by the quotas it counts against: those of its base model and of its way there. */
export function quotaUses(
  context: AuditContext,
  region: string,
  models: readonly ModelUse[],
): {readonly uses: readonly QuotaUse[]; readonly unmapped: readonly UnmappedUse[]} {
  const uses = new Map<string, {quota: AccountQuota; users: ModelUse[]}>()
  const unmapped: UnmappedUse[] = []
  for (const use of models) {
    const {route, models: behind, gaps} = foundationBehind(context, region, use.id)
    // Own capacity is not held to the quotas of on-demand calls.
    if (route === 'own' && gaps.length === 0) continue
    const ids = behind.map(({id}) => context.catalog.model(id)?.aliasOf ?? id)
    const quotas = minuteQuotas(context).filter(
      (quota) =>
        quota.region === region && quota.route === route && quota.modelId !== null && ids.includes(quota.modelId),
    )
    for (const quota of quotas) {
      const known = uses.get(quota.code) ?? {quota, users: []}
      known.users.push(use)
      uses.set(quota.code, known)
    }
    if (quotas.some(({kind}) => kind === 'tokens-per-minute')) continue
    const reason = `no quota of tokens by the minute is known for ${use.id}, called ${route ?? 'in an unknown way'}`
    const missing = gaps.length > 0 ? gaps : [{action: 'servicequotas:ListServiceQuotas', code: 'UNMAPPED', reason}]
    unmapped.push({use, missing})
  }
  return {uses: [...uses.values()], unmapped}
}

/** The busiest minute, as far as it can be told: between the two numbers. */
export interface Peak {
  readonly least: number
  readonly most: number
}

/** Of all that counts against a quota; null without any datapoint. Minutes of several models need not coincide. */
export function peakOf({quota, users}: QuotaUse): Peak | null {
  const peaks = users.flatMap(({metrics}) => (metrics ? (peakOfModel(metrics, quota) ?? []) : []))
  if (peaks.length === 0) return null
  return {
    least: Math.max(...peaks.map(({least}) => least)),
    most: peaks.reduce((sum, {most}) => sum + most, 0),
  }
}

function peakOfModel({peak}: ModelMetrics, {kind, outputFactor}: AccountQuota): Peak | null {
  if (kind === 'requests-per-minute') return exactly(peak.requestsPerMinute)
  const factor = outputFactor ?? 1
  const weighted = peak.tokensPerMinute.find((one) => one.outputFactor === factor)?.tokens ?? null
  const estimated = peak.estimatedTokensPerMinute
  const known = [weighted, estimated].filter((value) => value !== null)
  if (known.length > 0) return exactly(Math.max(...known))
  const {inputTokensPerMinute: input, outputTokensPerMinute: output} = peak
  if (input === null && output === null) return null
  const [read, written] = [input ?? 0, (output ?? 0) * factor]
  return {least: Math.max(read, written), most: read + written}
}

function exactly(value: number | null): Peak | null {
  return value === null ? null : {least: value, most: value}
}

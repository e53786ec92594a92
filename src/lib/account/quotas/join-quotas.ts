import type {Catalog} from '../../catalog/catalog.js'
import type {ReadItem} from '../snapshot.schema.js'
import {classifyQuota, outputFactor} from './classify-quota.js'
import {quotaModels} from './quota-models.js'
import type {AccountQuota} from './quotas.schema.js'

type Listed = ReadItem<'service-quotas:bedrock'>

/** The quotas of one Region, applied and default, with what they are for; null: they were not read. */
export function quotaJoiner(
  catalog: Pick<Catalog, 'models'>,
): (region: string, applied: readonly Listed[] | null, defaults: readonly Listed[] | null) => readonly AccountQuota[] {
  const modelOf = quotaModels(catalog)
  return (region, applied, defaults) => {
    const known = new Map((defaults ?? []).map(({code, value}) => [code, value]))
    // A quota that was never raised may be listed among the defaults alone.
    const own = applied ?? []
    const listed = new Set(own.map(({code}) => code))
    const others = applied && defaults ? defaults.filter(({code}) => !listed.has(code)) : []
    return [...own, ...others].map((quota) => toAccountQuota(region, quota, known.get(quota.code) ?? null, modelOf))
  }
}

function toAccountQuota(
  region: string,
  {code, name, value, unit, adjustable, global}: Listed,
  byDefault: number | null,
  modelOf: (name: string) => string | null,
): AccountQuota {
  const {kind, route, model} = classifyQuota(name)
  return {
    region,
    code,
    name,
    kind,
    route,
    model,
    modelId: model === null ? null : modelOf(model),
    value,
    default: byDefault,
    unit,
    adjustable,
    global,
    outputFactor: kind === 'tokens-per-minute' && model !== null ? outputFactor(model) : null,
  }
}

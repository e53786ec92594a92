import type {TargetQuotas} from '../bench/run/quota-check.js'
import type {Target} from '../bench/target/target.js'
import {BedrockctlError} from '../core/errors.js'
import type {Quota} from '../refresh/ports.js'
import type {Connection} from './connect.js'

/** Quotas that hold for each target, as the account has them now; undefined: none is known. */
export async function quotasOf(
  targets: readonly Target[],
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly (TargetQuotas | undefined)[]> {
  const regions = new Set(targets.flatMap((target) => (target.kind === 'bedrock' ? [target.region] : [])))
  const lists = new Map<string, readonly Quota[]>()
  for (const region of regions) {
    if (region !== undefined) lists.set(region, await listQuotas(region, connection, signal))
  }
  return Promise.all(targets.map((target) => quotaOf(target, lists, connection)))
}

/** Reading quotas may be denied to who may call models: then the service itself says when it is enough. */
async function listQuotas(region: string, {session}: Connection, signal: AbortSignal): Promise<readonly Quota[]> {
  if (session === undefined) return []
  try {
    return await (await session.quotas()).listQuotas(region, signal)
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    return []
  }
}

async function quotaOf(
  target: Target,
  lists: ReadonlyMap<string, readonly Quota[]>,
  {catalog}: Connection,
): Promise<TargetQuotas | undefined> {
  if (target.kind !== 'bedrock' || target.api.startsWith('mantle')) return undefined
  const [{classifyQuota, outputFactor}, {quotaModels}, {baseModel}] = await Promise.all([
    import('../account/quotas/classify-quota.js'),
    import('../account/quotas/quota-models.js'),
    import('../bench/target/dialect-of.js'),
  ])
  const modelOf = quotaModels(catalog)
  const id = baseModel(target.modelId, catalog)
  const profile = catalog.profile(target.modelId.slice(target.modelId.lastIndexOf('/') + 1))?.profile
  const route = profile?.kind ?? 'in-region'
  const own = (lists.get(target.region ?? '') ?? []).flatMap(({code, name, value}) => {
    const {kind, model, route: of} = classifyQuota(name)
    const isOptimised = /latency-optimized/i.test(name)
    if (value === null || model === null || of !== route || isOptimised !== (target.latency === 'optimized')) return []
    return modelOf(model) === id ? [{kind, model, value, source: `Service Quotas ${code}`}] : []
  })
  const find = (kind: string) => own.find((quota) => quota.kind === kind)
  const tokens = find('tokens-per-minute')
  return {
    requestsPerMinute: find('requests-per-minute'),
    tokensPerMinute: tokens,
    outputFactor: outputFactor(tokens?.model ?? catalog.model(id)?.name ?? ''),
  }
}

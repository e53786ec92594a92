import {type DefaultQuota, readQuotas} from '../world/quotas.js'

export type Routing = NonNullable<DefaultQuota['routing']>

/** What a quota of a minute counts; mantle counts what goes in and what comes out apart. */
export type QuotaKind = 'requests' | 'tokens' | 'input' | 'output'

const KINDS: readonly (readonly [RegExp, QuotaKind])[] = [
  [/requests per minute/i, 'requests'],
  [/^\[bedrock-mantle endpoint\] Input tokens/i, 'input'],
  [/^\[bedrock-mantle endpoint\] Output tokens/i, 'output'],
  [/^(?!.*latency-optimized).*tokens per minute/i, 'tokens'],
]

let byModel: Promise<ReadonlyMap<string, ReadonlyMap<QuotaKind, DefaultQuota>>> | undefined

/** The quotas of a minute for a base model by a routing. */
export async function quotasOf(model: string, routing: Routing): Promise<ReadonlyMap<QuotaKind, DefaultQuota>> {
  byModel ??= readQuotas().then(indexed)
  return (await byModel).get(`${model}/${routing}`) ?? new Map()
}

function indexed(rows: readonly DefaultQuota[]): ReadonlyMap<string, ReadonlyMap<QuotaKind, DefaultQuota>> {
  const index = new Map<string, Map<QuotaKind, DefaultQuota>>()
  for (const row of rows) {
    const kind = KINDS.find(([pattern]) => pattern.test(row.name))?.[1]
    if (row.period !== 'MINUTE' || row.model === undefined || row.routing === undefined || !kind) continue
    const key = `${row.model}/${row.routing}`
    const known = index.get(key) ?? new Map<QuotaKind, DefaultQuota>()
    index.set(key, known.set(kind, row))
  }
  return index
}

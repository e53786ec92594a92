import {type DefaultQuota, readQuotas} from '../world/quotas.js'

export type Routing = NonNullable<DefaultQuota['routing']>

/** What a quota of a minute counts, mantle what goes in and what comes out apart; `day`: tokens, day by day. */
export type QuotaKind = 'requests' | 'tokens' | 'input' | 'output' | 'day'

const KINDS: readonly (readonly [RegExp, QuotaKind])[] = [
  [/requests per minute/i, 'requests'],
  [/^\[bedrock-mantle endpoint\] Input tokens/i, 'input'],
  [/^\[bedrock-mantle endpoint\] Output tokens/i, 'output'],
  [/^(?!.*latency-optimized).*tokens per minute/i, 'tokens'],
]

let byModel: Promise<ReadonlyMap<string, ReadonlyMap<QuotaKind, DefaultQuota>>> | undefined

/** The quotas of requests and tokens for a base model by a routing. */
export async function quotasOf(model: string, routing: Routing): Promise<ReadonlyMap<QuotaKind, DefaultQuota>> {
  byModel ??= readQuotas().then(indexed)
  return (await byModel).get(`${model}/${routing}`) ?? new Map()
}

function indexed(rows: readonly DefaultQuota[]): ReadonlyMap<string, ReadonlyMap<QuotaKind, DefaultQuota>> {
  const index = new Map<string, Map<QuotaKind, DefaultQuota>>()
  for (const row of rows) {
    for (const [routing, kind] of countsFor(row)) {
      const key = `${row.model}/${routing}`
      const known = index.get(key) ?? new Map<QuotaKind, DefaultQuota>()
      index.set(key, known.set(kind, row))
    }
  }
  return index
}

/** A quota of a day is one for all calls but those by a global profile. */
function countsFor({model, name, period, routing}: DefaultQuota): readonly (readonly [Routing, QuotaKind])[] {
  if (model === undefined) return []
  if (period === 'DAY') return (routing ? [routing] : (['in-region', 'geo'] as const)).map((one) => [one, 'day'])
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1]
  return period === 'MINUTE' && routing && kind ? [[routing, kind]] : []
}

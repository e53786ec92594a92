import type {RequestContext} from '../../handler.js'
import type {MeterKind} from '../../world/price-meters.js'
import type {Usage} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {seriesOfUsage} from '../cloudwatch/metrics.js'
import {type Series, sampled} from '../cloudwatch/series.js'
import {requestSeries} from '../cloudwatch/traffic-series.js'
import type {BilledLine} from './billed-line.js'
import {calledResource} from './called-resource.js'
import {type TokenRate, tokenRates} from './token-rates.js'

// Metric of CloudWatch → kind of token. What is billed is what was counted there.
const KINDS: Readonly<Record<string, MeterKind>> = {
  InputTokenCount: 'input',
  OutputTokenCount: 'output',
  CacheReadInputTokenCount: 'cacheRead',
  CacheWriteInputTokenCount: 'cacheWrite',
  TotalInputTokens: 'input',
  TotalOutputTokens: 'output',
}

/** Billed by the hour or minute, as a scenario's `spend`. */
const BY_TIME = /:(?:provisioned|imported)-model\//

/** What an account used in one Region that the sandbox knows no price of. */
export interface Unpriced {
  readonly unpriced: string
}

/** The tokens of an account's usage in one Region, as billing has them. */
export async function usageLines(context: RequestContext): Promise<readonly (BilledLine | Unpriced)[]> {
  const place = placeOf(context)
  const {world, account, region} = context
  const declared = (place.resources.usage ?? []).map((usage) => ({...usage, series: seriesOfUsage(usage, place)}))
  const made = (world.traffic.get(`${account}/${region}`) ?? []).map((source): Use => {
    const {modelId: model, mantle, tier, streaming} = source.caller
    return {model, mantle, tier, streaming: streaming > 0.5, series: requestSeries(source, () => world.now())}
  })
  return (await Promise.all([...declared, ...made].map((one) => linesOf(one, context)))).flat()
}

/** What is billed of a model's calls: each metric once, whatever the dimensions it is written under. */
type Use = Pick<Usage, 'model' | 'mantle' | 'tier' | 'streaming' | 'cacheWriteTtl'> & {
  readonly series: readonly Series[]
}

async function linesOf(usage: Use, context: RequestContext): Promise<readonly (BilledLine | Unpriced)[]> {
  const {world, account, region} = context
  if (BY_TIME.test(usage.model)) return []
  const called = calledResource(world, account, region, usage.model)
  if (!called) return [{unpriced: `${usage.model} in ${region}`}]
  const tier = usage.tier ?? 'standard'
  const rates = await tokenRates(world.catalog, {
    ...called,
    region,
    routing: usage.mantle ? 'mantle' : called.routing,
    tier,
  })
  const operation = usage.streaming ? 'InvokeModelStreamingInference' : 'InvokeModelInference'
  return usage.series.flatMap((series): (BilledLine | Unpriced)[] => {
    const counted = KINDS[series.name]
    if (!counted) return []
    const kind = counted === 'cacheWrite' && usage.cacheWriteTtl === '1h' ? 'cacheWrite1h' : counted
    const rate = rates.get(kind)
    if (!rate) return [{unpriced: `${kind} tokens of ${usage.model} in ${region} (${tier})`}]
    return [lineOf(series, rate, {account, region, operation, tags: called.tags})]
  })
}

type Place = Pick<BilledLine, 'account' | 'operation' | 'region' | 'tags'>

function lineOf(series: Series, rate: TokenRate, place: Place): BilledLine {
  const {service, usageType, billingEntity, unit, tokensPerUnit, usdPerUnit} = rate
  return {
    ...place,
    service,
    usageType,
    billingEntity,
    unit,
    recordType: 'Usage',
    amount(from, to) {
      const quantity = (sampled(series, from, to)?.sum ?? 0) / tokensPerUnit
      return {quantity, usd: quantity * usdPerUnit}
    },
  }
}

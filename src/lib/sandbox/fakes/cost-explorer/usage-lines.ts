import type {RequestContext} from '../../handler.js'
import type {MeterKind} from '../../world/price-meters.js'
import type {Usage} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {seriesOfUsage} from '../cloudwatch/metrics.js'
import {type Series, sampled} from '../cloudwatch/series.js'
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

/** The tokens of an account's usage in one Region, as billing has them. */
export async function usageLines(context: RequestContext): Promise<readonly BilledLine[]> {
  const {usage = []} = placeOf(context).resources
  return (await Promise.all(usage.map((one) => linesOf(one, context)))).flat()
}

async function linesOf(usage: Usage, context: RequestContext): Promise<readonly BilledLine[]> {
  const {world, account, region} = context
  const called = calledResource(world, account, region, usage.model)
  if (!called) return []
  const rates = await tokenRates(world.catalog, {
    ...called,
    region,
    routing: usage.mantle ? 'mantle' : called.routing,
    tier: usage.tier ?? 'standard',
  })
  const operation = usage.streaming ? 'InvokeModelStreamingInference' : 'InvokeModelInference'
  return seriesOfUsage(usage, placeOf(context)).flatMap((series) => {
    const kind = KINDS[series.name]
    const rate = kind && rates.get(kind === 'cacheWrite' && usage.cacheWriteTtl === '1h' ? 'cacheWrite1h' : kind)
    return rate ? [lineOf(series, rate, {account, region, operation, tags: called.tags})] : []
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

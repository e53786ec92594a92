import type {RequestContext} from '../../handler.js'
import {type BilledCalls, notedKinds, notedTokens, type TokenKind} from '../../world/billed-calls.js'
import type {Usage} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {seriesOfUsage} from '../cloudwatch/metrics.js'
import {type Series, sampled} from '../cloudwatch/series.js'
import {requestSeries} from '../cloudwatch/traffic-series.js'
import type {BilledLine} from './billed-line.js'
import {type CalledResource, calledResource} from './called-resource.js'
import {type TokenRate, tokenRates} from './token-rates.js'

// Metric of CloudWatch → kind of token. What is billed is what was counted there.
const KINDS: Readonly<Record<string, TokenKind>> = {
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
  const declared = (place.resources.usage ?? []).map((usage): Use => {
    const {cacheWriteTtl} = usage
    return {...usage, counted: countedIn(seriesOfUsage(usage, place), cacheWriteTtl)}
  })
  const made = (world.traffic.get(`${account}/${region}`) ?? []).map((source): Use => {
    const {modelId: model, mantle, tier, streaming} = source.caller
    return {
      model,
      mantle,
      tier,
      streaming: streaming > 0.5,
      counted: countedIn(requestSeries(source, () => world.now())),
    }
  })
  const called = [...(world.account(account).billed.get(region)?.values() ?? [])].map((calls): Use => {
    const counted = notedKinds(calls).map((kind): Counted => {
      return {kind, tokens: (from, to) => notedTokens(calls, kind, from, to)}
    })
    return {...calls, counted, called: resourceOf(calls, context)}
  })
  return (await Promise.all([...declared, ...made, ...called].map((one) => linesOf(one, context)))).flat()
}

/** What is billed of a model's calls: each metric once, whatever the dimensions it is written under. */
interface Use {
  readonly model: string
  readonly mantle?: boolean | undefined
  readonly tier?: string | undefined
  readonly streaming?: boolean | undefined
  readonly counted: readonly Counted[]
  /** What it is billed as, where that is known already. */
  readonly called?: CalledResource | undefined
}

function resourceOf({resource}: BilledCalls, {world}: RequestContext): CalledResource | undefined {
  const model = resource && world.catalog.model(resource.base)
  return model && {...resource, model}
}

interface Counted {
  readonly kind: TokenKind
  /** In [from, to). */
  tokens(from: number, to: number): number
}

function countedIn(series: readonly Series[], cacheWriteTtl?: Usage['cacheWriteTtl']): readonly Counted[] {
  return series.flatMap((one): Counted[] => {
    const counted = KINDS[one.name]
    if (!counted) return []
    const kind = counted === 'cacheWrite' && cacheWriteTtl === '1h' ? 'cacheWrite1h' : counted
    return [{kind, tokens: (from, to) => sampled(one, from, to)?.sum ?? 0}]
  })
}

async function linesOf(usage: Use, context: RequestContext): Promise<readonly (BilledLine | Unpriced)[]> {
  const {world, account, region} = context
  if (BY_TIME.test(usage.model)) return []
  const called = usage.called ?? calledResource(world, account, region, usage.model)
  if (!called) return [{unpriced: `${usage.model} in ${region}`}]
  const tier = usage.tier ?? 'standard'
  const rates = await tokenRates(world.catalog, {
    ...called,
    region,
    routing: usage.mantle ? 'mantle' : called.routing,
    tier,
  })
  const operation = usage.streaming ? 'InvokeModelStreamingInference' : 'InvokeModelInference'
  return usage.counted.map((counted): BilledLine | Unpriced => {
    const rate = rates.get(counted.kind)
    if (!rate) return {unpriced: `${counted.kind} tokens of ${usage.model} in ${region} (${tier})`}
    return lineOf(counted, rate, {account, region, operation, tags: called.tags})
  })
}

type Place = Pick<BilledLine, 'account' | 'operation' | 'region' | 'tags'>

function lineOf(counted: Counted, rate: TokenRate, place: Place): BilledLine {
  const {service, usageType, billingEntity, unit, tokensPerUnit, usdPerUnit} = rate
  return {
    ...place,
    service,
    usageType,
    billingEntity,
    unit,
    recordType: 'Usage',
    amount(from, to) {
      const quantity = counted.tokens(from, to) / tokensPerUnit
      return {quantity, usd: quantity * usdPerUnit}
    },
  }
}

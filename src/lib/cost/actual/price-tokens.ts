import {type Decimal, decimal, ZERO} from '../../core/decimal.js'
import type {PriceBook, Rate} from '../../prices/price-book.js'
import type {TokenKind} from '../../prices/price-list.js'
import {priceUsages} from '../price-usage.js'
import type {CalledModel} from './called-model.js'
import type {TokenSeries} from './ports.js'

/** Tokens of one kind that one called id took in one tier, priced. */
export interface UsedLine {
  readonly region: string
  /** As called. */
  readonly called: string
  readonly target: CalledModel
  readonly tier: string
  readonly kind: TokenKind
  readonly days: ReadonlyMap<string, Decimal>
  readonly rate: Rate | null
  /** Why there is no rate. */
  readonly why: string | null
}

export interface RegionTokens {
  readonly region: string
  readonly series: readonly TokenSeries[]
}

/** Variant of the prices of customised models; without one they cost what their base does. */
export const CUSTOM_MODEL = 'custom-model'

/** Metric name of CloudWatch for calls that wanted less latency: `model-id+latency-optimized`. */
const OPTIMISED = '+latency-optimized'

/** Puts the book's prices to what CloudWatch counted. */
export function priceTokens(
  tokens: readonly RegionTokens[],
  resolve: (series: TokenSeries, region: string) => CalledModel,
  book: PriceBook,
): readonly UsedLine[] {
  return tokens.flatMap(({region, series}) =>
    byTier(series).map((one) => priceOne(region, one, resolve(one, region), book)),
  )
}

/** CloudWatch has the sum over all tiers, and beside it what each named tier served: the rest is standard. */
function byTier(series: readonly TokenSeries[]): readonly (TokenSeries & {readonly tier: string})[] {
  const same = (one: TokenSeries, other: TokenSeries) =>
    one.endpoint === other.endpoint && one.modelId === other.modelId && one.kind === other.kind
  const sums = series.filter(({tier}) => tier === null)
  const tiered = series.flatMap((one) => {
    const tier = one.tier === 'default' ? 'standard' : one.tier
    return tier === null || tier === 'standard' ? [] : [{...one, tier}]
  })
  const rest = sums.map((sum) => {
    const parts = tiered.filter((one) => same(one, sum))
    const days = [...sum.days].map(([day, count]): [string, number] => [
      day,
      Math.max(0, count - parts.reduce((total, part) => total + (part.days.get(day) ?? 0), 0)),
    ])
    return {...sum, tier: 'standard', days: new Map(days)}
  })
  return [...rest, ...tiered].filter(({days}) => [...days.values()].some((count) => count > 0))
}

function priceOne(
  region: string,
  series: TokenSeries & {readonly tier: string},
  target: CalledModel,
  book: PriceBook,
): UsedLine {
  const {kind, modelId: called} = series
  const days = new Map([...series.days].map(([day, count]) => [day, decimal(count)]))
  return {region, called, target, kind, days, ...calledRate({region, called, tier: series.tier, kind}, target, book)}
}

/** Tokens of one kind as they are called. */
export interface CalledTokens {
  readonly region: string
  readonly called: string
  readonly tier: string
  readonly kind: TokenKind
}

/** What such tokens cost, in the tier that the id of the call says where it says one; or why that is not known. */
export function calledRate(
  {called, kind, region, tier: asked}: CalledTokens,
  {kind: is, modelId, profileId, route}: Pick<CalledModel, 'kind' | 'modelId' | 'profileId' | 'route'>,
  book: PriceBook,
): Pick<UsedLine, 'tier' | 'rate' | 'why'> {
  const tier = called.endsWith(OPTIMISED) ? 'latency-optimized' : asked
  if (modelId === null) return {tier, rate: null, why: WHY[is]}
  const usage = {component: called, modelId, region, route, profileId, tier, quantity: ZERO}
  const ways = is === 'custom-deployment' ? [{variant: CUSTOM_MODEL, route: null}, {}] : [{}]
  const usages = ways.map((way) => ({...usage, meter: 'tokens' as const, of: kind, variant: null, ...way}))
  const found = priceUsages(usages, book)
  const priced = found.find(({rate}) => rate !== null) ?? found[0]
  if (!priced) return {tier, rate: null, why: WHY.unknown}
  return priced.rate === null ? {tier, rate: null, why: priced.why} : {tier, rate: priced.rate, why: null}
}

const WHY: Readonly<Record<CalledModel['kind'], string>> = {
  system: 'the model is not in the catalog',
  'application-profile': 'what the profile leads to could not be read',
  'custom-deployment': 'the base model of the deployment could not be read',
  provisioned: 'provisioned throughput is billed by the hour, not by tokens',
  imported: 'imported models are billed by copies and minutes, not by tokens',
  unknown: 'what the id stands for is not known',
}

/** Tokens of the days that `keep` keeps. */
export function tokensOf({days}: Pick<UsedLine, 'days'>, keep: (day: string) => boolean): Decimal {
  let sum = ZERO
  for (const [day, count] of days) if (keep(day)) sum = sum.plus(count)
  return sum
}

/** What they cost; null without a rate. */
export function amountOf(line: UsedLine, keep: (day: string) => boolean): Decimal | null {
  return line.rate && tokensOf(line, keep).times(line.rate.amount).div(line.rate.per)
}

import {type Decimal, decimal, sumOf, toNumber, ZERO} from '../../core/decimal.js'
import type {PriceBook, Rate} from '../../prices/price-book.js'
import type {TokenKind} from '../../prices/price-list.js'
import type {Reconciled} from './actual.schema.js'
import type {TokenCharge} from './decode-charge.js'
import {amountOf, CUSTOM_MODEL, tokensOf, type UsedLine} from './price-tokens.js'
import type {BilledLine} from './read-bill.js'
import {addDays, isSettled, isWithin, type Window} from './window.js'

export interface ReconcileInput {
  readonly used: readonly UsedLine[]
  readonly billed: readonly BilledLine[]
  readonly window: Window
  /** Whose CloudWatch was read. */
  readonly regions: readonly string[]
  readonly book: PriceBook
}

type Reason = Reconciled['reasons'][number]

/** Below half a cent a difference is rounding. */
const ROUNDING = decimal('0.005')
/** CloudWatch lists metrics with data of the last two weeks: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
const LISTED_DAYS = 14

/**
 * Tokens counted against tokens billed, for each model and Region. A difference is taken apart only as far as the
 * numbers themselves tell: what is left is called unexplained.
 */
export function reconcile(input: ReconcileInput): readonly Reconciled[] {
  const groups = new Map<string, {used: UsedLine[]; billed: BilledToken[]}>()
  const groupOf = (modelId: string, region: string) => {
    const key = `${modelId}\n${region}`
    const group = groups.get(key) ?? {used: [], billed: []}
    groups.set(key, group)
    return group
  }
  for (const line of input.used) {
    if (line.target.modelId !== null && line.rate) groupOf(line.target.modelId, line.region).used.push(line)
  }
  for (const line of input.billed) {
    const {charge, region} = line
    if (charge.is !== 'tokens' || charge.modelId === null || region === null) continue
    if (isWithin(line.day, input.window.shown))
      groupOf(charge.modelId, region).billed.push(toToken(line, charge, input))
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, group]) => {
      const [modelId = '', region = ''] = key.split('\n')
      return reconcileGroup(modelId, region, group, input)
    })
}

interface BilledToken {
  readonly line: BilledLine
  readonly charge: TokenCharge
  /** Cache writes of any time to live are one count in CloudWatch. */
  readonly kind: TokenKind
  /** null: the unit does not say how many tokens it is. */
  readonly tokens: Decimal | null
  /** By the book, for as many tokens; null without a price. */
  readonly value: Decimal | null
}

function toToken(line: BilledLine, charge: TokenCharge, {book}: ReconcileInput): BilledToken {
  const per = tokensPerUnit(line)
  const tokens = per === null ? null : line.quantity.times(per)
  const rate = rateOf(charge, line.region ?? '', book)
  return {
    line,
    charge,
    tokens,
    kind: charge.kind === 'cacheWrite1h' ? 'cacheWrite' : charge.kind,
    value: tokens && rate && rate.currency === line.currency ? tokens.times(rate.amount).div(rate.per) : null,
  }
}

/** `Units` are of Marketplace, which counts in millions. */
function tokensPerUnit({unit, service}: BilledLine): number | null {
  if (/\b1 ?K\b/i.test(unit)) return 1000
  if (/\b1 ?M\b|million/i.test(unit)) return 1_000_000
  if (/^tokens?$/i.test(unit)) return 1
  return /^units?$/i.test(unit) && service.endsWith('(Amazon Bedrock Edition)') ? 1_000_000 : null
}

function rateOf(charge: TokenCharge, region: string, book: PriceBook): Rate | undefined {
  const {modelId, kind, longPrompts, routing, tier, variant} = charge
  // A price for long prompts goes by a length that the bill does not tell.
  if (modelId === null || longPrompts) return undefined
  // Bills do not tell In-Region from geographic profiles; neither do prices.
  const route = routing === 'regional' ? 'geo' : routing
  const own = book.rate({modelId, meter: 'tokens', of: kind, variant, region, route, tier})
  if (own || variant !== CUSTOM_MODEL) return own
  return book.rate({modelId, meter: 'tokens', of: kind, variant: null, region, route: 'geo', tier})
}

interface Group {
  readonly used: readonly UsedLine[]
  readonly billed: readonly BilledToken[]
}

function reconcileGroup(modelId: string, region: string, group: Group, input: ReconcileInput): readonly Reconciled[] {
  const {shown} = input.window
  const currencies = new Set([
    ...group.used.flatMap(({rate}) => (rate ? [rate.currency] : [])),
    ...group.billed.map(({line}) => line.currency),
  ])
  const [currency = 'USD', ...others] = currencies
  // Amounts of two currencies have no difference.
  if (others.length > 0) return []
  const metrics = sumOf(group.used.map((line) => amountOf(line, (day) => isWithin(day, shown)) ?? ZERO))
  const billed = sumOf(group.billed.map(({line}) => line.amount))
  if (metrics.eq(ZERO) && billed.eq(ZERO)) return []
  const difference = billed.minus(metrics)
  const reasons = reasonsOf(group, region, input).filter(({amount}) => Math.abs(amount) >= ROUNDING.toNumber())
  const explained = sumOf(reasons.map(({amount}) => decimal(amount)))
  const rest = difference.minus(explained)
  return [
    {
      modelId,
      region,
      currency,
      metrics: toNumber(metrics),
      billed: toNumber(billed),
      difference: toNumber(difference),
      reasons,
      unexplained: rest.abs().lt(ROUNDING) ? 0 : toNumber(rest),
    },
  ]
}

function reasonsOf(group: Group, region: string, input: ReconcileInput): readonly Reason[] {
  const priced = group.billed.filter(({value}) => value !== null)
  const bookOf = (lines: readonly BilledToken[]) => sumOf(lines.map(({value}) => value ?? ZERO))
  const paidOf = (lines: readonly BilledToken[]) => sumOf(lines.map(({line}) => line.amount))
  const unpriced = group.billed.filter(({value}) => value === null)
  const batch = priced.filter(({charge}) => charge.tier === 'batch')
  const counted = new Set(group.used.map(({kind}) => kind))
  const mantleCache = priced.filter(
    ({charge, kind}) => charge.routing === 'mantle' && /^cache/.test(kind) && !counted.has(kind),
  )
  const comparable = priced.filter((one) => !batch.includes(one) && !mantleCache.includes(one))
  const {meter, delay} = byKind(group.used, comparable, input)
  const reason = (kind: Reason['kind'], text: string, amount: Decimal): Reason => ({
    kind,
    text,
    amount: toNumber(amount),
  })
  return [
    reason('delay', 'use of the last two days that the bill does not have yet', delay),
    reason('price', 'billed at other prices than the book has', paidOf(priced).minus(bookOf(priced))),
    reason('no-price', 'billed, but the book has no such price', paidOf(unpriced)),
    reason('batch', 'batch inference, whose tokens are not in these metrics', bookOf(batch)),
    reason('mantle-cache', 'cache of bedrock-mantle, which CloudWatch does not count', bookOf(mantleCache)),
    reason('meter', 'tiers, routes and cache times that the sums of CloudWatch do not tell apart', meter),
    ...unseen(group.used, comparable, region, input),
  ]
}

/** Value of billed tokens less that of counted ones, kind by kind: by what a token costs, and by how many there are. */
function byKind(used: readonly UsedLine[], billed: readonly BilledToken[], {window}: ReconcileInput) {
  let meter = ZERO
  let delay = ZERO
  for (const kind of new Set(used.map((line) => line.kind))) {
    const lines = used.filter((line) => line.kind === kind)
    const shown = (day: string) => isWithin(day, window.shown)
    const fresh = (day: string) => shown(day) && !isSettled(day, window.now)
    const tokens = sumOf(lines.map((line) => tokensOf(line, shown)))
    if (tokens.eq(ZERO)) continue
    const average = sumOf(lines.map((line) => amountOf(line, shown) ?? ZERO)).div(tokens)
    const same = billed.filter((one) => one.kind === kind)
    for (const {value, tokens: count} of same) meter = meter.plus((value ?? ZERO).minus((count ?? ZERO).times(average)))
    const freshlyUsed = sumOf(lines.map((line) => tokensOf(line, fresh)))
    const freshlyBilled = sumOf(same.flatMap(({line, tokens: count}) => (fresh(line.day) && count ? [count] : [])))
    // More on the bill than was counted is no delay.
    if (freshlyBilled.lt(freshlyUsed)) delay = delay.plus(freshlyBilled.minus(freshlyUsed).times(average))
  }
  return {meter, delay}
}

/** What CloudWatch could not tell because it was not asked, or does not list it any more. */
function unseen(
  used: readonly UsedLine[],
  billed: readonly BilledToken[],
  region: string,
  {regions, window}: ReconcileInput,
): readonly Reason[] {
  if (used.length > 0 || billed.length === 0) return []
  const amount = toNumber(sumOf(billed.map(({value}) => value ?? ZERO)))
  if (!regions.includes(region)) {
    return [{kind: 'region-unread', text: `CloudWatch of ${region} was not read`, amount}]
  }
  const last =
    billed
      .map(({line}) => line.day)
      .toSorted()
      .at(-1) ?? ''
  if (addDays(last, LISTED_DAYS) >= window.today) return []
  return [{kind: 'not-listed', text: `last used ${last}: CloudWatch lists metrics of the last 14 days`, amount}]
}

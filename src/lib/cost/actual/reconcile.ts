import {type Decimal, decimal, sumOf, toNumber, ZERO} from '../../core/decimal.js'
import type {PriceBook} from '../../prices/price-book.js'
import type {Reconciled} from './actual.schema.js'
import {type BilledToken, toToken} from './billed-token.js'
import {amountOf, tokensOf, type UsedLine} from './price-tokens.js'
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
      groupOf(charge.modelId, region).billed.push(toToken(line, charge, input.book))
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, group]) => {
      const [modelId = '', region = ''] = key.split('\n')
      return reconcileGroup(modelId, region, group, input)
    })
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
  const {reasons, rest} = withoutCrumbs(reasonsOf(group, region, input), difference)
  const isRounding = rest.abs().lt(ROUNDING)
  return [
    {
      modelId,
      region,
      currency,
      metrics: toNumber(metrics),
      billed: toNumber(billed),
      difference: toNumber(difference),
      reasons,
      unexplained: isRounding ? 0 : toNumber(rest),
      rounding: isRounding ? toNumber(rest) : 0,
    },
  ]
}

/** Parts of less than half a cent are left out, unless together they are more: they are not unexplained. */
function withoutCrumbs(all: readonly Reason[], difference: Decimal): {reasons: readonly Reason[]; rest: Decimal} {
  const restOf = (reasons: readonly Reason[]) => difference.minus(sumOf(reasons.map(({amount}) => decimal(amount))))
  const large = all.filter(({amount}) => ROUNDING.lte(Math.abs(amount)))
  const reasons = restOf(large).abs().lt(ROUNDING) ? large : all.filter(({amount}) => amount !== 0)
  return {reasons, rest: restOf(reasons)}
}

function reasonsOf(group: Group, region: string, input: ReconcileInput): readonly Reason[] {
  const priced = group.billed.filter(({value}) => value !== null)
  const bookOf = (lines: readonly BilledToken[]) => sumOf(lines.map(({value}) => value ?? ZERO))
  const chargedFor = (lines: readonly BilledToken[]) => sumOf(lines.map(({line}) => line.amount))
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
    reason('price', 'billed at other prices than the book has', chargedFor(priced).minus(bookOf(priced))),
    reason('no-price', 'billed, but the book has no such price', chargedFor(unpriced)),
    reason('batch', 'batch inference, whose tokens are not in these metrics', bookOf(batch)),
    reason('mantle-cache', 'cache of bedrock-mantle, which CloudWatch does not count', bookOf(mantleCache)),
    reason('meter', 'tiers, routes and cache times that the sums of CloudWatch do not tell apart', meter),
    ...unseen(group.used, comparable, region, input),
  ]
}

/**
 * What is billed less what was counted, kind by kind: by how a token is billed, which complete days tell, and by what the
 * bill does not have yet of the others.
 */
function byKind(used: readonly UsedLine[], billed: readonly BilledToken[], {window}: ReconcileInput) {
  const settled = (day: string) => isWithin(day, window.shown) && isSettled(day, window.now)
  const fresh = (day: string) => isWithin(day, window.shown) && !isSettled(day, window.now)
  let meter = ZERO
  let delay = ZERO
  for (const kind of new Set(used.map((line) => line.kind))) {
    const counts = used.filter((line) => line.kind === kind)
    const bills = billed.filter((one) => one.kind === kind)
    const [counted, paid] = [countedOf(counts, settled), paidOf(bills, settled)]
    const isTold = counted.tokens.gt(ZERO) && paid.tokens.gt(ZERO)
    const extra = isTold ? paid.value.div(paid.tokens).minus(counted.value.div(counted.tokens)) : ZERO
    const [countedLate, paidLate] = [countedOf(counts, fresh), paidOf(bills, fresh)]
    const late = paidLate.value.minus(countedLate.value).minus(extra.times(paidLate.tokens))
    meter = meter.plus(extra.times(paid.tokens.plus(paidLate.tokens)))
    // More on the bill than was counted is no delay, nor is what the bill does not have of complete days either.
    const isBilled = paid.tokens.gt(ZERO) || counted.tokens.eq(ZERO)
    if (late.lt(ZERO) && isBilled) delay = delay.plus(late)
  }
  return {meter, delay}
}

interface Worth {
  readonly tokens: Decimal
  readonly value: Decimal
}

function countedOf(lines: readonly UsedLine[], keep: (day: string) => boolean): Worth {
  return {
    tokens: sumOf(lines.map((line) => tokensOf(line, keep))),
    value: sumOf(lines.map((line) => amountOf(line, keep) ?? ZERO)),
  }
}

function paidOf(lines: readonly BilledToken[], keep: (day: string) => boolean): Worth {
  const kept = lines.filter(({line}) => keep(line.day))
  return {
    tokens: sumOf(kept.map(({tokens}) => tokens ?? ZERO)),
    value: sumOf(kept.map(({value}) => value ?? ZERO)),
  }
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

import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {Catalog} from '../../catalog/catalog.js'
import type {Unread} from '../../core/answer.schema.js'
import {toNumber} from '../../core/decimal.js'
import type {PriceBook} from '../../prices/price-book.js'
import type {PriceOrigin} from '../estimate/estimate.schema.js'
import type {ActualResult, By} from './actual.schema.js'
import {type Budget, judgeBudget} from './budget.js'
import {calledModels} from './called-model.js'
import {forecasts} from './forecast.js'
import {groupRows} from './group-rows.js'
import {purseOf, toMoney} from './money.js'
import {amountOf, priceTokens, type RegionTokens, tokensOf, type UsedLine} from './price-tokens.js'
import type {Bill} from './read-bill.js'
import {reconcile} from './reconcile.js'
import {PRINCIPAL_PREFIX, untaggedOf} from './untagged.js'
import {isWithin, startOfMonth, type Window} from './window.js'

export interface ActualInput {
  readonly account: string
  readonly window: Window
  readonly source: ActualResult['source']
  readonly by: By
  /** Key as Cost Explorer knows it. */
  readonly tag: string | undefined
  readonly budget: Budget | undefined
  readonly prices: PriceOrigin | null
  readonly simulated: boolean
  readonly unread: readonly Unread[]
  /** Requests made to Cost Explorer. */
  readonly requests: number
  /** null: not read. */
  readonly bill: Bill | null
  readonly usage: ReadUsage | null
}

export interface ReadUsage {
  readonly tokens: readonly RegionTokens[]
  readonly snapshot: AccountSnapshot
}

/** AWS Cost Explorer FAQ, and SKU BX68HKNBJP73AFBV of the Price List: each request, each page too. */
export const REQUEST_USD = 0.01
export const REQUEST_SOURCE = 'https://aws.amazon.com/aws-cost-management/aws-cost-explorer/faqs/'

/** What was spent, by what was counted and by what was billed, and how the two go together. Pure. */
export function judgeActual(
  input: ActualInput,
  {catalog, book}: {readonly catalog: Catalog; readonly book: PriceBook},
): ActualResult {
  const {bill, by, tag, window} = input
  // Where no Region could be read, nothing is known, which is not nothing.
  const usage = input.usage && input.usage.tokens.length > 0 ? input.usage : null
  const {shown} = window
  const used = usage && usedLines(usage, catalog, book)
  const regions = (usage?.tokens ?? []).map(({region}) => region)
  const months = forecasts(used, bill, window)
  return {
    schemaVersion: 1,
    simulated: input.simulated,
    unread: input.unread,
    account: input.account,
    from: shown.from,
    to: shown.to,
    source: input.source,
    regions,
    by,
    prices: used ? input.prices : null,
    rows: groupRows({by, tag, used, bill, shown}),
    metrics: used && toMoney(metricsTotal(used, window)),
    billed: bill && toMoney(purseOf(bill.lines.filter(({day}) => isWithin(day, shown)))),
    adjustments: bill ? adjustmentsOf(bill, window) : [],
    reconciliation: used && bill ? reconcile({used, billed: bill.lines, window, regions, book}) : [],
    unpriced: unpricedOf(used ?? [], window),
    undecoded: bill ? undecodedOf(bill, window) : [],
    forecasts: months,
    untagged: tag === undefined ? null : untaggedOf(tag, used, bill),
    activeTags: bill?.activeTags ?? null,
    notes: notesOf({...input, usage}),
    requests: {count: input.requests, usd: Number((input.requests * REQUEST_USD).toFixed(2)), source: REQUEST_SOURCE},
    ...(input.budget && {gate: judgeBudget(input.budget, months, gapsOf(input, used))}),
  }
}

function usedLines({tokens, snapshot}: ReadUsage, catalog: Catalog, book: PriceBook): readonly UsedLine[] {
  return priceTokens(tokens, calledModels(snapshot, catalog), book)
}

function metricsTotal(used: readonly UsedLine[], {shown}: Window) {
  return purseOf(
    used.flatMap((line) => {
      const amount = amountOf(line, (day) => isWithin(day, shown))
      return line.rate && amount ? [{currency: line.rate.currency, amount}] : []
    }),
  )
}

/** Why what is known of this month is not all of it. */
function gapsOf({bill, source, unread, window}: ActualInput, used: readonly UsedLine[] | null): readonly string[] {
  if (bill) return []
  const {today} = window
  const isThisMonth = (day: string) => day >= startOfMonth(today, 0)
  const unpriced = (used ?? []).filter((line) => line.rate === null && tokensOf(line, isThisMonth).gt(0))
  const closed = unread.filter(({action}) => action.startsWith('cloudwatch:')).map(({region}) => region)
  return [
    ...(source === 'metrics' ? [] : ['the bill could not be read']),
    ...(closed.length === 0 ? [] : [`CloudWatch of ${[...new Set(closed)].sort().join(', ')} could not be read`]),
    ...(unpriced.length === 0 ? [] : ['some tokens of this month have no price']),
  ]
}

function adjustmentsOf({adjustments}: Bill, {shown}: Window): ActualResult['adjustments'] {
  const inside = adjustments.filter(({day}) => isWithin(day, shown))
  const types = [...new Set(inside.map(({recordType}) => recordType))].sort()
  return types.flatMap((recordType) =>
    toMoney(purseOf(inside.filter((one) => one.recordType === recordType))).map((money) => ({recordType, ...money})),
  )
}

function unpricedOf(used: readonly UsedLine[], {shown}: Window): ActualResult['unpriced'] {
  return used.flatMap((line) => {
    const tokens = toNumber(tokensOf(line, (day) => isWithin(day, shown)))
    if (line.rate !== null || tokens === 0) return []
    const {called, kind, region, why} = line
    return [{region, called, kind, tokens, why: why ?? ''}]
  })
}

function undecodedOf({lines}: Bill, {shown}: Window): ActualResult['undecoded'] {
  const inside = lines.filter(({charge, day}) => charge.is === 'undecoded' && isWithin(day, shown))
  const names = [...new Set(inside.map(({service, usageType}) => `${service}\n${usageType}`))].sort()
  return names.flatMap((name) => {
    const [service = '', usageType = ''] = name.split('\n')
    const same = inside.filter((line) => line.service === service && line.usageType === usageType)
    return toMoney(purseOf(same)).map((money) => ({service, usageType, ...money}))
  })
}

function notesOf({bill, by, tag, usage, source}: ActualInput): readonly string[] {
  const of = (condition: boolean, note: string) => (condition ? [note] : [])
  return [
    ...of(
      bill !== null && bill.services.length === 0,
      'Cost Explorer has no service with Bedrock in its name for these days.',
    ),
    ...of(source !== 'metrics' && bill === null, 'The bill could not be read.'),
    ...of(source !== 'bill' && usage === null, 'CloudWatch could not be read.'),
    ...of(bill?.forecast === null, 'Cost Explorer has too little history of this account to forecast by.'),
    ...of(
      by === 'profile' && bill !== null,
      'A bill does not say which profile was called: tag the profiles and ask --by tag.',
    ),
    ...of(
      by === 'principal',
      `Cost Explorer groups by the tag ${tag?.slice(PRINCIPAL_PREFIX.length)} of users and roles; the principal itself is in CUR 2.0 only, and neither is known for days before the tag was activated.`,
    ),
    ...of(
      usage !== null,
      'CloudWatch lists models that were called in the last 14 days, counts no batch inference and does not tell cache writes of one hour from those of five minutes, which are taken for the latter.',
    ),
    ...of(bill !== null, 'The bill is of this account alone and up to 24 hours behind.'),
  ]
}

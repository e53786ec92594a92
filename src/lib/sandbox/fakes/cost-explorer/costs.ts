import type * as CostExplorer from '@aws-sdk/client-cost-explorer'
import {
  DataUnavailableException,
  type Expression,
  type GroupDefinition,
  InvalidNextTokenException,
  type ResultByTime,
} from '@aws-sdk/client-cost-explorer'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {ScenarioCost} from '../../world/scenario.schema.js'
import {placeOf} from '../account-place.js'
import {pageOf} from '../page.js'

type Spend = NonNullable<ScenarioCost['spend']>[number]

const DAY_MS = 86_400_000

// Every day costs the same; what matters is under which service, usage type and Region it is booked.
export const costs = handlersFor<typeof CostExplorer>()({
  GetCostAndUsage({TimePeriod, Granularity, Filter, Metrics, GroupBy = []}, context) {
    if (Granularity === 'HOURLY') {
      throw new DataUnavailableException({message: 'Hourly data is not enabled for this account.', $metadata: {}})
    }
    const spend = spendHere(context).filter((one) => matches(one, Filter, context))
    const results = spans(TimePeriod.Start, TimePeriod.End, Granularity).map(([start, end]): ResultByTime => {
      const days = (Date.parse(end) - Date.parse(start)) / DAY_MS
      const groups = GroupBy.length === 0 ? undefined : grouped(spend, GroupBy, days, Metrics, context)
      return {
        TimePeriod: {Start: start, End: end},
        Total: groups ? {} : totals(spend, days, Metrics),
        Groups: groups ?? [],
        Estimated: Date.parse(end) > context.now() - DAY_MS,
      }
    })
    return {GroupDefinitions: GroupBy, ResultsByTime: results, DimensionValueAttributes: []}
  },

  GetDimensionValues({Dimension, SearchString, Filter, MaxResults = 1000, NextPageToken}, context) {
    const spend = spendHere(context).filter((one) => matches(one, Filter, context))
    const values = [...new Set(spend.map((one) => dimensionOf(one, Dimension, context)))]
      .filter((value) => SearchString === undefined || value.toLowerCase().includes(SearchString.toLowerCase()))
      .sort()
    const scope = JSON.stringify([Dimension, SearchString, Filter])
    const page = pageOf(values, {token: NextPageToken, size: MaxResults, scope})
    if (!page) throw new InvalidNextTokenException({message: 'The next token is invalid.', $metadata: {}})
    return {
      DimensionValues: page.items.map((Value) => ({Value, Attributes: {}})),
      ReturnSize: page.items.length,
      TotalSize: values.length,
      NextPageToken: page.next,
    }
  },
})

const spendHere = (context: RequestContext): readonly Spend[] => placeOf(context).account.cost.spend ?? []

function spans(start: string | undefined, end: string | undefined, granularity: string): [string, string][] {
  const from = Date.parse(start ?? '')
  const to = Date.parse(end ?? '')
  if (!(from < to)) throw invalid('Start date (and hour) should be before end date (and hour)')
  const found: [string, string][] = []
  for (let time = from; time < to; ) {
    const next = Math.min(to, granularity === 'DAILY' ? time + DAY_MS : startOfNextMonth(time))
    found.push([isoDay(time), isoDay(next)])
    time = next
  }
  return found
}

function startOfNextMonth(time: number): number {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

function grouped(
  spend: readonly Spend[],
  by: readonly GroupDefinition[],
  days: number,
  metrics: readonly string[],
  context: RequestContext,
) {
  const groups = new Map<string, {readonly keys: string[]; readonly members: Spend[]}>()
  for (const one of spend) {
    const keys = by.map(({Type, Key = ''}) => (Type === 'DIMENSION' ? dimensionOf(one, Key, context) : `${Key}$`))
    const name = JSON.stringify(keys)
    const group = groups.get(name) ?? {keys, members: []}
    group.members.push(one)
    groups.set(name, group)
  }
  return [...groups.values()].map(({keys, members}) => ({Keys: keys, Metrics: totals(members, days, metrics)}))
}

function totals(spend: readonly Spend[], days: number, metrics: readonly string[]) {
  const usd = spend.reduce((sum, one) => sum + one.usdPerDay, 0) * days
  return Object.fromEntries(
    metrics.map((metric) => {
      const quantity = /usage/i.test(metric)
      return [metric, {Amount: usd.toFixed(10), Unit: quantity ? 'N/A' : 'USD'}]
    }),
  )
}

function dimensionOf({service, usageType, region}: Spend, dimension: string, {account}: RequestContext): string {
  switch (dimension) {
    case 'SERVICE':
      return service
    case 'USAGE_TYPE':
      return usageType
    case 'REGION':
      return region
    case 'LINKED_ACCOUNT':
      return account
    default:
      throw invalid(`The sandbox has no values for the dimension ${dimension}.`)
  }
}

function matches(spend: Spend, filter: Expression | undefined, context: RequestContext): boolean {
  if (!filter) return true
  if (filter.Or) return filter.Or.some((part) => matches(spend, part, context))
  if (filter.And) return filter.And.every((part) => matches(spend, part, context))
  if (filter.Not) return !matches(spend, filter.Not, context)
  if (filter.Dimensions) {
    const {Key = '', Values = []} = filter.Dimensions
    return Values.includes(dimensionOf(spend, Key, context))
  }
  return false
}

const invalid = (message: string): WireError => new WireError('ValidationException', message)

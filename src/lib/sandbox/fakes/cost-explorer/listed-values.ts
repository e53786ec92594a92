import type * as CostExplorer from '@aws-sdk/client-cost-explorer'
import {InvalidNextTokenException, type SortDefinition} from '@aws-sdk/client-cost-explorer'
import {handlersFor, type RequestContext} from '../../handler.js'
import {type Page, type PageRequest, pageOf} from '../page.js'
import {type Bill, openBill} from './bill.js'
import type {BilledLine} from './billed-line.js'
import {checkMetrics, type Part, totals} from './cost-metrics.js'
import {dimensionReader} from './dimensions.js'
import {invalid, notServed} from './refusals.js'
import {type Period, pastPeriod} from './time-period.js'

const MOST = 1000

export const listedValues = handlersFor<typeof CostExplorer>()({
  async GetDimensionValues(input, context) {
    const {Dimension, Context = 'COST_AND_USAGE', Filter, TimePeriod} = input
    if (Context !== 'COST_AND_USAGE') throw notServed(`values in the context ${Context}`)
    const read = dimensionReader(Dimension)
    const period = pastPeriod(TimePeriod, context.now())
    const bill = await openBill(Filter, context)
    const values = valuesOf(bill, period, (line) => [read(line)], input)
    const scope = JSON.stringify([Dimension, TimePeriod, Filter, input.SearchString])
    const {items, next} = page(values, {token: input.NextPageToken, size: pageSize(input), scope})
    return {
      DimensionValues: items.map(({value, parts}) => ({
        Value: value,
        Attributes: attributes(Dimension, parts, context),
      })),
      ReturnSize: items.length,
      TotalSize: values.length,
      NextPageToken: next,
    }
  },

  async GetTags(input, context) {
    const {TagKey, Filter, TimePeriod} = input
    const period = pastPeriod(TimePeriod, context.now())
    const bill = await openBill(Filter, context)
    const active = (line: BilledLine) => Object.entries(line.tags).filter(([key]) => bill.activeTags.has(key))
    const keys = (line: BilledLine) => active(line).map(([key]) => key)
    const values = (line: BilledLine) => [active(line).find(([key]) => key === TagKey)?.[1] ?? '']
    const found = valuesOf(bill, period, TagKey === undefined ? keys : values, input)
    const scope = JSON.stringify(['tags', TagKey, TimePeriod, Filter, input.SearchString])
    const {items, next} = page(found, {token: input.NextPageToken, size: pageSize(input), scope})
    return {
      Tags: items.map(({value}) => value),
      ReturnSize: items.length,
      TotalSize: found.length,
      NextPageToken: next,
    }
  },
})

interface Listed {
  readonly value: string
  readonly parts: readonly Part[]
}

interface ListInput {
  readonly MaxResults?: number | undefined
  readonly SearchString?: string | undefined
  readonly SortBy?: readonly SortDefinition[] | undefined
  readonly NextPageToken?: string | undefined
}

/** MaxResults counts for sorted lists alone. */
function pageSize({MaxResults = MOST, SortBy = []}: ListInput): number {
  return SortBy.length > 0 ? Math.min(MaxResults, MOST) : MOST
}

/** The values that lines with anything billed in the period have: by name, or as the caller sorts them. */
function valuesOf(
  bill: Bill,
  period: Period,
  read: (line: BilledLine) => readonly string[],
  {SearchString, SortBy = [], NextPageToken}: ListInput,
): readonly Listed[] {
  if (SortBy.length > 0 && (SearchString !== undefined || NextPageToken !== undefined)) {
    throw invalid('NextPageToken and SearchString are not supported with SortBy')
  }
  const found = new Map<string, Part[]>()
  for (const line of bill.lines) {
    const amount = bill.amount(line, period)
    if (!amount) continue
    for (const value of read(line)) found.set(value, [...(found.get(value) ?? []), {line, ...amount}])
  }
  const wanted = [...found]
    .map(([value, parts]): Listed => ({value, parts}))
    .filter(({value}) => value.toLowerCase().includes((SearchString ?? '').toLowerCase()))
    .sort((one, other) => (one.value < other.value ? -1 : 1))
  return SortBy.reduce<readonly Listed[]>(sorted, wanted)
}

function sorted(values: readonly Listed[], {Key, SortOrder}: SortDefinition): readonly Listed[] {
  const metric = Key ?? ''
  checkMetrics([metric])
  const amount = ({parts}: Listed) => Number(totals(parts, [metric])[metric]?.Amount)
  const direction = SortOrder === 'DESCENDING' ? -1 : 1
  return values.toSorted((one, other) => direction * (amount(one) - amount(other)))
}

function attributes(dimension: string, parts: readonly Part[], {world}: RequestContext): Record<string, string> {
  const [first] = parts
  if (!first) return {}
  if (dimension === 'LINKED_ACCOUNT') return {description: world.account(first.line.account).name}
  return dimension === 'USAGE_TYPE' ? {unit: first.line.unit} : {}
}

function page<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const found = pageOf(all, request)
  if (!found) throw new InvalidNextTokenException({message: 'The next token is invalid.', $metadata: {}})
  return found
}

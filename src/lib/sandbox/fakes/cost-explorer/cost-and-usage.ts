import type * as CostExplorer from '@aws-sdk/client-cost-explorer'
import {
  type DimensionValuesWithAttributes,
  type Group,
  type GroupDefinition,
  InvalidNextTokenException,
  type ResultByTime,
} from '@aws-sdk/client-cost-explorer'
import {handlersFor, type RequestContext} from '../../handler.js'
import {pageOf} from '../page.js'
import {type Bill, openBill} from './bill.js'
import type {BilledLine} from './billed-line.js'
import {visibleAccounts} from './billed-lines.js'
import {checkMetrics, type Part, totals} from './cost-metrics.js'
import {groupReader} from './dimensions.js'
import {invalid} from './refusals.js'
import {checkGranularity, type Period, pastPeriod, spansOf, startOfMonth, toInterval} from './time-period.js'

const MOST_GROUPS_BY = 2
const GROUPS_PER_PAGE = 2000

export const costAndUsage = handlersFor<typeof CostExplorer>()({
  async GetCostAndUsage({TimePeriod, Granularity, Filter, Metrics, GroupBy = [], NextPageToken}, context) {
    checkMetrics(Metrics)
    checkGranularity(Granularity)
    const readers = groupReaders(GroupBy)
    const spans = spansOf(pastPeriod(TimePeriod, context.now()), Granularity)
    const bill = await openBill(Filter, context)
    const results = spans.map((span): ResultByTime => {
      const parts = partsOf(bill, span)
      return {
        TimePeriod: toInterval(span),
        Total: readers.length === 0 ? totals(parts, Metrics) : {},
        Groups: readers.length === 0 ? [] : groups(parts, readers, bill, Metrics),
        // A month is estimated until it is over and invoiced.
        Estimated: span[1] > startOfMonth(context.now()),
      }
    })
    const scope = JSON.stringify([TimePeriod, Granularity, Filter, Metrics, GroupBy])
    const page = pageOf(pagesOf(results), {token: NextPageToken, size: 1, scope})
    if (!page) throw new InvalidNextTokenException({message: 'The next token is invalid.', $metadata: {}})
    return {
      NextPageToken: page.next,
      GroupDefinitions: GroupBy,
      ResultsByTime: page.items.flat(),
      DimensionValueAttributes: accountNames(GroupBy, context),
    }
  },
})

function partsOf(bill: Bill, span: Period): readonly Part[] {
  return bill.lines.flatMap((line) => {
    const amount = bill.amount(line, span)
    return amount ? [{line, ...amount}] : []
  })
}

type KeyReader = (line: BilledLine, bill: Bill) => string

function groupReaders(by: readonly GroupDefinition[]): readonly KeyReader[] {
  if (by.length > MOST_GROUPS_BY) throw invalid('Only two values for GroupBy are allowed')
  return by.map(({Type, Key}) => {
    if (Type === undefined || Key === undefined || Key === '') {
      throw invalid('Group Definition is invalid. Both type an key need to be set to a non-empty value.')
    }
    if (Type === 'DIMENSION') return groupReader(Key)
    // No account here has cost categories.
    if (Type === 'COST_CATEGORY') return () => `${Key}$`
    return ({tags}, {activeTags}) => `${Key}$${activeTags.has(Key) ? (tags[Key] ?? '') : ''}`
  })
}

function groups(parts: readonly Part[], by: readonly KeyReader[], bill: Bill, metrics: readonly string[]): Group[] {
  const found = new Map<string, {readonly keys: string[]; readonly parts: Part[]}>()
  for (const part of parts) {
    const keys = by.map((read) => read(part.line, bill))
    const name = keys.join('\0')
    const group = found.get(name) ?? {keys, parts: []}
    group.parts.push(part)
    found.set(name, group)
  }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => ({Keys: group.keys, Metrics: totals(group.parts, metrics)}))
}

/** Whole days or months, as many a page as have that many groups together; at least one. */
function pagesOf(results: readonly ResultByTime[]): ResultByTime[][] {
  const pages: ResultByTime[][] = [[]]
  let filled = 0
  for (const result of results) {
    const size = result.Groups?.length ?? 0
    if (filled > 0 && filled + size > GROUPS_PER_PAGE) {
      pages.push([])
      filled = 0
    }
    pages.at(-1)?.push(result)
    filled += size
  }
  return pages
}

function accountNames(by: readonly GroupDefinition[], context: RequestContext): DimensionValuesWithAttributes[] {
  if (!by.some(({Key}) => Key === 'LINKED_ACCOUNT')) return []
  return visibleAccounts(context).map((id) => ({
    Value: id,
    Attributes: {description: context.world.account(id).name},
  }))
}

import type {Catalog} from '../../catalog/catalog.js'
import {type Decimal, decimal, ONE, sumOf} from '../../core/decimal.js'
import type {PriceBook} from '../../prices/price-book.js'
import {type PricedUsage, priceUsages, type Total, totalsOf} from '../price-usage.js'
import type {Demand, DemandContext, WorkloadProblem} from '../workload/demand.js'
import {demandOf} from '../workload/demand-of.js'
import {resolveCall} from '../workload/resolve-call.js'
import type {Workload} from '../workload/workload.schema.js'

export interface EstimatePorts {
  readonly catalog: Catalog
  readonly book: PriceBook
}

/** What one workload costs, in decimals. */
export interface WorkloadEstimate {
  readonly workload: Workload
  /** The month as stated, before growth and seasonal profile. */
  readonly demand: Demand
  readonly lines: readonly PricedUsage[]
  readonly month: readonly Total[]
  /** Twelve months: twelve times the month, or the sum of the months of a growth or profile. */
  readonly year: readonly Total[]
  /** The twelve months one by one; undefined where they are all alike. */
  readonly months: readonly (readonly Total[])[] | undefined
}

const MONTHS = 12

/** Prices a workload; what is wrong with it comes back as problems, all at once, and then there is no estimate. */
export function estimateWorkload(
  workload: Workload,
  defaultRegion: string | undefined,
  ports: EstimatePorts,
): WorkloadEstimate | readonly WorkloadProblem[] {
  const problems: WorkloadProblem[] = []
  const priceMonth = (factor: Decimal) => {
    const demand = demandOf(workload, contextOf(workload, factor, defaultRegion, ports.catalog, problems))
    return {demand, lines: priceUsages(demand.usages, ports.book)}
  }
  const {demand, lines} = priceMonth(ONE)
  if (problems.length > 0) return problems
  const unsold = notSold(workload, lines)
  if (unsold.length > 0) return unsold
  const month = totalsOf(lines)
  const factors = monthlyFactors(workload)
  const months = factors?.map((factor) => totalsOf(priceMonth(factor).lines))
  const year = months
    ? addTotals(months)
    : month.map(({amount, currency}) => ({currency, amount: amount.times(MONTHS)}))
  return {workload, demand, lines, month, year, months}
}

function contextOf(
  workload: Workload,
  factor: Decimal,
  defaultRegion: string | undefined,
  catalog: Catalog,
  problems: WorkloadProblem[],
): DemandContext {
  const problem = (path: readonly PropertyKey[], message: string) => {
    problems.push({workload: workload.name, path, message})
  }
  return {
    factor,
    region: ('region' in workload ? workload.region : undefined) ?? defaultRegion,
    problem,
    call(call, path) {
      const resolved = resolveCall(call, catalog, defaultRegion)
      if (typeof resolved !== 'string') return resolved
      problem(path, resolved)
      return {modelId: call.model, name: call.model, region: call.region ?? '', route: 'in-region'}
    },
  }
}

/** A model's own tokens without a price: the combination that was asked for is not sold. */
function notSold({name}: Workload, lines: readonly PricedUsage[]): readonly WorkloadProblem[] {
  return lines.flatMap((line) => {
    if (line.rate !== null || line.meter !== 'tokens' || (line.of !== 'input' && line.of !== 'output')) return []
    const sold = line.sold.map(({region, routing, tier}) => [region ?? 'some Regions', routing, tier].join(' '))
    const here = line.sold.filter(({region}) => region === line.region || region === '*')
    const near = (here.length > 0 ? here : line.sold).map(({region, routing, tier}) =>
      [region === '*' ? 'any Region' : (region ?? 'some Regions'), routing ?? 'any route', tier].join(' '),
    )
    const instead = sold.length === 0 ? 'nothing of it has a known price' : `sold: ${firstFew(near)}`
    return [{workload: name, path: [], message: `${line.why}; ${instead}`}]
  })
}

const FEW = 6

function firstFew(words: readonly string[]): string {
  const distinct = [...new Set(words)]
  const more = distinct.length > FEW ? ` and ${distinct.length - FEW} more` : ''
  return `${distinct.slice(0, FEW).join(', ')}${more}`
}

/** The volume of each month over the stated one; undefined where every month is the same. */
function monthlyFactors({growth, months}: Workload): readonly Decimal[] | undefined {
  if (growth === undefined && months === undefined) return undefined
  const rate = ONE.plus(decimal(growth ?? 0))
  let grown = ONE
  return Array.from({length: MONTHS}, (_, month) => {
    const factor = grown.times(decimal(months?.[month] ?? 1))
    grown = grown.times(rate)
    return factor
  })
}

/** Totals by currency, added up. */
export function addTotals(lists: readonly (readonly Total[])[]): readonly Total[] {
  const currencies = [...new Set(lists.flat().map(({currency}) => currency))]
  return currencies.map((currency) => ({
    currency,
    amount: sumOf(lists.flat().flatMap((total) => (total.currency === currency ? [total.amount] : []))),
  }))
}

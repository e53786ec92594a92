import type {Catalog} from '../../catalog/catalog.js'
import {BILLED_SERVICES} from '../../catalog/meters.js'
import {type Decimal, decimal, ONE, sumOf, ZERO} from '../../core/decimal.js'
import type {PriceBook} from '../../prices/price-book.js'
import {type PricedUsage, priceUsages, type Total, totalsOf} from '../price-usage.js'
import {findSubject, nearSubjects} from '../prices/name-subject.js'
import type {Demand, DemandContext, WorkloadProblem} from '../workload/demand.js'
import {demandOf} from '../workload/demand-of.js'
import {resolveCall, unknownRegion} from '../workload/resolve-call.js'
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
  /** What is paid a single time; empty where nothing is. */
  readonly once: readonly Total[]
  /** What is paid once, and twelve months: twelve times the month, or the sum of the months of a growth or profile. */
  readonly year: readonly Total[]
  /** The twelve months one by one, without what is paid once; undefined where they are all alike. */
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
  const month = monthOf(lines)
  const once = totalsOf(lines.filter((line) => line.once))
  const factors = monthlyFactors(workload)
  const months = factors?.map((factor) => monthOf(priceMonth(factor).lines))
  const [outgrown] = problems
  if (outgrown) return [{...outgrown, message: `with growth and monthly profile, ${outgrown.message}`}]
  const twelve = months ?? [month.map(({amount, currency}) => ({currency, amount: amount.times(MONTHS)}))]
  return {workload, demand, lines, month, once, year: addTotals([...twelve, once]), months}
}

/** What is wrong with a workload whatever the prices are. */
export function workloadProblems(
  workload: Workload,
  defaultRegion: string | undefined,
  catalog: Catalog,
): readonly WorkloadProblem[] {
  const problems: WorkloadProblem[] = []
  demandOf(workload, contextOf(workload, ONE, defaultRegion, catalog, problems))
  return problems
}

/** A currency in which everything is paid once has a month of zero. */
function monthOf(lines: readonly PricedUsage[]): readonly Total[] {
  return totalsOf(lines.map((line) => (line.once && line.rate ? {...line, amount: ZERO} : line)))
}

function contextOf(
  workload: Workload,
  factor: Decimal,
  defaultRegion: string | undefined,
  catalog: Catalog,
  problems: WorkloadProblem[],
): DemandContext {
  const problem = (path: readonly PropertyKey[], message: string, next?: string) => {
    problems.push({workload: workload.name, path, message, next})
  }
  const region = ('region' in workload ? workload.region : undefined) ?? defaultRegion
  const strange =
    region === undefined || workload.kind === 'self-hosted' || 'model' in workload
      ? undefined
      : unknownRegion(region, catalog)
  if (strange !== undefined) problem(['region'], strange)
  return {
    factor,
    region,
    problem,
    subject(name, path) {
      const found = findSubject(name, catalog)
      if (found) return found.id
      const near = nearSubjects(name, catalog)
      problem(path, `no model or billed service is called “${name}”${near === undefined ? '' : `. ${near}`}`)
      return name
    },
    call(call, path) {
      const resolved = resolveCall(call, catalog, defaultRegion)
      if (typeof resolved !== 'string') return resolved
      problem(path, resolved, 'bedrockctl models list --offline')
      return {modelId: call.model, name: call.model, region: call.region ?? '', route: 'in-region'}
    },
  }
}

/**
 * What is asked for and not sold so, once for a call of which nothing is. Anything else without a price stays in the
 * estimate, as a line that says so.
 */
function notSold({name}: Workload, lines: readonly PricedUsage[]): readonly WorkloadProblem[] {
  const told = new Set<string>()
  return lines.filter(isRefused).flatMap(({component, meter, modelId, region, route, tier, variant, why}) => {
    const what = [component, meter, modelId, region, route, tier, variant].join('\n')
    if (told.has(what)) return []
    told.add(what)
    return [{workload: name, path: [], message: why, next: `bedrockctl cost prices ${modelId}`}]
  })
}

/** A model's own tokens without a price, or a variant of a model that is sold in others only. */
function isRefused(line: PricedUsage): line is Extract<PricedUsage, {rate: null}> {
  if (line.rate !== null) return false
  if (line.meter === 'tokens') return line.of === 'input' || line.of === 'output'
  if (Object.hasOwn(BILLED_SERVICES, line.modelId)) return false
  return line.sold.length > 0 && line.sold.every(({variant}) => variant !== line.variant)
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

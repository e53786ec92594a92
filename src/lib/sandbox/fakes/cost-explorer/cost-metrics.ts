import type {MetricValue} from '@aws-sdk/client-cost-explorer'
import type {Amount, BilledLine} from './billed-line.js'
import {invalid} from './refusals.js'

// Without reservations, savings plans and discounts all of them are the list price.
const COSTS: ReadonlySet<string> = new Set([
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'UnblendedCost',
])
const QUANTITIES: ReadonlySet<string> = new Set(['NormalizedUsageAmount', 'UsageQuantity'])
const DIGITS = 10

/** One line's part in a period. */
export interface Part extends Amount {
  readonly line: BilledLine
}

/** Names of metrics as GetCostAndUsage takes them; at least one. */
export function checkMetrics(metrics: readonly string[]): void {
  if (metrics.length === 0) throw invalid('Metrics must not be empty.')
  const wrong = metrics.find((metric) => !COSTS.has(metric) && !QUANTITIES.has(metric))
  if (wrong === undefined) return
  throw invalid(`Metric ${wrong} is invalid. Valid values are ${[...COSTS, ...QUANTITIES].join(', ')}`)
}

/** The sum of the parts by each metric. Quantities of different units add up to something without one. */
export function totals(parts: readonly Part[], metrics: readonly string[]): Record<string, MetricValue> {
  return Object.fromEntries(metrics.map((metric) => [metric, COSTS.has(metric) ? cost(parts) : quantity(parts)]))
}

function cost(parts: readonly Part[]): MetricValue {
  return {Amount: decimal(parts.reduce((sum, {usd}) => sum + usd, 0)), Unit: 'USD'}
}

function quantity(parts: readonly Part[]): MetricValue {
  const units = new Set(parts.map(({line}) => line.unit))
  const [unit = 'N/A', ...others] = units
  const sum = parts.reduce((total, part) => total + part.quantity, 0)
  return {Amount: decimal(sum), Unit: others.length === 0 ? unit : 'N/A'}
}

/** A number of Cost Explorer: ten digits after the point at most, zero without any. */
export function decimal(value: number): string {
  return value.toFixed(DIGITS).replace(/\.?0+$/, '')
}

import {type Decimal, decimal, ZERO} from '../../core/decimal.js'
import type {BoardFacts} from './state.js'

/** What AWS charges for calls that the board makes, in US dollars: of most Regions, as public documents quote the list. */
export const CALL_PRICES = {
  asOf: '2026-11-21',
  source: 'https://aws.amazon.com/cloudwatch/pricing/',
  /** GetMetricData, for each metric asked; no free tier. */
  metric: {usd: '0.01', per: 1000},
  /** ListMetrics and the like, for each request; a million a month are free. */
  request: {usd: '0.01', per: 1000},
  /** Cost Explorer, for each request, each page too. */
  bill: {usd: '0.01', per: 1, source: 'https://aws.amazon.com/aws-cost-management/aws-cost-explorer/faqs/'},
} as const

/** What the board's own calls cost an hour at the pace of the last minutes. */
export interface CallRate {
  /** What is charged for sure. */
  readonly leastPerHour: Decimal
  /** If every request were charged like ListMetrics: which are free is not told by a count. */
  readonly mostPerHour: Decimal
  readonly metricsPerHour: number
  readonly callsPerHour: number
  /** Nothing is charged for calls to a sandbox, or for a recording. */
  readonly isFree: boolean
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** How long the reducer keeps single looks at least. */
const KEPT_MS = 10 * MINUTE_MS

/** undefined before a minute has passed: one look tells no pace. */
export function callRate({data, intervalMs, nowMs, spent, subject}: BoardFacts): CallRate | undefined {
  const ageMs = nowMs - spent.sinceMs
  if (ageMs < MINUTE_MS) return undefined
  const windowMs = Math.min(KEPT_MS, ageMs, Math.max(MINUTE_MS, 2 * intervalMs))
  const recent = spent.recent.filter(({atMs}) => atMs > nowMs - windowMs)
  const hourly = (count: number) => (count * HOUR_MS) / windowMs
  const metricsPerHour = hourly(recent.reduce((sum, {metrics}) => sum + metrics, 0))
  const callsPerHour = hourly(recent.reduce((sum, {calls}) => sum + calls, 0))
  const isFree = subject.simulated || subject.replayed
  if (isFree) return {leastPerHour: ZERO, mostPerHour: ZERO, metricsPerHour, callsPerHour, isFree}
  // The bill is read once an hour, and each of its rows knows how many requests that took.
  const rows = [...data.costs.values()].flatMap((kept) => kept.rows)
  const bill = Math.max(0, ...rows.map(({requests}) => requests ?? 0))
  const leastPerHour = costOf(metricsPerHour, CALL_PRICES.metric).plus(costOf(bill, CALL_PRICES.bill))
  return {
    leastPerHour,
    mostPerHour: leastPerHour.plus(costOf(callsPerHour, CALL_PRICES.request)),
    ...{metricsPerHour, callsPerHour, isFree},
  }
}

function costOf(count: number, {per, usd}: {readonly usd: string; readonly per: number}): Decimal {
  return decimal(usd).times(decimal(count)).div(per)
}

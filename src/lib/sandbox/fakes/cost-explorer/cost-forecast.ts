import type * as CostExplorer from '@aws-sdk/client-cost-explorer'
import {DataUnavailableException, type ForecastResult, type Metric} from '@aws-sdk/client-cost-explorer'
import {handlersFor} from '../../handler.js'
import {type Bill, openBill} from './bill.js'
import {billedUntil} from './billed-lines.js'
import {decimal} from './cost-metrics.js'
import {invalid} from './refusals.js'
import {days, isoDay, type Period, spansOf, startOfDay, startOfMonth, toInterval} from './time-period.js'

const DAY_MS = 86_400_000
/** Days of the past that the forecast goes by. */
const HISTORY_DAYS = 30
const MONTHS_AHEAD = {DAILY: 3, MONTHLY: 18, HOURLY: 0}
const METRICS: readonly Metric[] = [
  'AMORTIZED_COST',
  'BLENDED_COST',
  'NET_AMORTIZED_COST',
  'NET_UNBLENDED_COST',
  'UNBLENDED_COST',
]

export const costForecast = handlersFor<typeof CostExplorer>()({
  async GetCostForecast({TimePeriod, Metric, Granularity, Filter, PredictionIntervalLevel}, context) {
    if (!METRICS.includes(Metric)) throw invalid(`Metric ${Metric} is invalid. Valid values are ${METRICS.join(', ')}`)
    if (Granularity === 'HOURLY') throw invalid('Only DAILY and MONTHLY granularities are supported for forecasts')
    const period = futurePeriod(days(TimePeriod), Granularity, context.now())
    const {mean, deviation} = dailyCost(await openBill(Filter, context), context.now())
    const breadth = PredictionIntervalLevel === undefined ? 0 : quantile(PredictionIntervalLevel / 100) * deviation
    const results = spansOf(period, Granularity).map((span): ForecastResult => {
      const length = (span[1] - span[0]) / DAY_MS
      const value = mean * length
      const half = breadth * Math.sqrt(length)
      const interval = {
        PredictionIntervalLowerBound: decimal(Math.max(0, value - half)),
        PredictionIntervalUpperBound: decimal(value + half),
      }
      return {
        TimePeriod: toInterval(span),
        MeanValue: decimal(value),
        ...(PredictionIntervalLevel === undefined ? {} : interval),
      }
    })
    const total = (mean * (period[1] - period[0])) / DAY_MS
    return {Total: {Amount: decimal(total), Unit: 'USD'}, ForecastResultsByTime: results}
  },
})

/** From yesterday on, as far ahead as the granularity reaches. */
function futurePeriod([from, to]: Period, granularity: keyof typeof MONTHS_AHEAD, now: number): Period {
  if (from >= to) throw invalid(`Requested Start: ${isoDay(from)} must be before requested End: ${isoDay(to)}`)
  const earliest = startOfDay(now) - DAY_MS
  if (from < earliest) throw invalid(`Earliest supported Start is ${isoDay(earliest)}`)
  const ahead = new Date(startOfDay(now))
  const latest = ahead.setUTCMonth(ahead.getUTCMonth() + MONTHS_AHEAD[granularity])
  if (to > latest) throw invalid(`Latest supported End is ${isoDay(latest)}`)
  return [from, to]
}

/** Mean and standard deviation of the whole days before; refused with less than one full billing cycle. */
function dailyCost(bill: Bill, now: number): {readonly mean: number; readonly deviation: number} {
  const cost = (period: Period) => bill.lines.reduce((sum, line) => sum + (bill.amount(line, period)?.usd ?? 0), 0)
  const cycle: Period = [startOfMonth(now, -1), startOfMonth(now, -1) + DAY_MS]
  if (cost(cycle) === 0) {
    throw new DataUnavailableException({message: 'Insufficient amount of historical data', $metadata: {}})
  }
  const end = startOfDay(billedUntil(now))
  const costs = Array.from({length: HISTORY_DAYS}, (_, back) => cost([end - (back + 1) * DAY_MS, end - back * DAY_MS]))
  const mean = costs.reduce((sum, one) => sum + one, 0) / HISTORY_DAYS
  const variance = costs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / HISTORY_DAYS
  return {mean, deviation: Math.sqrt(variance)}
}

/** How many standard deviations a normal distribution has on either side for a share: 0.8 → 1.28. */
function quantile(share: number): number {
  // Bisection over the logistic approximation of the normal distribution, good to a hundredth.
  let [low, high] = [0, 5]
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2
    const within = 2 / (1 + Math.exp(-1.5976 * middle - 0.070566 * middle ** 3)) - 1
    if (within < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

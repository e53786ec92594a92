import {type Decimal, decimal, sumOf, toNumber, ZERO} from '../../core/decimal.js'
import type {ActualForecast} from './actual.schema.js'
import {type Coin, purseOf, toMoney} from './money.js'
import {amountOf, type UsedLine} from './price-tokens.js'
import {type Bill, FORECAST_LEVEL} from './read-bill.js'
import {addDays, daysBetween, startOfMonth, type Window} from './window.js'

const DAY_MS = 86_400_000
/** Whole days of the past that the straight line goes by. */
const MOST_DAYS = 30

/** What this month comes to: by Cost Explorer, and by a straight line through what CloudWatch counted. */
export function forecasts(
  used: readonly UsedLine[] | null,
  bill: Bill | null,
  window: Window,
): readonly ActualForecast[] {
  if (window.read.to <= window.today) return []
  return [...(bill ? ofBill(bill, window) : []), ...(used ? ofMetrics(used, window) : [])]
}

function ofBill({lines, adjustments, forecast, services}: Bill, {today}: Window): readonly ActualForecast[] {
  const month = startOfMonth(today, 0)
  if (!forecast) return services.length === 0 ? [NOTHING_BILLED] : withoutForecast([...lines, ...adjustments], month)
  const {currency} = forecast
  const inMonth = [...lines, ...adjustments].filter((one) => one.currency === currency && one.day >= month)
  const soFar = sumOf(inMonth.map(({amount}) => amount))
  // The forecast has all of today.
  const before = sumOf(inMonth.filter(({day}) => day < today).map(({amount}) => amount))
  const total = (text: string) => toNumber(before.plus(decimal(text)))
  return [
    {
      source: 'cost-explorer',
      how: `billed before today, and Cost Explorer’s forecast from today on (interval of ${FORECAST_LEVEL} %)`,
      soFar: {currency, amount: toNumber(soFar)},
      month: {currency, amount: total(forecast.amount)},
      low: total(forecast.low),
      high: total(forecast.high),
    },
  ]
}

const NOTHING_BILLED: ActualForecast = {
  source: 'cost-explorer',
  how: 'no service of Bedrock is on the bill',
  soFar: {currency: 'USD', amount: 0},
  month: {currency: 'USD', amount: 0},
  low: null,
  high: null,
}

/** What is billed already counts, whatever becomes of the rest of the month. */
function withoutForecast(billed: readonly (Coin & {readonly day: string})[], month: string): readonly ActualForecast[] {
  const purse = purseOf(billed.filter(({day}) => day >= month))
  const soFar = purse.size === 0 ? [{currency: 'USD', amount: 0}] : toMoney(purse)
  return soFar.map((money) => ({
    source: 'cost-explorer',
    how: 'billed so far; Cost Explorer gave no forecast',
    soFar: money,
    month: null,
    low: null,
    high: null,
  }))
}

function ofMetrics(used: readonly UsedLine[], {read, today, now}: Window): readonly ActualForecast[] {
  const month = startOfMonth(today, 0)
  const oldest = addDays(today, -MOST_DAYS)
  const from = [read.from, oldest].toSorted().at(-1) ?? oldest
  const days = daysBetween(from, today)
  const left = decimal(Date.parse(startOfMonth(today, 1)) - now.getTime()).div(DAY_MS)
  const costs = (keep: (day: string) => boolean) => purseOf(used.flatMap((line) => coinsOf(line, keep)))
  const soFar = costs((day) => day >= month)
  const past = costs((day) => day >= from && day < today)
  const currencies = new Set([...soFar.keys(), ...past.keys()])
  // Nothing was used, which is known.
  if (currencies.size === 0) currencies.add('USD')
  return [...currencies].sort().map((currency): ActualForecast => {
    const spent = soFar.get(currency) ?? ZERO
    const daily: Decimal | null = days === 0 ? null : (past.get(currency) ?? ZERO).div(days)
    return {
      source: 'metrics',
      how:
        daily === null
          ? 'tokens of this month at the price book; no whole day was read to go by, take --since 30d'
          : `tokens of this month at the price book, and the mean of the last ${days} whole days for what is left; tokens only`,
      soFar: {currency, amount: toNumber(spent)},
      month: daily === null ? null : {currency, amount: toNumber(spent.plus(daily.times(left)))},
      low: null,
      high: null,
    }
  })
}

function coinsOf(line: UsedLine, keep: (day: string) => boolean): readonly Coin[] {
  const amount = amountOf(line, keep)
  return line.rate && amount ? [{currency: line.rate.currency, amount}] : []
}

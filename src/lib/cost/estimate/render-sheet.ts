import {manyOf} from '../../core/text.js'
import {formatAmounts, formatCount} from '../../output/money.js'
import type {Column} from '../../output/view.js'
import {lineWords, priceWords} from '../cost-words.js'
import type {EstimateLine, MoneyAmount} from './estimate.schema.js'

/** The columns of one sheet: its amounts have digits alike, so that they can be added up by eye. */
export function sheetColumns(lines: readonly EstimateLine[], several: boolean): readonly Column<EstimateLine>[] {
  const format = formatAmounts(lines.flatMap(costOf).map(({amount}) => amount))
  const cost: Column<EstimateLine> = {
    key: 'amount',
    title: 'COST',
    value: (line) => costOf(line).map(({amount, currency}) => format(amount, currency))[0] ?? '?',
    align: 'right',
    weight: 0,
  }
  return [...SHEET, cost, ...(several ? [MODEL] : [])]
}

/** What a line comes to, in the month or once; nothing where no price is known. */
export function costOf({month, once, price}: EstimateLine): readonly MoneyAmount[] {
  return month === null || once === null || price === null ? [] : [{amount: month + once, currency: price.currency}]
}

/** Whether amounts as they are shown, to the cent, come to their total as it is shown. */
export function isSum(amounts: readonly MoneyAmount[], totals: readonly MoneyAmount[]): boolean {
  const sum = (all: readonly MoneyAmount[], currency: string) =>
    all.filter((one) => one.currency === currency).map(({amount}) => amount)
  return [...new Set(totals.map(({currency}) => currency))].every((currency) => {
    const shown = sum(amounts, currency).map(cents)
    const total = cents(sum(totals, currency).reduce((a, b) => a + b, 0))
    return total < 100 || shown.reduce((a, b) => a + b, 0) === total
  })
}

const cents = (amount: number): number => Math.round(amount * 100)

const SHEET: readonly Column<EstimateLine>[] = [
  {key: 'what', title: '', value: whatOf, weight: 0},
  {
    key: 'quantity',
    title: 'QUANTITY',
    value: ({quantity, unit}) => `${formatCount(quantity)} ${quantity === 1 ? unit : manyOf(unit)}`,
    align: 'right',
    weight: 1,
  },
  {key: 'price', title: 'PRICE', value: ({price}) => priceWords(price), weight: 1},
]

const MODEL: Column<EstimateLine> = {key: 'model', title: 'MODEL', value: ({modelId}) => modelId, weight: 1}

/** `ingestion: input (once)`; what the component says already is not said again. */
function whatOf({component, period, ...line}: EstimateLine): string {
  const words = lineWords(line).replace(/^agentcore /, '')
  const said = [component, ...component.split(' ')].find((one) => words.startsWith(`${one} `))
  return `${component}: ${said === undefined ? words : words.slice(said.length + 1)}${period === 'once' ? ' (once)' : ''}`
}

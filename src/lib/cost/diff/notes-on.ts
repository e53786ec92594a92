import {plural} from '../../core/text.js'
import type {EstimateLine, EstimateResult} from '../estimate/estimate.schema.js'

/** What to know before two totals are compared. */
export function notesOn(before: EstimateResult, after: EstimateResult): readonly string[] {
  const was = linesOf(before)
  const is = linesOf(after)
  if (was.length === 0 || is.length === 0) return [...emptiness(before, after), ...unpriced('after', is)]
  return [
    ...differing('currency', 'no exchange rate is applied', currenciesOf(was), currenciesOf(is)),
    // Prices that were given have no date; they are told of below.
    ...(datesOf(was) === '' || datesOf(is) === ''
      ? []
      : differing('dates of prices', 'the same book, other entries of it', datesOf(was), datesOf(is))),
    ...given(was, is),
    ...unpriced('before', was),
    ...unpriced('after', is),
    ...unsure(is),
  ]
}

function linesOf({workloads}: EstimateResult): readonly EstimateLine[] {
  return workloads.flatMap(({lines}) => lines)
}

function emptiness(before: EstimateResult, after: EstimateResult): readonly string[] {
  if (before.workloads.length === 0) return ['nothing stands before: every workload is new']
  return after.workloads.length === 0 ? ['nothing stands after: every workload is removed'] : []
}

function differing(what: string, meaning: string, before: string, after: string): readonly string[] {
  return before === after ? [] : [`${what}: ${before || 'none'} before, ${after || 'none'} after (${meaning})`]
}

function currenciesOf(lines: readonly EstimateLine[]): string {
  const currencies = lines.flatMap(({price}) => (price === null ? [] : [price.currency]))
  return [...new Set(currencies)].sort().join(' and ')
}

function datesOf(lines: readonly EstimateLine[]): string {
  const dates = lines.flatMap(({price}) => (price?.asOf ? [price.asOf.slice(0, 10)] : [])).sort()
  const [oldest = ''] = dates
  const newest = dates.at(-1) ?? ''
  return oldest === newest ? oldest : `${oldest} to ${newest}`
}

/** A price that somebody typed in beside one of the book. */
function given(before: readonly EstimateLine[], after: readonly EstimateLine[]): readonly string[] {
  const isGiven = ({price}: EstimateLine): boolean => price !== null && price.asOf === '' && price.amount > 0
  const sides = [before.some(isGiven) ? 'before' : '', after.some(isGiven) ? 'after' : ''].filter((side) => side !== '')
  return sides.length === 1 ? [`prices that were given, not listed, stand ${sides.join()} alone`] : []
}

function unpriced(side: string, lines: readonly EstimateLine[]): readonly string[] {
  const without = lines.filter(({price}) => price === null).length
  return without === 0 ? [] : [`${plural(without, 'line')} ${side} without a known price: not in the total`]
}

function unsure(lines: readonly EstimateLine[]): readonly string[] {
  const low = lines.filter(({price}) => price?.confidence === 'low').length
  return low === 0 ? [] : [`${plural(low, 'line')} after by a price of low confidence`]
}

import {type Decimal, toNumber} from '../../core/decimal.js'
import {toLine} from '../estimate/estimate.js'
import {totalsOf} from '../price-usage.js'
import type {BreakEvenOption} from './breakeven.schema.js'
import type {Range} from './choose-range.js'
import {costAt} from './cost-curve.js'
import type {BreakEvenCase, CostOption} from './cost-option.js'
import {curvePoints} from './curve-points.js'

type Workload = BreakEvenCase['workload']

/** The option as the answer tells it. */
export function toBreakEvenOption(option: CostOption, range: Range, workload: Workload): BreakEvenOption {
  const {
    commitmentMonths,
    currency,
    curve,
    floor,
    id,
    latency,
    leastPerRequest,
    lines,
    name,
    notes,
    otherModel,
    residency,
  } = option
  const [standing] = totalsOf(lines)
  const tokens = workload.inputTokens.plus(workload.outputTokens)
  const money = (volume: Decimal) => ({currency, amount: toNumber(costAt(curve, volume))})
  return {
    ...{id, name, latency, commitmentMonths, residency, otherModel, floor},
    atLoad: money(workload.requests),
    committed:
      commitmentMonths > 0 && standing ? {currency, amount: toNumber(standing.amount.times(commitmentMonths))} : null,
    filled: leastPerRequest && {currency, amount: toNumber(leastPerRequest.times(1_000_000).div(tokens))},
    prices: lines
      .map(toLine)
      .flatMap(({component, kind, meter, price, variant}) => (price ? [{component, meter, kind, variant, price}] : [])),
    points: curvePoints(curve, range),
    notes,
  }
}

import type {Decimal} from '../../core/decimal.js'
import {type CostCurve, costAt} from './cost-curve.js'
import {compareNear} from './near.js'

/** From one volume, excluded, to another the same curve costs least. */
export interface CheapestRange<Id> {
  readonly from: Decimal
  readonly to: Decimal
  readonly id: Id
}

/**
 * Which curve costs least, from one end to the other. Between two neighbouring volumes of `changes` none may cross
 * another, nor leave one that it runs together with; of curves that cost the same, the one that was the cheapest
 * before is named, else the first.
 */
export function cheapestRanges<Id>(
  curves: readonly (readonly [Id, CostCurve])[],
  changes: readonly Decimal[],
  from: Decimal,
  to: Decimal,
): readonly CheapestRange<Id>[] {
  const inside = changes.filter((volume) => volume.gt(from) && volume.lt(to)).sort((left, right) => left.cmp(right))
  const ranges: CheapestRange<Id>[] = []
  let start = from
  for (const end of [...inside, to]) {
    if (compareNear(end, start) === 0) continue
    const last = ranges.at(-1)
    const id = cheapestAt(curves, start.plus(end).div(2), last?.id)
    if (last && last.id === id) ranges[ranges.length - 1] = {...last, to: end}
    else if (id !== undefined) ranges.push({from: start, to: end, id})
    start = end
  }
  return ranges
}

/** The curve that costs least at one volume; of several that do, the preferred one, else the first. */
function cheapestAt<Id>(
  curves: readonly (readonly [Id, CostCurve])[],
  volume: Decimal,
  preferred?: Id,
): Id | undefined {
  let best: {readonly id: Id; readonly cost: Decimal} | undefined
  for (const [id, curve] of curves) {
    const cost = costAt(curve, volume)
    const sign = best === undefined ? -1 : compareNear(cost, best.cost)
    if (sign < 0 || (sign === 0 && id === preferred)) best = {id, cost}
  }
  return best?.id
}

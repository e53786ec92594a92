import {type Decimal, toNumber} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {Range} from './choose-range.js'
import {type CostCurve, type CostPiece, piecesOf} from './cost-curve.js'

export interface CurvePoint {
  readonly requestsPerHour: number
  readonly month: number
}

/** Points along a whole curve that bends; a curve of many pieces has fewer on each. */
const ALONG = 96
const LEAST_ALONG = 3

/** The ends of each piece, and points along those that bend. */
export function curvePoints(curve: CostCurve, {from, to}: Range): readonly CurvePoint[] {
  const pieces = piecesOf(curve, from, to)
  const along = Math.max(LEAST_ALONG, Math.floor(ALONG / pieces.length))
  const points = pieces.flatMap((piece) => volumesOf(piece, along).map((volume) => toPoint(volume, piece.at(volume))))
  return points.filter((point, index) => {
    const before = points[index - 1]
    return point.requestsPerHour !== before?.requestsPerHour || point.month !== before.month
  })
}

function toPoint(volume: Decimal, cost: Decimal): CurvePoint {
  return {requestsPerHour: toNumber(volume.div(HOURS_PER_MONTH)), month: toNumber(cost)}
}

/** Ever further apart, as on a logarithmic axis. */
function volumesOf({from, straight, to}: CostPiece, along: number): readonly Decimal[] {
  if (straight) return [from, to]
  const ratio = to.div(from).toNumber() ** (1 / along)
  const between = Array.from({length: along - 1}, (_, index) => from.times((ratio ** (index + 1)).toFixed(12)))
  return [from, ...between, to]
}

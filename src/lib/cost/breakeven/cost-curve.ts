import {type Decimal, ONE, roundedUp, ZERO} from '../../core/decimal.js'

/** What a month costs by its volume, between two volumes where the formula changes. */
export interface Formula {
  /** The cost of a volume as if the formula held everywhere: at the lower end, what holds just above it. */
  at(volume: Decimal): Decimal
  /** A straight line; anything else is continuous and bends. */
  readonly straight: boolean
}

/** What a month costs by its volume, in requests; it never falls. A step belongs to the volume that is still served. */
export interface CostCurve {
  /** The volumes between these two, both excluded, at which the formula changes, ascending. */
  breaks(from: Decimal, to: Decimal): readonly Decimal[]
  /** How many there are, without listing them. */
  breakCount(from: Decimal, to: Decimal): number
  /** The formula of a volume, which holds down to the break below it. */
  formulaAt(volume: Decimal): Formula
}

export interface CostPiece extends Formula {
  /** Excluded, but for the first piece. */
  readonly from: Decimal
  readonly to: Decimal
}

/** The pieces of a curve between two volumes. */
export function piecesOf(curve: CostCurve, from: Decimal, to: Decimal): readonly CostPiece[] {
  const ends = [...curve.breaks(from, to), to]
  return ends.map((end, index) => {
    const formula = curve.formulaAt(end)
    return {from: ends[index - 1] ?? from, to: end, straight: formula.straight, at: formula.at}
  })
}

/** The cost of one volume. */
export function costAt(curve: CostCurve, volume: Decimal): Decimal {
  return curve.formulaAt(volume).at(volume)
}

/** So much a month, and so much for each request. */
export function lineCurve(month: Decimal, perRequest: Decimal): CostCurve {
  const formula = {straight: true, at: (volume: Decimal) => month.plus(perRequest.times(volume))}
  return {breaks: () => [], breakCount: () => 0, formulaAt: () => formula}
}

/** A cost that bends with the volume and has no steps. */
export function bentCurve(at: (volume: Decimal) => Decimal): CostCurve {
  return {breaks: () => [], breakCount: () => 0, formulaAt: () => ({straight: false, at})}
}

export interface Steps {
  /** Requests of a month that one unit serves. */
  readonly capacity: Decimal
  /** What a month costs with so many units in use. */
  formula(units: Decimal): Formula
}

/** Capacity in whole units, at least one. */
export function steppedCurve({capacity, formula}: Steps): CostCurve {
  const unitsFor = (volume: Decimal) => atLeast(ONE, roundedUp(volume.div(capacity)))
  const breakCount = (from: Decimal, to: Decimal) => Math.max(0, unitsFor(to).minus(unitsAbove(from)).toNumber())
  const unitsAbove = (volume: Decimal) => atLeast(ONE, volume.div(capacity).round(0, 0).plus(1))
  return {
    breakCount,
    breaks(from, to) {
      const first = unitsAbove(from)
      return Array.from({length: breakCount(from, to)}, (_, index) => first.plus(index).times(capacity))
    },
    formulaAt: (volume) => formula(unitsFor(volume)),
  }
}

/** A curve that is straight between the volumes at which it bends. */
export function kinkedCurve(kinks: readonly Decimal[], at: (volume: Decimal) => Decimal): CostCurve {
  const sorted = kinks.filter((kink) => kink.gt(ZERO)).sort((left, right) => left.cmp(right))
  const breaks = (from: Decimal, to: Decimal) => sorted.filter((kink) => kink.gt(from) && kink.lt(to))
  return {breaks, breakCount: (from, to) => breaks(from, to).length, formulaAt: () => ({straight: true, at})}
}

function atLeast(least: Decimal, value: Decimal): Decimal {
  return value.lt(least) ? least : value
}

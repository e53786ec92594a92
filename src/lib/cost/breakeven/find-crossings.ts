import type {Decimal} from '../../core/decimal.js'
import {type CostCurve, type Formula, piecesOf} from './cost-curve.js'
import {compareNear} from './near.js'

export interface Crossing {
  /** Requests a month. */
  readonly volume: Decimal
  /** They cost the same there, or one steps over the other just above it. */
  readonly kind: 'meet' | 'step'
  /** Which of the two costs less below, and from there on the other does. */
  readonly cheaperBelow: 'first' | 'second'
  /** What both cost there; of a step, what the one that is cheaper above costs just above it. */
  readonly amount: Decimal
}

/** Bent stretches are looked at in so many parts all together. */
const PARTS = 128
/** Steps cut a curve into many stretches, and each of them bends little. */
const LEAST_PARTS = 4
/** Beside an end of a stretch, as a share of it. */
const CLOSE = 1e-6
/** What is left of a part is far below one request. */
const THIRDS = 40
/** Halvings of such a part: 2⁻⁴⁴ of it is far below one request. */
const HALVINGS = 44

/** Every crossing of two curves between two volumes, ascending; where they touch without crossing is none. */
export function findCrossings(first: CostCurve, second: CostCurve, from: Decimal, to: Decimal): readonly Crossing[] {
  const crossings: Crossing[] = []
  let sign = 0
  let equalSince: Mark | undefined
  for (const mark of marksOf(first, second, from, to)) {
    if (mark.sign === 0) {
      equalSince ??= mark
      continue
    }
    if (sign !== 0 && mark.sign !== sign) {
      crossings.push(equalSince ? touchingAt(equalSince, mark.sign) : crossingAt(mark))
    }
    sign = mark.sign
    equalSince = undefined
  }
  return crossings
}

/** A volume at which the two are compared; of a step there are two, below and just above it. */
interface Mark {
  readonly volume: Decimal
  /** Of first − second. */
  readonly sign: number
  /** The volume before it in the same stretch. */
  readonly before: Decimal | undefined
  readonly stretch: Stretch
}

function* marksOf(first: CostCurve, second: CostCurve, from: Decimal, to: Decimal): Generator<Mark> {
  const stretches = stretchesOf(first, second, from, to)
  const parts = Math.max(LEAST_PARTS, Math.floor(PARTS / stretches.length))
  for (const stretch of stretches) {
    let before: Decimal | undefined
    for (const volume of stretch.straight ? [stretch.start, stretch.end] : withDips(partsOf(stretch, parts), stretch)) {
      yield {volume, sign: compareNear(stretch.at(volume), stretch.other(volume)), before, stretch}
      before = volume
    }
  }
}

/** The crossing of curves that are equal from a mark on, until they differ by a sign. */
function touchingAt({stretch, volume}: Mark, sign: number): Crossing {
  return {volume, kind: 'meet', cheaperBelow: cheaperBelow(sign), amount: stretch.at(volume)}
}

/** The crossing between a mark and the one before it. */
function crossingAt({before, sign, stretch, volume: at}: Mark): Crossing {
  const volume = before === undefined ? at : rootBetween(before, at, stretch)
  return {
    volume,
    kind: before === undefined ? 'step' : 'meet',
    cheaperBelow: cheaperBelow(sign),
    amount: sign < 0 ? stretch.at(volume) : stretch.other(volume),
  }
}

/** By the sign above. */
function cheaperBelow(sign: number): Crossing['cheaperBelow'] {
  return sign > 0 ? 'first' : 'second'
}

/** Volumes between which both curves keep their formula. */
interface Stretch {
  readonly start: Decimal
  readonly end: Decimal
  readonly at: Formula['at']
  readonly other: Formula['at']
  readonly straight: boolean
}

function stretchesOf(first: CostCurve, second: CostCurve, from: Decimal, to: Decimal): readonly Stretch[] {
  const one = piecesOf(first, from, to)
  const two = piecesOf(second, from, to)
  const stretches: Stretch[] = []
  let start = from
  let [left, right] = [0, 0]
  for (;;) {
    const [a, b] = [one[left], two[right]]
    if (a === undefined || b === undefined) return stretches
    const end = a.to.lt(b.to) ? a.to : b.to
    if (compareNear(end, start) > 0)
      stretches.push({start, end, at: a.at, other: b.at, straight: a.straight && b.straight})
    if (a.to.eq(end)) left++
    if (b.to.eq(end)) right++
    start = end
  }
}

/** Ever further apart: what bends, bends most at small volumes; close to each end, as the curves may near there. */
function partsOf({end, start}: Stretch, parts: number): readonly Decimal[] {
  const ratio = end.div(start).toNumber() ** (1 / parts)
  const between = Array.from({length: parts - 1}, (_, index) => start.times((ratio ** (index + 1)).toFixed(12)))
  const close = end.minus(start).times(CLOSE)
  return [start, start.plus(close), ...between, end.minus(close), end]
}

/** Where two curves near and part again, they may cross twice between volumes: the one where they are nearest, too. */
function withDips(volumes: readonly Decimal[], stretch: Stretch): readonly Decimal[] {
  const gaps = volumes.map((volume) => gapOf(stretch, volume))
  return volumes.flatMap((volume, index) => {
    const [before, gap, after] = [gaps[index - 1], gaps[index], gaps[index + 1]]
    const [low, high] = [volumes[index - 1], volumes[index + 1]]
    if (gap === undefined || before === undefined || after === undefined || !low || !high) return [volume]
    const sign = Math.sign(gap)
    const isDip = gap * sign < before * sign && gap * sign < after * sign
    const nearest = isDip ? nearestBetween(low, high, stretch, sign) : volume
    if (nearest.eq(volume)) return [volume]
    return nearest.lt(volume) ? [nearest, volume] : [volume, nearest]
  })
}

function gapOf({at, other}: Stretch, volume: Decimal): number {
  return at(volume).minus(other(volume)).toNumber()
}

/** The volume of the least gap, by thirds. */
function nearestBetween(low: Decimal, high: Decimal, stretch: Stretch, sign: number): Decimal {
  let [left, right] = [low, high]
  for (let turn = 0; turn < THIRDS; turn++) {
    const third = right.minus(left).div(3)
    const [one, two] = [left.plus(third), right.minus(third)]
    if (gapOf(stretch, one) * sign < gapOf(stretch, two) * sign) right = two
    else left = one
  }
  return left.plus(right).div(2)
}

/** Where the difference is zero between two volumes at which its signs differ. */
function rootBetween(low: Decimal, high: Decimal, {at, other, straight}: Stretch): Decimal {
  const differenceAt = (volume: Decimal) => at(volume).minus(other(volume))
  if (straight) {
    const [below, above] = [differenceAt(low), differenceAt(high)]
    return low.plus(high.minus(low).times(below).div(below.minus(above)))
  }
  const sign = differenceAt(low).cmp(0)
  let [left, right] = [low, high]
  for (let turn = 0; turn < HALVINGS; turn++) {
    const middle = left.plus(right).div(2)
    if (differenceAt(middle).cmp(0) === sign) left = middle
    else right = middle
  }
  return right
}

import type {ArrivalShape} from './level.js'
import {exponentialAt, gammaAt, randomStream, STREAMS} from './random.js'

/**
 * `count` points of a shape on [0, length), ascending, of mean density count/length; the call gives the next.
 * Random shapes are conditioned on their count: points are partial sums of count + 1 gaps, scaled by the sum of all,
 * which leaves them Poisson (or gamma) and makes their rate exact. With `early`, so many of them are on the same share
 * of the length, and the rate of the others is exact too: what is left of a sequence without its warm-up.
 */
export function shapePoints(shape: ArrivalShape, count: number, length: number, seed: number, early = 0): () => number {
  let k = 0
  if (shape.kind === 'constant') return () => (k++ * length) / count
  if (shape.kind === 'burst') {
    const {size} = shape
    return () => (Math.floor(k++ / size) * size * length) / count
  }
  const random = randomStream(seed, STREAMS.arrivals)
  const gap =
    shape.kind === 'poisson'
      ? (place: number) => exponentialAt(random, place)
      : (place: number) => gammaAt(random, place, shape.shape)
  if (early <= 0 || early >= count) return conditioned(gap, {from: 0, count, start: 0, length})
  const cut = (early / count) * length
  const first = conditioned(gap, {from: 0, count: early, start: 0, length: cut})
  const rest = conditioned(gap, {from: early + 1, count: count - early, start: cut, length: length - cut})
  return () => (k++ < early ? first() : rest())
}

interface Stretch {
  /** Place of its first gap. */
  readonly from: number
  readonly count: number
  readonly start: number
  readonly length: number
}

function conditioned(gap: (place: number) => number, {from, count, start, length}: Stretch): () => number {
  let whole = 0
  for (let place = from; place <= from + count; place += 1) whole += gap(place)
  let place = from
  let sum = 0
  return () => {
    sum += gap(place++)
    return start + (sum * length) / whole
  }
}

import type {ArrivalShape} from './level.js'
import {exponentialAt, gammaAt, randomStream, STREAMS} from './random.js'

/**
 * `count` points of a shape on [0, length), ascending, of mean density count/length; the call gives the next.
 * Random shapes are conditioned on their count: points are partial sums of count + 1 gaps, scaled by the sum of all,
 * which leaves them Poisson (or gamma) and makes their rate exact.
 */
export function shapePoints(shape: ArrivalShape, count: number, length: number, seed: number): () => number {
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
  let whole = 0
  for (let place = 0; place <= count; place += 1) whole += gap(place)
  let sum = 0
  return () => {
    sum += gap(k++)
    return (sum * length) / whole
  }
}

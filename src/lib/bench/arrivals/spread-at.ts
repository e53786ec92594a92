import type {Spread} from './level.js'
import {normalAt, type RandomStream} from './random.js'

/** The k-th number of a spread, never below 0. */
export function spreadAt(spread: Spread, random: RandomStream, k: number): number {
  switch (spread.kind) {
    case 'constant':
      return Math.max(0, spread.value)
    case 'normal':
      return Math.max(0, spread.mean + spread.deviation * normalAt(random, k))
    case 'uniform':
      return Math.max(0, spread.low + (spread.high - spread.low) * random.at(k))
  }
}

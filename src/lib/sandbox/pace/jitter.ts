import {normal} from '../fakes/bedrock/answers/length.js'
import type {PaceRule} from './pace.schema.js'

const CV = 0.1

/** Draws a time about a mean. */
export function drawGap(jitter: PaceRule['jitter'], random: () => number): (mean: number) => number {
  const {kind = 'none', cv = CV} = jitter ?? {}
  if (kind === 'none' || cv === 0) return (mean) => mean
  if (kind === 'gamma') {
    const shape = 1 / (cv * cv)
    return (mean) => (mean / shape) * gamma(shape, random)
  }
  const variance = Math.log(1 + cv * cv)
  const deviation = Math.sqrt(variance)
  return (mean) => mean * Math.exp(deviation * normal(random) - variance / 2)
}

/** Of scale 1 (Marsaglia and Tsang). */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

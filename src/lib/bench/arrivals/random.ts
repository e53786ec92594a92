/** What numbers are drawn for: streams of one seed tell nothing of one another. */
export const STREAMS = {arrivals: 1, prompts: 2, nonces: 3, think: 4, turns: 5} as const

/**
 * Numbers of one stream by their place, without state: the k-th is the same whoever asks and in whatever order.
 * `draw` tells apart several numbers of one place.
 */
export interface RandomStream {
  /** In [0, 1), of 53 bits. */
  at(k: number, draw?: number): number
}

export function randomStream(seed: number, stream: number): RandomStream {
  const low = mix((seed >>> 0) ^ 0x9e3779b9)
  const high = mix((Math.floor(seed / 2 ** 32) >>> 0) ^ low)
  const first = mix(high ^ Math.imul(stream, 0x85ebca6b))
  const second = mix(first ^ low ^ 0xc2b2ae35)
  return {
    at(k, draw = 0) {
      const place = draw === 0 ? k : k ^ mix(Math.imul(draw, 0x27d4eb2f))
      const a = mix(place ^ first)
      const b = mix((a + second) ^ Math.imul(place, 0x165667b1))
      return ((a >>> 5) * 0x4000000 + (b >>> 6)) / 0x20000000000000
    },
  }
}

/** Every bit of the answer depends on every bit of the word; no two words have the same answer (triple32 of C. Wellons). */
function mix(word: number): number {
  let value = word ^ (word >>> 17)
  value = Math.imul(value, 0xed5ad4bb)
  value ^= value >>> 11
  value = Math.imul(value, 0xac4c1b51)
  value ^= value >>> 15
  value = Math.imul(value, 0x31848bab)
  return (value ^ (value >>> 14)) >>> 0
}

/** Of mean 1. */
export function exponentialAt(random: RandomStream, k: number): number {
  return -Math.log(1 - random.at(k))
}

/** Of mean 0 and deviation 1; takes draws `draw` and `draw` + 1. */
export function normalAt(random: RandomStream, k: number, draw = 0): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.at(k, draw)))
  return radius * Math.cos(2 * Math.PI * random.at(k, draw + 1))
}

/** Of mean 1 and coefficient of variation 1/√shape (Marsaglia and Tsang 2000; below 1 by the boost of the same paper). */
export function gammaAt(random: RandomStream, k: number, shape: number): number {
  const boost = shape < 1 ? random.at(k, 1) ** (1 / shape) : 1
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (let draw = 2; ; draw += 3) {
    const x = normalAt(random, k, draw)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.at(k, draw + 2)) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      return (d * v * boost) / shape
    }
  }
}

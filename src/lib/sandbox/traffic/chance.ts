import {normalQuantile} from '../metrics/normal.js'

/** A number in [0, 1) that a seed and two numbers always give. */
export function chance(seed: number, moment: number, salt: number): number {
  let mixed = Math.imul(seed ^ Math.imul(moment | 0, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296
}

/** A number for a name; with another seed, another one. */
export function seedOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

const MANY = 30

/** So many of what happens `mean` times on average, by a number in [0, 1). */
export function poisson(mean: number, drawn: number): number {
  if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalQuantile(drawn)))
  let happened = 0
  let weight = Math.exp(-mean)
  let reached = weight
  while (drawn > reached && happened < 4 * MANY) {
    happened += 1
    weight *= mean / happened
    reached += weight
  }
  return happened
}

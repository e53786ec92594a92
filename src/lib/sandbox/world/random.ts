const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Numbers in [0, 1) that a seed repeats (mulberry32). Not for secrets: the sandbox has none. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** An id of lower-case letters and digits, as in `application-inference-profile/a1b2c3d4e5f6`. */
export function randomId(random: () => number, length: number): string {
  return Array.from({length}, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('')
}

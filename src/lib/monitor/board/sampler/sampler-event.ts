import type {FeedEvent} from '../state.js'

/** What a sampler tells, and a recording keeps: what was read, and when the looks of one moment were all in. */
export type SamplerEvent =
  | FeedEvent
  | {readonly type: 'paced'; readonly intervalMs: number}
  /** `waiting`: looks of the round that were not in when the next one began. */
  | {readonly type: 'round'; readonly atMs: number; readonly waiting: number}

/** Time as a sampler needs it. */
export interface SamplerClock {
  now(): number
  /** Calls once, later; the returned function prevents it. */
  after(ms: number, call: () => void): () => void
  /** From 0 to 1. */
  random(): number
}

/** Timers of Node end there; who waits longer is woken and waits on. */
const MOST_MS = 2 ** 31 - 1

export const realSamplerClock: SamplerClock = {
  now: Date.now,
  random: Math.random,
  after: (ms, call) => {
    const timer = setTimeout(call, Math.min(Math.max(0, ms), MOST_MS))
    return () => clearTimeout(timer)
  },
}

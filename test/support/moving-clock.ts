import type {JobClock} from '../../src/lib/jobs/clock.js'

/** A clock that only waiting moves; it notes the waits. `random` is as it is given. */
export interface MovingClock extends JobClock {
  readonly waits: readonly number[]
  /** Lets time pass that nobody waits for. */
  pass(ms: number): void
}

export function movingClock(random = 0.5, startMs = Date.parse('2026-11-21T12:00:00Z')): MovingClock {
  let now = startMs
  const waits: number[] = []
  return {
    waits,
    pass: (ms) => {
      now += ms
    },
    now: () => new Date(now),
    random: () => random,
    pause: async (ms, signal) => {
      signal?.throwIfAborted()
      waits.push(ms)
      now += ms
    },
  }
}

import type {SamplerClock} from '../../src/lib/monitor/board/sampler/sampler-event.js'

/** A clock that only `pass` moves; what is due on the way is called at its moment, and what it promised is in. */
export interface SteppedClock extends SamplerClock {
  pass(ms: number): Promise<void>
}

export function steppedClock(startMs = Date.parse('2026-11-21T12:00:00Z'), random = 0.5): SteppedClock {
  let now = startMs
  const timers = new Set<{readonly atMs: number; readonly call: () => void}>()
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    now: () => now,
    random: () => random,
    after(ms, call) {
      const timer = {atMs: now + ms, call}
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async pass(ms) {
      const end = now + ms
      await settled()
      for (;;) {
        const next = [...timers].sort((a, b) => a.atMs - b.atMs)[0]
        if (next === undefined || next.atMs > end) break
        timers.delete(next)
        now = Math.max(now, next.atMs)
        next.call()
        await settled()
      }
      now = end
    },
  }
}

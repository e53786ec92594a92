import {setTimeout as pause} from 'node:timers/promises'

/** Time as jobs need it: to date what happens, to wait, and to wait a little differently each time. */
export interface JobClock {
  now(): Date
  /** Rejects when `signal` aborts. */
  pause(ms: number, signal: AbortSignal | undefined): Promise<void>
  /** From 0 to 1. */
  random(): number
}

export const realClock: JobClock = {
  now: () => new Date(),
  pause: (ms, signal) => pause(ms, undefined, signal ? {signal} : {}),
  random: Math.random,
}

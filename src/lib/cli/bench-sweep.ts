import type {BenchFlags} from './bench-words.js'

const LOADS = ['concurrency', 'rate', 'ramp', 'replay', 'users'] as const
/** Doubled, as curves of throughput bend. */
const LEVELS = '1,2,4,8,16,32,64'

/** The flags with levels to sweep, unless they or a plan file say some. */
export function withLevels<Flags extends BenchFlags>(flags: Flags): Flags {
  const told = flags.plan !== undefined || LOADS.some((load) => flags[load] !== undefined)
  return told ? flags : {...flags, concurrency: LEVELS}
}

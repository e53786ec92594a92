import type {BenchPlanFile} from '../plan/bench-plan.schema.js'

/** Members of a plan whose flag has another name: those that may be given several times. */
const FLAGS: Readonly<Record<string, string>> = {targets: 'target'}

/** What a machine of its own does with, and every shard has: these come from the exporter. */
const LEFT_OUT = new Set(['version', 'shard', 'start-at'])

/** The flags that say the same as a plan file. Texts go with `=`, so that none of them is taken for a flag. */
export function planWords(plan: BenchPlanFile): readonly string[] {
  return Object.entries(plan).flatMap(([member, value]) => {
    if (LEFT_OUT.has(member) || value === undefined) return []
    return flagsOf(FLAGS[member] ?? member, value)
  })
}

function flagsOf(flag: string, value: unknown): readonly string[] {
  if (value === true) return [`--${flag}`]
  if (value === false) return [`--no-${flag}`]
  if (!Array.isArray(value)) return [`--${flag}=${String(value)}`]
  // Levels are one flag with commas; what is a list of its own is the flag again.
  const numbers = flag === 'concurrency' || flag === 'rate'
  return numbers ? [`--${flag}=${value.join(',')}`] : value.map((each) => `--${flag}=${String(each)}`)
}

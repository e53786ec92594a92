import type {BenchPlanFile} from '../plan/bench-plan.schema.js'

/** Members of a plan whose flag has another name: those that may be given several times. */
const FLAGS: Readonly<Record<string, string>> = {targets: 'target'}

/** What the exporter says itself, and what is of the whole run rather than of a shard. */
const LEFT_OUT = new Set(['version', 'shard', 'start-at', 'assert', 'gpu-host'])

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

/** What whoever runs the shards has to know of the plan. */
export function planNotes(plan: BenchPlanFile): readonly string[] {
  const files = [plan.replay, plan.data?.startsWith('synthetic') ? undefined : plan.data].filter(
    (one) => one !== undefined,
  )
  const isBedrock = (plan.targets ?? []).some((target) => !/^(?:openai|ollama):/.test(target))
  return [
    ...files.map((file) => `${file} is read by every shard: the image must have it at that path.`),
    ...(plan.assert ? ['What the plan asserts is left out: it holds for the run, not for a shard of it.'] : []),
    ...(plan['gpu-host'] ? ['GPUs are not looked at: every shard would look at the same ones.'] : []),
    ...(isBedrock && plan['max-usd'] === undefined
      ? ['Shards run with --yes and ask nobody: max-usd in the plan would bound what they spend.']
      : []),
  ]
}

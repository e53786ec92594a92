import type {RunSummary} from '../metrics/summary.schema.js'

/** What two runs do not have alike and what therefore moves their numbers apart, in words. */
export function differencesOf(base: RunSummary, other: RunSummary): readonly string[] {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['data', base.data, other.data],
    ['objectives', objectives(base), objectives(other)],
    ['simulated', String(base.simulated), String(other.simulated)],
    ['measured by', toolOf(base), toolOf(other)],
    ['machine', machineOf(base), machineOf(other)],
    ...targetPairs(base, other),
    ...lengthPairs(base, other),
  ]
  return pairs.flatMap(([what, one, two]) => (one === two ? [] : [`${what}: ${one} against ${two}`]))
}

/** Targets of the same name that are not the same thing. */
function targetPairs(base: RunSummary, other: RunSummary): readonly (readonly [string, string, string])[] {
  return base.targets.flatMap((target) => {
    const twin = other.targets.find(({name}) => name === target.name)
    if (twin === undefined) return []
    const of = ({api, latency, model, region, server, tier, transport}: typeof target) =>
      [model, region, api, tier, latency, transport, server.software, server.version].filter(Boolean).join(' ')
    return [[target.name, of(target), of(twin)] as const]
  })
}

/** Lengths that differ by no more than this move no number that matters. */
const ALIKE = 0.1

/** Tokens a request where they are far apart, target by target and level by level: prompts asked for alike may be billed otherwise. */
function lengthPairs(base: RunSummary, other: RunSummary): readonly (readonly [string, string, string])[] {
  const labels = [...new Set(base.cells.map(({label}) => label))]
  return base.targets.flatMap(({name}) =>
    labels.flatMap((label) =>
      (['input', 'output'] as const).flatMap((side) => {
        const [one, two] = [base, other].map((run) => tokensEach(run, name, label, side))
        const isFar = one !== undefined && two !== undefined && Math.abs(two / one - 1) > ALIKE
        return isFar ? [[`${side} tokens a request of ${name}, ${label}`, one.toFixed(1), two.toFixed(1)] as const] : []
      }),
    ),
  )
}

function tokensEach(run: RunSummary, name: string, label: string, side: 'input' | 'output'): number | undefined {
  const cells = run.cells.filter((cell) => cell.label === label && run.targets[cell.target]?.name === name)
  const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((all, cell) => all + of(cell), 0)
  const ok = sum(({counts}) => counts.ok)
  const tokens = sum((cell) => cell.tokens[side] + (side === 'input' ? (cell.tokens.cacheRead ?? 0) : 0))
  return ok > 0 && tokens > 0 ? tokens / ok : undefined
}

function objectives({slo}: RunSummary): string {
  if (slo === null) return 'none'
  const {e2eMs, tpotMs, ttftMs} = slo
  const parts = [
    ['ttft', ttftMs],
    ['tpot', tpotMs],
    ['e2e', e2eMs],
  ] as const
  return parts.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${ms} ms`])).join(', ')
}

function toolOf({imported}: RunSummary): string {
  return imported === null ? 'bedrockctl' : imported.tool
}

function machineOf({environment: {cpuModel, cpus}}: RunSummary): string {
  return `${cpus} × ${cpuModel}`
}

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

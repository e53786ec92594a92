import type {Reason, RunSummary, TelemetrySummary} from '../metrics/summary.schema.js'
import {givenText, lengthText, numberText, shareText} from './number-words.js'

export const VERDICT_WORDS = {
  usable: 'USABLE',
  'usable-with-warnings': 'USABLE WITH WARNINGS',
  'not-usable': 'NOT USABLE',
} as const

const MOST_EXCEPT = 4

/** Of a run whose other levels can be used, those that cannot; nothing to say of others. */
export function exceptWords({cells, targets, verdict}: Pick<RunSummary, 'cells' | 'targets' | 'verdict'>): string {
  if (verdict.kind === 'not-usable') return ''
  const unusable = new Set(verdict.reasons.flatMap(({cell, severity}) => (severity === 'error' ? [cell] : [])))
  const names = cells
    .filter(({cell}) => unusable.has(cell))
    .map(({label, target}) => (targets.length > 1 ? `${targets[target]?.name ?? ''} ${label}` : label))
  const all = [...new Set(names)]
  const more = all.length > MOST_EXCEPT ? ` and ${all.length - MOST_EXCEPT} more` : ''
  return all.length === 0 ? '' : `, BUT NOT AT ${all.slice(0, MOST_EXCEPT).join(', ')}${more}`
}

/** A reason, and how many more cells of its target have the like. */
export interface ToldReason {
  readonly severity: Reason['severity']
  readonly text: string
  readonly hint: string | null
}

/** What a reader is told of the reasons: errors first, one line for what is the same in several cells. */
export function toldReasons({targets, verdict}: Pick<RunSummary, 'targets' | 'verdict'>): readonly ToldReason[] {
  const kinds = new Map<string, Reason[]>()
  // That a run is partial, and why, is told before its reasons.
  for (const reason of verdict.reasons.filter(({code}) => code !== 'PARTIAL')) {
    const kind = `${reason.code} ${reason.severity} ${reason.target}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), reason])
  }
  return [...kinds.values()]
    .flatMap(([first, ...others]) => {
      if (!first) return []
      const name = targets[first.target ?? -1]?.name
      const like = others.length === 0 ? '' : ` (and ${others.length} more like it)`
      return [
        {
          severity: first.severity,
          text: `${name === undefined ? '' : `${name}, `}${first.text}${like}`,
          hint: first.hint,
        },
      ]
    })
    .toSorted((left, right) => Number(right.severity === 'error') - Number(left.severity === 'error'))
}

/** Whether the client itself can be trusted, with its numbers; why not is among the reasons of the verdict. */
export function checkWords({imported, selfCheck}: RunSummary): string {
  const {busyShare, clientBound, coalescedFraction, cpuMsPerRequest, lagP99Ms, loopLagP99Ms, workers} = selfCheck
  const facts = [
    busyShare === null ? '' : `${shareText(busyShare)} busy`,
    lagP99Ms === null ? '' : `sends late p99 ${lengthOf(lagP99Ms)}`,
    loopLagP99Ms === null ? '' : `event loop late p99 ${lengthOf(loopLagP99Ms)}`,
    coalescedFraction === null ? '' : `${shareText(coalescedFraction)} of the events shared a read`,
    cpuMsPerRequest === null ? '' : `${numberText(cpuMsPerRequest)} ms CPU a request`,
    workers > 1 ? `${workers} workers` : '',
  ].filter((text) => text !== '')
  if (facts.length === 0) return imported ? 'not told by the file: it may have been the bottleneck' : 'not measured'
  const word = clientBound ? 'CLIENT-BOUND' : 'ok'
  return `${word}: ${facts.join(', ')}`
}

function lengthOf(ms: number): string {
  return `${numberText(ms)} ms`
}

/** Where a price is from, with its day where the source does not say it. */
export function sourceWords({date, source}: {readonly date: string; readonly source: string}): string {
  return [source, source.includes(date) ? '' : date].filter((text) => text !== '').join(' ')
}

/** What tokens of each target cost, and where the price is from; or why there is none. */
export function priceWords({cells, targets}: RunSummary): readonly string[] {
  const lines = cells.flatMap(({price, priceAbsent, target}) => {
    const name = targets[target]?.name ?? ''
    if (price) return [`${name}: ${price.basis} (${sourceWords(price)})`]
    return priceAbsent === null ? [] : [`${name}: none, ${priceAbsent}`]
  })
  return [...new Set(lines)]
}

const LANE_WORDS = {
  utilization: 'utilisation',
  'memory-used': 'memory',
  'memory-share': 'memory',
  power: 'power',
  'sm-clock': 'clock',
  'memory-clock': 'memory clock',
  temperature: 'temperature',
  queue: 'queued',
  running: 'running',
  'kv-cache': 'KV cache',
  'prompt-tokens': 'prompt tokens',
  'generation-tokens': 'generated tokens',
  'prefix-hit-rate': 'prefix cache hits',
  preemptions: 'preemptions',
} as const satisfies Record<TelemetrySummary['lanes'][number]['metric'], string>

/** What a lane of telemetry is called. */
export function laneName(metric: keyof typeof LANE_WORDS): string {
  return LANE_WORDS[metric]
}

/** A device or server beside the run, in one line; why nothing was read where nothing was. */
export function deviceWords(device: TelemetrySummary): string {
  const {absent, joules, joulesPerOutputToken, lanes, name, source, throttledShare} = device
  const title = name === null ? `${source} ${device.device}`.trim() : `${name} (${device.device})`
  if (lanes.length === 0) return `${title}: nothing read, ${absent ?? 'it told nothing'}`
  const facts = [
    ...lanes.map(
      ({max, mean, metric, unit}) => `${laneName(metric)} ${numberText(mean)} ${unit} (max ${numberText(max)})`,
    ),
    ...(joules === null ? [] : [`${numberText(joules / 1000)} kJ`]),
    ...(joulesPerOutputToken === null ? [] : [`${numberText(joulesPerOutputToken)} J a token`]),
    ...(throttledShare === null || throttledShare === 0
      ? []
      : [`clocks held down ${shareText(throttledShare)} of the time`]),
  ]
  return `${title}: ${facts.join(', ')}`
}

/** What several devices took together; of one, it is said with the rest. */
export function energyWords({telemetry}: Pick<RunSummary, 'telemetry'>): readonly string[] {
  const known = telemetry.flatMap(({joules, joulesPerOutputToken: each}) => (joules === null ? [] : [{joules, each}]))
  if (known.length < 2) return []
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0)
  const each = known.some((one) => one.each === null)
    ? []
    : [`${numberText(sum(known.map((one) => one.each)))} J a token`]
  return [
    [`${known.length} devices: ${numberText(sum(known.map(({joules}) => joules)) / 1000)} kJ`, ...each].join(', '),
  ]
}

/** What a search found: the highest level that held, with its interval. */
export function searchWords({search, targets}: RunSummary): readonly string[] {
  if (search === null) return []
  return search.targets.map(({best, interval, target, unit, why}) => {
    const name = targets[target]?.name ?? ''
    if (best === null) return `${name}: no level held, ${why}`
    const between = interval ? ` [${givenText(interval[0])}–${givenText(interval[1])}]` : ''
    return `${name}: ${givenText(best)} ${unit}${between}, ${why}`
  })
}

/** How long it took, what it asked and of whom, in a line. */
export function scopeWords({cells, endedAt, startedAt, targets}: RunSummary): string {
  const requests = cells.reduce((sum, {counts}) => sum + counts.sent, 0)
  const ms = Date.parse(endedAt) - Date.parse(startedAt)
  const names = targets.map(({name}) => name).join(', ')
  return `${requests.toLocaleString('en-US')} requests to ${names}${Number.isFinite(ms) ? ` in ${lengthText(ms)}` : ''}`
}

/** What the objectives are: `ttft ≤ 500 ms, tpot ≤ 40 ms`. */
export function objectiveWords({slo}: Pick<RunSummary, 'slo'>): string | undefined {
  if (slo === null) return undefined
  const parts = [
    ['TTFT', slo.ttftMs],
    ['TPOT', slo.tpotMs],
    ['E2E', slo.e2eMs],
  ] as const
  const words = parts.flatMap(([name, ms]) => (ms === null ? [] : [`${name} ≤ ${givenText(ms)} ms`]))
  return `${words.join(', ')}${slo.name === null ? '' : ` (${slo.name})`}`
}

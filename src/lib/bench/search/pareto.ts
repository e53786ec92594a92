import type {CellSummary, RunSummary} from '../metrics/summary.schema.js'

/** Latencies by which points are compared. */
export const LATENCIES = ['ttft.p50', 'ttft.p99', 'tpot.p50', 'tpot.p99', 'e2e.p50', 'e2e.p99'] as const
export type LatencyName = (typeof LATENCIES)[number]

/** One target at one level, its repeats together. */
export interface SweepPoint {
  /** Place in the targets of the run. */
  readonly target: number
  readonly name: string
  readonly label: string
  readonly level: number | null
  readonly cells: readonly number[]
  /** ms; null where it was not measured. */
  readonly latencyMs: number | null
  readonly requestsPerSecond: number
  readonly outputTokensPerSecond: number
  readonly goodputPerSecond: number | null
  readonly attainment: number | null
  /** null: no price is known. */
  readonly usdPerMillionOutput: number | null
  /** No other point is at least as good in everything and better in something. */
  readonly front: boolean
  /** Such a point, where there is one. */
  readonly beatenBy: string | null
}

type Told = Omit<SweepPoint, 'front' | 'beatenBy'>

/** The points of a run, and which of them nothing beats on latency, throughput and price together. */
export function sweepPoints(
  {cells, targets}: Pick<RunSummary, 'cells' | 'targets'>,
  latency: LatencyName,
): readonly SweepPoint[] {
  const groups = new Map<string, CellSummary[]>()
  for (const cell of cells) {
    const key = `${cell.target}\n${cell.label}`
    groups.set(key, [...(groups.get(key) ?? []), cell])
  }
  const points = [...groups.values()].map((group) => toPoint(group, targets, latency))
  return points.map((point) => {
    const better = points.find((other) => beats(other, point))
    return {...point, front: better === undefined && point.latencyMs !== null, beatenBy: better ? named(better) : null}
  })
}

function named({label, name}: Told): string {
  return `${name} at ${label}`
}

function toPoint(cells: readonly CellSummary[], targets: RunSummary['targets'], latency: LatencyName): Told {
  const [first] = cells
  const target = first?.target ?? 0
  const goodputs = cells.flatMap(({goodput}) => goodput ?? [])
  const judged = goodputs.reduce((sum, {bad, good}) => sum + good + bad, 0)
  return {
    target,
    name: targets[target]?.name ?? `target ${target}`,
    label: first?.label ?? '',
    level: first?.level.value ?? null,
    cells: cells.map(({cell}) => cell),
    latencyMs: meanOf(cells.map((cell) => latencyOf(cell, latency))),
    requestsPerSecond: meanOf(cells.map(({throughput}) => throughput.requestsPerSecond)) ?? 0,
    outputTokensPerSecond: meanOf(cells.map(({throughput}) => throughput.outputTokensPerSecond)) ?? 0,
    goodputPerSecond: meanOf(goodputs.map(({requestsPerSecond}) => requestsPerSecond)),
    attainment: judged === 0 ? null : goodputs.reduce((sum, {good}) => sum + good, 0) / judged,
    usdPerMillionOutput: meanOf(cells.map(({price}) => price?.perMillionOutput ?? null)),
  }
}

/** Of an open loop from when a request was due: from its send, a late one would look quick. */
function latencyOf(cell: CellSummary, latency: LatencyName): number | null {
  const [metric, percentile] = latency.split('.') as ['ttft' | 'tpot' | 'e2e', 'p50' | 'p99']
  const due = metric === 'tpot' ? undefined : cell.fromSchedule?.[metric]
  return (due ?? cell[metric])?.p[percentile === 'p50' ? '50' : '99']?.value ?? null
}

/** null where one of them is not known: a mean of the others would be another thing. */
function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? [])
  return known.length === values.length && known.length > 0
    ? known.reduce((sum, value) => sum + value, 0) / known.length
    : null
}

/** A price that is not known beats nothing and is beaten by nothing, but by another of that kind. */
function beats(one: Told, other: Told): boolean {
  if (one.latencyMs === null || other.latencyMs === null || one === other) return false
  const [price, otherPrice] = [one.usdPerMillionOutput, other.usdPerMillionOutput]
  if ((price === null) !== (otherPrice === null)) return false
  const signs = [
    other.latencyMs - one.latencyMs,
    one.outputTokensPerSecond - other.outputTokensPerSecond,
    (otherPrice ?? 0) - (price ?? 0),
  ]
  return signs.every((sign) => sign >= 0) && signs.some((sign) => sign > 0)
}

import type {RunSummary} from '../metrics/summary.schema.js'
import type {KeptRun} from '../runs/run-store.js'
import type {BenchListResult, BenchRunRow} from './bench-list.schema.js'

export interface ListRunsFacts {
  readonly runs: readonly KeptRun[]
  readonly folder: string
  readonly nowMs: number
}

/** The runs of this machine, one row each, in the order they come. Pure. */
export function listRuns({folder, nowMs, runs}: ListRunsFacts): BenchListResult {
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    asOf: new Date(nowMs).toISOString(),
    folder,
    rows: runs.map(rowOf),
  }
}

/** What is told of one run in a line. */
export function rowOf({bytes, head, id, place, problem, summary}: KeptRun): BenchRunRow {
  const known = summary ?? head
  const readable = problem === undefined
  return {
    id,
    name: known?.name ?? null,
    startedAt: known?.startedAt ?? null,
    state: readable ? (summary?.ended ?? 'unfinished') : 'unreadable',
    simulated: known?.simulated ?? false,
    targets: known?.targets.map(({name}) => name) ?? [],
    cells: known?.cells.length ?? 0,
    shards: summary?.shards[0]?.of ?? head?.shard.of ?? 1,
    ...measuredOf(summary),
    bytes,
    place,
    problem: problem ?? null,
  }
}

function measuredOf(summary: RunSummary | undefined) {
  if (summary === undefined) return {verdict: null, requests: null, failed: null, usd: null, source: 'bedrockctl'}
  const {cells, imported, verdict} = summary
  const prices = cells.flatMap(({price}) => (price === null ? [] : [price.usd]))
  return {
    verdict: verdict.kind,
    requests: sum(cells.map(({counts}) => counts.sent)),
    failed: sum(cells.map(({counts}) => counts.bad)),
    usd: prices.length === 0 ? null : sum(prices),
    source: imported?.tool ?? 'bedrockctl',
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

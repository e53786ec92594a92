import type {Truth, TruthRow} from '../../../test/support/truth-server/start-truth-server.js'
import type {ClientReport, ClientRow} from './client-job.js'

/** How far a client's figures are from what was really sent, in ms. */
export interface Errors {
  readonly n: number
  readonly p50: number
  readonly p99: number
  readonly most: number
}

/** A run of a client beside the server's log of it. */
export interface Verdict {
  readonly answered: number
  readonly failed: number
  /** Answers whose token events the client counted otherwise than the server. */
  readonly miscounted: number
  /** Time to the first token by the client, less the time between arrival and first write by the server. */
  readonly ttft: Errors
  /** From the write of the first token to the reading of it, on the clock that both processes share. */
  readonly delivery: Errors
  /** From the sending, as the client tells it, to the arrival. */
  readonly arrival: Errors
  /** Arrivals a second between the first wave and the last, and as many as its users could have made of these answers; NaN: there are no users. */
  readonly perSecond: number
  readonly idealPerSecond: number
  readonly tokensPerSecond: number
  /** Of the mean gap between tokens: how far off, in percent. */
  readonly meanIclErrorPercent: number
  readonly iclP99ErrorMs: number
  readonly coalescedPercent: number
  readonly cpuMsPerRequest: number
  readonly serverCpuMsPerRequest: number
  readonly rssMb: number
}

/** Requests are matched by the number that is in their bodies. */
export function judgeRun(
  report: ClientReport,
  rows: readonly ClientRow[],
  {before, after}: {before: Truth; after: Truth},
  users: number,
): Verdict {
  const byId = new Map(after.rows.map((row) => [row.id, row]))
  // Bodies that were sent more than once tell nothing about which answer was whose.
  const matched = byId.size === after.rows.length ? rows : []
  const pairs = matched.flatMap((client): (readonly [ClientRow, TruthRow])[] => {
    const server = byId.get(client.k)
    return server === undefined || client.error !== 0 || Number.isNaN(client.first) ? [] : [[client, server]]
  })
  const events = sum(rows, ({events: count}) => count)
  const {perSecond, window} = steadyRate(after.rows, users)
  const trueGap = after.gaps.sumMs / after.gaps.count
  const gap = report.gaps.sumMs / report.gaps.count
  return {
    answered: rows.filter(({error}) => error === 0).length,
    failed: rows.filter(({error}) => error !== 0).length,
    miscounted: pairs.filter(([client, server]) => client.events !== server.events).length,
    ttft: errors(pairs.map(([client, server]) => client.first - client.sent - (server.first - server.arrived))),
    delivery: errors(pairs.map(([client, server]) => report.t0 + client.first - server.first)),
    arrival: errors(pairs.map(([client, server]) => server.arrived - report.t0 - client.sent)),
    perSecond,
    idealPerSecond: (users * 1000) / (sum(after.rows, ({end, arrived}) => end - arrived) / after.rows.length),
    tokensPerSecond: (perSecond * sum(window, ({events: count}) => count)) / Math.max(window.length, 1),
    meanIclErrorPercent: (Math.abs(gap - trueGap) / trueGap) * 100,
    iclP99ErrorMs: Math.abs(report.gaps.p99Ms - after.gaps.p99Ms),
    coalescedPercent: (sum(rows, ({coalesced}) => coalesced) / events) * 100,
    cpuMsPerRequest: report.cpuMs / rows.length,
    serverCpuMsPerRequest: (after.cpuMs - before.cpuMs) / after.rows.length,
    rssMb: report.rssMb,
  }
}

/** Of the arrivals after each user has had one answer and before the first user has nothing left to ask. */
function steadyRate(
  rows: readonly TruthRow[],
  users: number,
): {readonly perSecond: number; readonly window: readonly TruthRow[]} {
  const window = rows.length > 3 * users ? rows.slice(users) : rows
  const first = window[0]?.arrived ?? Number.NaN
  const last = window.at(-1)?.arrived ?? Number.NaN
  return {perSecond: ((window.length - 1) * 1000) / (last - first), window}
}

/** Sizes of the differences, whatever their sign. */
export function errors(differences: readonly number[]): Errors {
  const sizes = differences.map(Math.abs).toSorted((a, b) => a - b)
  const at = (share: number) => sizes[Math.round(share * (sizes.length - 1))] ?? Number.NaN
  return {n: sizes.length, p50: at(0.5), p99: at(0.99), most: at(1)}
}

function sum<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  let total = 0
  for (const row of rows) total += value(row)
  return total
}

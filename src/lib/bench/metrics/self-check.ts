import type {CellEndNote, CellSummary, Distribution, Reason, RunSummary} from './summary.schema.js'

type SelfCheck = RunSummary['selfCheck']

/** Above these the client, not the server, may be what was measured. */
const BOUNDS = {
  lagMs: 2,
  lagOfTtft: 0.05,
  loopLagMs: 20,
  busyShare: 0.9,
  coalesced: 0.1,
  busyWithCoalesced: 0.7,
  achieved: 0.98,
} as const

/** From so many samples on, p99 is taken as it is. */
const ENOUGH = 1000

/** What was measured of one cell, and of the client while it ran. */
export interface CheckedCell {
  readonly summary: CellSummary
  /** Of requests that did not wait for a connection, which depends on the server; where not told apart, of all. */
  readonly lagOnOpen?: Distribution | null
  readonly ends: readonly CellEndNote[]
}

/** Whether this machine kept up: the worst of all cells and shards, and each cell where it did not. */
export function checkSelf(cells: readonly CheckedCell[]): {
  readonly check: SelfCheck
  readonly reasons: Reason[]
  readonly connecting: Reason[]
} {
  const measured = cells.filter(({summary}) => summary.counts.ok > 0)
  const reasons = measured.flatMap((cell) => boundBy(cell).map((text) => clientBound(cell.summary, text)))
  const ends = cells.flatMap((cell) => cell.ends)
  const engine = ends.map(({selfCheck}) => selfCheck)
  const worst = (values: readonly (number | null | undefined)[]) => {
    const known = values.filter((value) => value !== null && value !== undefined)
    return known.length === 0 ? null : Math.max(...known)
  }
  const sent = sum(cells.map(({summary}) => summary.counts.sent))
  const shards = [...new Set(ends.map(({shard}) => shard))]
  return {
    reasons,
    connecting: measured.flatMap(waitedForConnections),
    check: {
      loopLagP99Ms: worst(engine.map(({loopLagP99Ms}) => loopLagP99Ms)),
      loopLagMaxMs: worst(engine.map(({loopLagMaxMs}) => loopLagMaxMs)),
      busyShare: worst(engine.map(({busyShare}) => busyShare)),
      cpuMsPerRequest: sent > 0 && engine.length > 0 ? sum(engine.map(({cpuMs}) => cpuMs)) / sent : null,
      lagP99Ms: worst(cells.map(({summary}) => summary.lag?.p['99']?.value)),
      coalescedFraction: worst(cells.map(({summary}) => summary.coalescedFraction)),
      workers: sum(
        shards.map((of) => worst(ends.filter(({shard}) => shard === of).map((end) => end.selfCheck.workers)) ?? 0),
      ),
      clientBound: reasons.length > 0,
      reasons: reasons.map(({text}) => text),
    },
  }
}

function boundOfLag({ttft}: CellSummary): number {
  return Math.max(BOUNDS.lagMs, BOUNDS.lagOfTtft * (ttft?.p['50']?.value ?? 0))
}

/** Of few samples, p99 is the slowest of them: it counts only as far as it is sure. */
function sureP99(lag: Distribution | null): number {
  const p99 = lag?.p['99']
  return p99 === undefined ? 0 : (((lag?.n ?? 0) < ENOUGH ? p99.low : undefined) ?? p99.value)
}

/** Lag that this machine is not to blame for: sends that waited for connections to be opened. */
function waitedForConnections({lagOnOpen = null, summary}: CheckedCell): Reason[] {
  const {cell, label, lag, target} = summary
  const all = lag?.n ?? 0
  const opened = all - (lagOnOpen?.n ?? 0)
  if (opened / all <= 0.01 || sureP99(lag) <= boundOfLag(summary)) return []
  const share = percent(opened / all)
  return [
    {
      code: 'NEW_CONNECTIONS',
      severity: 'warning',
      target,
      cell,
      text: `${label}: ${share} of requests waited for a new connection, up to ${(lag?.max ?? 0).toFixed(1)} ms.`,
      hint: 'Look why the server, or a proxy before it, closes connections; the wait is lag, not part of TTFT.',
    },
  ]
}

function boundBy({ends, summary, lagOnOpen = summary.lag}: CheckedCell): string[] {
  const lag = sureP99(lagOnOpen)
  const lagBound = boundOfLag(summary)
  const busy = Math.max(0, ...ends.map(({selfCheck}) => selfCheck.busyShare))
  const loopLag = Math.max(0, ...ends.map(({selfCheck}) => selfCheck.loopLagP99Ms))
  const coalesced = summary.coalescedFraction ?? 0
  return [
    ...(lag > lagBound ? [`sends were ${lag.toFixed(1)} ms late at p99 (bound ${lagBound.toFixed(1)} ms)`] : []),
    ...(busy > BOUNDS.busyShare ? [`the load thread was busy ${percent(busy)} of the time`] : []),
    ...(loopLag > BOUNDS.loopLagMs ? [`the load thread was ${loopLag.toFixed(0)} ms late at p99`] : []),
    ...(coalesced > BOUNDS.coalesced && busy > BOUNDS.busyWithCoalesced
      ? [`${percent(coalesced)} of events were read together with an earlier one, by a busy load thread`]
      : []),
    ...shortOfAsked(summary),
    ...(ends.some(({selfCheck}) => selfCheck.maxInFlightReached)
      ? ['requests had to wait because --max-in-flight was reached']
      : []),
  ]
}

/**
 * The rate of sends depends on the client alone, and is held against what was due from it over the same requests:
 * arrivals at random are off their rate by chance. The number in flight does too, once the first wave is out.
 */
function shortOfAsked({concurrency, counts, level, rate, window}: CellSummary): string[] {
  const {achieved, due} = rate
  if (achieved !== null && due !== null && achieved < due * BOUNDS.achieved) {
    return [`it sent ${achieved.toFixed(2)} requests a second where ${due.toFixed(2)} were due`]
  }
  const {asked: users, mean} = concurrency
  if (level.kind !== 'concurrency' || users === null || mean === null || !window.steady) return []
  if (counts.warmUp === 0 || counts.bad > counts.ok / 100 || mean >= users * BOUNDS.achieved) return []
  return [`${mean.toFixed(1)} of ${users} requests were in flight`]
}

function clientBound({cell, label, target}: CellSummary, text: string): Reason {
  return {
    code: 'CLIENT_BOUND',
    severity: 'error',
    target,
    cell,
    text: `${label}: this machine did not keep up: ${text}.`,
    hint: 'Use more --workers, a machine with more cores, or shards on several machines.',
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

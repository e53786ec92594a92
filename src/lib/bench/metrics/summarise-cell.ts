import type {GapHistogram} from '../samples/gaps.js'
import type {CellSamples} from './cell-samples.js'
import {concurrencyOf} from './concurrency.js'
import {distributionOf, distributionOfGaps, sliceOf} from './distribution.js'
import {goodputOf} from './goodput.js'
import {priceCell} from './price-cell.js'
import {type SpanName, spansOf} from './spans.js'
import type {CellEndNote, CellHead, CellSummary, Distribution, Objectives, TargetHead} from './summary.schema.js'
import {throughputOf} from './throughput.js'
import {extentsOf, steadySends, variationOf, type Window} from './window.js'

export interface CellFacts {
  readonly head: CellHead
  readonly target: TargetHead
  readonly samples: CellSamples
  readonly gaps: GapHistogram
  /** Of each shard; none of a cell that was killed. */
  readonly ends: readonly CellEndNote[]
  readonly slo: Objectives | null
}

/** Everything about one cell. Pure; the order of samples does not matter. */
export function summariseCell({ends, gaps, head, samples, slo, target}: CellFacts): CellSummary {
  const openLoop = isOpenLoop(head)
  const extents = extentsOf(samples, openLoop)
  const {whole, window} = extents
  const sends = openLoop ? steadySends(samples) : undefined
  const throughput = throughputOf(samples, extents)
  const good = slo === null ? undefined : goodputOf(samples, window, slo, openLoop ? 'sched' : 'sent')
  const goodput = good?.goodput ?? null
  const wholeMs = whole.toMs - whole.fromMs
  const {absent, price} = priceCell(target, {samples, throughput, good, wholeMs})
  const t0 = ends[0]?.t0EpochMs
  const {value} = head.level
  const of = (name: SpanName) => distribution(samples, window, name)
  const tpot = of('tpot')
  return {
    cell: head.cell,
    target: head.target,
    block: head.block,
    label: head.label,
    level: head.level,
    ended: worstEnd(ends),
    startedAt: t0 === undefined ? null : new Date(t0).toISOString(),
    window,
    wholeMs,
    counts: countsOf(samples),
    failures: mergeFailures(ends),
    rate: {
      asked: openLoop ? value : null,
      due: sends === undefined ? null : sendRate(sends.due, sends.due),
      achieved: sends === undefined ? throughput.requestsPerSecond : sendRate(sends.sent, sends.due),
      cv: sends === undefined ? null : variationOf(sends.sent),
    },
    concurrency: {asked: openLoop ? null : value, ...concurrencyOf(samples, window)},
    ttft: of('ttft'),
    ttfv: of('ttfv'),
    tpot,
    icl: distributionOfGaps(gaps),
    e2e: of('e2e'),
    fromSchedule: openLoop ? {ttft: of('ttftDue'), e2e: of('e2eDue')} : null,
    lag: of('lag'),
    close: of('close'),
    serverMs: of('serverMs'),
    perUser: perUser(tpot),
    tokens: tokensOf(samples),
    throughput,
    goodput,
    price,
    priceAbsent: absent,
    coalescedFraction: samples.events > 0 ? samples.coalesced / samples.events : null,
  }
}

/** Whether sends follow a clock and not the answers. */
export function isOpenLoop({level}: Pick<CellHead, 'level'>): boolean {
  return level.kind === 'rate' || level.kind === 'ramp' || level.kind === 'replay'
}

/** One number of each request that was measured and has it. */
export function distribution(samples: CellSamples, window: Window, name: SpanName): Distribution | null {
  const {sentMs, values} = spansOf(samples, name)
  const slices = new Uint8Array(sentMs.length)
  for (let at = 0; at < slices.length; at += 1) slices[at] = sliceOf(sentMs[at] ?? 0, window.fromMs, window.toMs)
  return distributionOf(values, slices)
}

function perUser(tpot: Distribution | null): CellSummary['perUser'] {
  const median = tpot?.p['50']?.value ?? 0
  return median > 0 ? {tokensPerSecondP50: 1000 / median} : null
}

/** Up to the first of those that were due at the last moment: of a burst, they belong to the period that it begins. */
function sendRate(sorted: Float64Array, due: Float64Array): number | null {
  const last = due.at(-1)
  const before = last === undefined ? -1 : due.indexOf(last)
  const span = (sorted[before] ?? 0) - (sorted[0] ?? 0)
  return before > 0 && span > 0 ? (before / span) * 1000 : null
}

/** Where nothing of the warm-up was answered and nothing came after it, its failures are those of the cell. */
function countsOf(samples: CellSamples): CellSummary['counts'] {
  const {cancelled, earlyErrors, ok, retried, sent, warmUp} = samples
  const early = [...earlyErrors.values()].reduce((total, count) => total + count, 0)
  const none = ok + samples.bad === 0 && early > 0 && early === warmUp
  const errors = none ? earlyErrors : samples.errors
  return {
    ...{sent, ok, cancelled, retried, warmUp},
    bad: none ? early : samples.bad,
    errors: Object.fromEntries([...errors].sort(byName)),
  }
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1
}

function tokensOf(samples: CellSamples): CellSummary['tokens'] {
  const {reported, sums} = samples.steady
  const told = (meter: 'cacheRead' | 'cacheWrite' | 'reasoning') => (reported[meter] > 0 ? sums[meter] : null)
  return {
    input: sums.input,
    output: sums.output,
    cacheRead: told('cacheRead'),
    cacheWrite: told('cacheWrite'),
    reasoning: told('reasoning'),
    estimatedRows: samples.estimated,
    perEvent: samples.steadyEvents > 0 ? sums.output / samples.steadyEvents : null,
    askedIn: samples.askedIn > 0 ? samples.askedIn : null,
    askedOut: samples.askedOut > 0 ? samples.askedOut : null,
  }
}

const ENDS = ['complete', 'interrupted', 'stopped', 'refused'] as const

/** A cell nobody said the end of was cut off. */
function worstEnd(ends: readonly CellEndNote[]): CellSummary['ended'] {
  if (ends.length === 0) return 'interrupted'
  return ENDS.findLast((one) => ends.some(({ended}) => ended === one)) ?? 'complete'
}

function mergeFailures(ends: readonly CellEndNote[]): CellSummary['failures'] {
  const merged = new Map<string, CellSummary['failures'][number]>()
  for (const failure of ends.flatMap(({failures}) => failures)) {
    const key = `${failure.error} ${failure.status} ${failure.detail}`
    const before = merged.get(key)
    merged.set(key, {...failure, count: failure.count + (before?.count ?? 0)})
  }
  return [...merged.values()].sort((a, b) => b.count - a.count || (a.detail < b.detail ? -1 : 1))
}

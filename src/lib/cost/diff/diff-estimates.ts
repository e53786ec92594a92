import type {EstimatedWorkload, EstimateResult} from '../estimate/estimate.schema.js'
import {compareMoney} from './compare-money.js'
import {compareMonths} from './compare-months.js'
import type {Change, CostDiff, WorkloadChange} from './cost-diff.schema.js'
import {judgeLimits} from './judge-limits.js'
import {matchLines} from './match-lines.js'
import {notesOn} from './notes-on.js'
import type {CostLimits} from './parse-limits.js'

/** One side of a comparison. */
export interface EstimatedFile {
  /** How it is called in the answer. */
  readonly file: string
  readonly estimate: EstimateResult
}

/** What a change of workloads costs. Both sides must be priced with the same book. */
export function diffEstimates(before: EstimatedFile, after: EstimatedFile, limits: CostLimits): CostDiff {
  const was = new Map(before.estimate.workloads.map((workload) => [workload.name, workload]))
  const is = new Map(after.estimate.workloads.map((workload) => [workload.name, workload]))
  const removed = before.estimate.workloads.filter(({name}) => !is.has(name))
  const workloads = [
    ...after.estimate.workloads.map((workload) => diffWorkload(was.get(workload.name), workload)),
    ...removed.map((workload) => diffWorkload(workload, undefined)),
  ]
  const diff = {
    schemaVersion: 1,
    simulated: after.estimate.simulated,
    unread: distinct([...before.estimate.unread, ...after.estimate.unread]),
    prices: after.estimate.prices,
    before: sideOf(before),
    after: sideOf(after),
    workloads,
    month: compareMoney(before.estimate.month, after.estimate.month),
    once: compareMoney(before.estimate.once, after.estimate.once),
    year: compareMoney(before.estimate.year, after.estimate.year),
    notes: notesOn(before.estimate, after.estimate),
  } as const
  const gate = judgeLimits({...diff, months: compareMonths(before.estimate, after.estimate)}, limits)
  return gate === undefined ? diff : {...diff, gate}
}

/** The side on which a workload does not stand. */
const NOTHING = {name: '', kind: '', lines: [], month: [], once: [], year: [], complete: true} as const

function diffWorkload(before: EstimatedWorkload | undefined, after: EstimatedWorkload | undefined): WorkloadChange {
  const [was, is] = [before ?? NOTHING, after ?? NOTHING]
  const {name, kind} = after ?? was
  const compared = {
    month: compareMoney(was.month, is.month),
    once: compareMoney(was.once, is.once),
    year: compareMoney(was.year, is.year),
    lines: matchLines(was.lines, is.lines),
  }
  const change: Change = before === undefined ? 'added' : after === undefined ? 'removed' : changeOf(compared)
  return {name, kind, change, ...compared, complete: was.complete && is.complete}
}

function changeOf({lines, month, once, year}: Pick<WorkloadChange, 'month' | 'once' | 'year' | 'lines'>): Change {
  const moved = [...month, ...once, ...year].some(({difference}) => difference !== 0)
  return moved || lines.some((line) => line.change !== 'unchanged') ? 'changed' : 'unchanged'
}

function sideOf({file, estimate: {complete, month, once, workloads, year}}: EstimatedFile): CostDiff['before'] {
  return {file, workloads: workloads.length, complete, month, once, year}
}

/** The same price may be missing on both sides. */
function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

import type {EstimatedWorkload, EstimateResult} from '../estimate/estimate.schema.js'
import {compareMoney} from './compare-money.js'
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
  const gate = judgeLimits(diff, limits)
  return gate === undefined ? diff : {...diff, gate}
}

function diffWorkload(before: EstimatedWorkload | undefined, after: EstimatedWorkload | undefined): WorkloadChange {
  const lines = matchLines(before?.lines ?? [], after?.lines ?? [])
  const month = compareMoney(before?.month ?? [], after?.month ?? [])
  const once = compareMoney(before?.once ?? [], after?.once ?? [])
  const year = compareMoney(before?.year ?? [], after?.year ?? [])
  const moved = [...month, ...once, ...year].some(({difference}) => difference !== 0)
  const changed = moved || lines.some((line) => line.change !== 'unchanged')
  const change: Change =
    before === undefined ? 'added' : after === undefined ? 'removed' : changed ? 'changed' : 'unchanged'
  const {kind, name} = after ?? before ?? {kind: '', name: ''}
  return {
    name,
    kind,
    change,
    month,
    once,
    year,
    complete: (before?.complete ?? true) && (after?.complete ?? true),
    lines,
  }
}

function sideOf({file, estimate: {complete, month, once, workloads, year}}: EstimatedFile): CostDiff['before'] {
  return {file, workloads: workloads.length, complete, month, once, year}
}

/** The same price may be missing on both sides. */
function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

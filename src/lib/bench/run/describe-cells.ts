import type {CellHead} from '../metrics/summary.schema.js'
import {type LevelPlan, rateWords} from '../plan/bench-plan.js'
import type {PlannedCell} from '../plan/expand-cells.js'

/** Cells as a run keeps them. */
export function cellHeads(cells: readonly PlannedCell[]): readonly CellHead[] {
  return cells.map(({block, cell, label, level, target}) => ({
    cell,
    target,
    block,
    label,
    level: {kind: level.kind, value: numberOf(level), text: textOf(level, label)},
    judgeCv: cvOf(level),
  }))
}

function numberOf(level: LevelPlan): number | null {
  switch (level.kind) {
    case 'concurrency':
    case 'users':
      return level.users
    case 'rate':
      return level.perSecond
    default:
      return null
  }
}

function textOf(level: LevelPlan, label: string): string {
  return level.kind === 'ramp'
    ? `${rateWords(level.from)} to ${rateWords(level.to)} in ${level.durationMs / 1000} s`
    : label
}

/** Of the gaps between arrivals: what chance makes of them should not be far from it. */
function cvOf(level: LevelPlan): number | null {
  if (level.kind !== 'rate') return null
  switch (level.shape.kind) {
    case 'constant':
      return 0
    case 'poisson':
      return 1
    case 'gamma':
      return 1 / Math.sqrt(level.shape.shape)
    case 'burst':
      return null
  }
}

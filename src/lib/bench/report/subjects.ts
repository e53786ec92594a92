import type {CellSummary} from '../metrics/summary.schema.js'
import type {CellSeries} from './cell-series.js'
import type {ReportedRun} from './read-report.js'

/** One target of one run: what has a line, a colour and a row of its own. */
export interface Subject {
  readonly run: ReportedRun
  readonly target: number
  /** With its run where there are several, and with whose definitions where they are not ours. */
  readonly name: string
  /** The same in every chart. */
  readonly hue: number
  readonly cells: readonly CellSummary[]
}

/** The targets of all runs that were measured, in their order. */
export function subjectsOf(runs: readonly ReportedRun[]): readonly Subject[] {
  const all = runs.flatMap((run) =>
    run.summary.targets.map((target, index) => ({
      run,
      target: index,
      name: `${target.name}${nameSuffix(run, runs)}`,
      cells: run.summary.cells.filter((cell) => cell.target === index),
    })),
  )
  return all.filter(({cells}) => cells.length > 0).map((subject, hue) => ({...subject, hue}))
}

function nameSuffix({summary}: ReportedRun, runs: readonly ReportedRun[]): string {
  const words = [
    ...(runs.length > 1 ? [summary.name ?? summary.id] : []),
    ...(summary.imported ? [`by ${summary.imported.tool}`] : []),
  ]
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

/** The level of a cell, with its place among the repeats where there are several. */
export function levelOf({cells}: Subject, {cell, label}: CellSummary): string {
  const own = cells.filter((one) => one.label === label)
  return own.length > 1 ? `${label} (${own.findIndex((one) => one.cell === cell) + 1})` : label
}

/** The levels of all runs by their labels: of one kind together, the lowest first; as they began, where they have no height. */
export function labelsOf(subjects: readonly Subject[]): readonly string[] {
  const cells = subjects.flatMap((subject) => subject.cells)
  const valued = cells.every(({level}) => level.value !== null)
  const labels = [...new Set(cells.map(({label}) => label))]
  if (!valued) return labels
  const kinds = [...new Set(cells.map(({level}) => level.kind))]
  const level = (label: string) => cells.find((cell) => cell.label === label)?.level
  const kind = (label: string) => kinds.findIndex((one) => one === level(label)?.kind)
  const value = (label: string) => level(label)?.value ?? 0
  return labels.toSorted((left, right) => kind(left) - kind(right) || value(left) - value(right))
}

/** What was read of the cells of a subject at a level: its repeats. */
export function seriesAt({cells, run}: Subject, label: string): readonly CellSeries[] {
  return cells.filter((cell) => cell.label === label).flatMap(({cell}) => run.series.get(cell) ?? [])
}

/** At most `most` of the labels, evenly chosen, the first and the last among them. */
export function someLabels(labels: readonly string[], most: number): readonly string[] {
  if (labels.length <= most) return labels
  const chosen = Array.from({length: most}, (_, index) => Math.round((index * (labels.length - 1)) / (most - 1)))
  return [...new Set(chosen)].flatMap((index) => labels[index] ?? [])
}

import type {MetricPoint, MetricSeries} from './metrics.schema.js'
import type {MetricTable} from './parse-table.js'

const STEP = 'step_number'
const EPOCH = 'epoch_number'

/** A series for each column of numbers, by step. Columns are known by their names: a newer service may have more. */
export function toSeries({columns, rows}: MetricTable, of: MetricSeries['of']): readonly MetricSeries[] {
  const stepAt = columns.indexOf(STEP)
  const epochAt = columns.indexOf(EPOCH)
  // Without steps, rows are in the order in which they were written.
  const stepOf = (row: readonly number[], index: number) => (stepAt === -1 ? index : (row[stepAt] ?? Number.NaN))
  const placed = rows
    .map((row, index) => ({row, step: stepOf(row, index), epoch: finite(row[epochAt])}))
    .filter(({step}) => Number.isFinite(step))
  return columns.flatMap((name, column): readonly MetricSeries[] => {
    if (column === stepAt || column === epochAt || name === '') return []
    const points = pointsOf(placed.map(({epoch, row, step}) => ({step, epoch, value: row[column] ?? Number.NaN})))
    return points.length === 0 ? [] : [{name, of, points}]
  })
}

/** A step that was written several times has the mean of what was written. */
function pointsOf(values: readonly MetricPoint[]): readonly MetricPoint[] {
  const steps = new Map<number, {epoch: number | null; sum: number; count: number}>()
  for (const {epoch, step, value} of values) {
    if (!Number.isFinite(value)) continue
    const known = steps.get(step)
    if (known === undefined) steps.set(step, {epoch, sum: value, count: 1})
    else Object.assign(known, {sum: known.sum + value, count: known.count + 1})
  }
  return [...steps]
    .map(([step, {count, epoch, sum}]) => ({step, epoch, value: sum / count}))
    .sort((left, right) => left.step - right.step)
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

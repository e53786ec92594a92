import type {MetricSeries} from '../../../customizations/metrics/metrics.schema.js'

export interface TrainingSteps {
  readonly done: number
  /** null until a whole epoch was seen, and where nobody said how many are asked for. */
  readonly total: number | null
}

/**
 * How far a training is, by the metrics that it has written: the steps of an epoch are known once the next one has begun.
 * undefined while nothing is written.
 */
export function trainingSteps(series: readonly MetricSeries[], epochs: number | null): TrainingSteps | undefined {
  const training = series.filter(({of}) => of === 'training')
  const starts = new Map<number, number>()
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const {points} of training.length > 0 ? training : series) {
    for (const {epoch, step} of points) {
      least = Math.min(least, step)
      most = Math.max(most, step)
      if (epoch !== null) starts.set(epoch, Math.min(starts.get(epoch) ?? step, step))
    }
  }
  if (least === Number.POSITIVE_INFINITY) return undefined
  // Steps are counted from 0 or from 1, as the file has them.
  const done = least === 0 ? most + 1 : most
  const ordered = [...starts].toSorted(([a], [b]) => a - b)
  const [first] = ordered
  const last = ordered.at(-1)
  if (epochs === null || first === undefined || last === undefined || first === last) return {done, total: null}
  const total = Math.round(((last[1] - first[1]) / (last[0] - first[0])) * epochs)
  return {done, total: total >= done ? total : null}
}

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
  const points = (training.length > 0 ? training : series).flatMap(({points: all}) => all)
  if (points.length === 0) return undefined
  const starts = new Map<number, number>()
  let done = 0
  for (const {epoch, step} of points) {
    done = Math.max(done, step)
    if (epoch !== null) starts.set(epoch, Math.min(starts.get(epoch) ?? step, step))
  }
  const [first, second] = [...starts].toSorted(([a], [b]) => a - b)
  if (epochs === null || first === undefined || second === undefined) return {done, total: null}
  const [firstEpoch, firstStep] = first
  const [secondEpoch, secondStep] = second
  const each = (secondStep - firstStep) / (secondEpoch - firstEpoch)
  const total = Math.round(each * epochs)
  return {done, total: total >= done ? total : null}
}

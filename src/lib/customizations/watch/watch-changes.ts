import type {PhaseRow} from '../customization.schema.js'
import type {MetricSeries} from '../metrics/metrics.schema.js'
import type {JobLook} from './watch-job.js'

interface MetricValue extends Pick<MetricSeries, 'name' | 'of'> {
  readonly step: number
  readonly value: number
}

/** What is different from the look before. */
export type WatchChange =
  | {
      readonly kind: 'state'
      readonly name: string
      readonly arn: string
      /** null at the first look. */
      readonly from: string | null
      readonly to: string
      readonly message: string | null
    }
  | {
      readonly kind: 'phase'
      readonly name: string
      readonly phase: PhaseRow['name']
      readonly from: string | null
      readonly to: string
      readonly seconds: number | null
    }
  | {readonly kind: 'queued'; readonly name: string}
  | {
      readonly kind: 'metrics'
      readonly name: string
      readonly step: number
      readonly epoch: number | null
      /** The last value of each series. */
      readonly values: readonly MetricValue[]
    }

/** Phases that have changed, the state of the job, then metrics of steps that were not there before. */
export function watchChanges(before: JobLook | undefined, now: JobLook): readonly WatchChange[] {
  const {row} = now
  const {arn, message, name, state} = row
  const phases = row.phases.flatMap((phase): readonly WatchChange[] => {
    const from = before?.row.phases.find((one) => one.name === phase.name)?.state ?? null
    if (phase.state === null || phase.state === from || (from === null && phase.state === 'NotStarted')) return []
    return [{kind: 'phase', name, phase: phase.name, from, to: phase.state, seconds: phase.seconds}]
  })
  const from = before?.row.state ?? null
  return [
    ...(from === null ? [{kind: 'state', name, arn, from, to: state, message} as const] : []),
    ...phases,
    ...(row.queued && before?.row.queued !== true ? [{kind: 'queued', name} as const] : []),
    ...metricChange(before, now),
    ...(from !== null && from !== state ? [{kind: 'state', name, arn, from, to: state, message} as const] : []),
  ]
}

function metricChange(before: JobLook | undefined, {metrics, row}: JobLook): readonly WatchChange[] {
  const last = lastPlace(metrics)
  const known = before && lastPlace(before.metrics)
  const grown = metrics.series.length > (before?.metrics.series.length ?? 0)
  if (last === undefined || (known !== undefined && known.step >= last.step && !grown)) return []
  const values = metrics.series.flatMap(({name, of, points}): readonly MetricValue[] => {
    const point = points.at(-1)
    return point === undefined ? [] : [{name, of, step: point.step, value: point.value}]
  })
  return [{kind: 'metrics', name: row.name, ...last, values}]
}

/** The last step that was written of. */
export function lastPlace({
  series,
}: JobLook['metrics']): {readonly step: number; readonly epoch: number | null} | undefined {
  const points = series.flatMap(({points: all}) => all.at(-1) ?? [])
  const [first, ...rest] = points
  if (first === undefined) return undefined
  const {epoch, step} = rest.reduce((last, point) => (point.step > last.step ? point : last), first)
  return {step, epoch}
}

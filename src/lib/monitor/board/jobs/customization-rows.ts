import type {CustomizationFailure, CustomizationRow} from '../../../customizations/customization.schema.js'
import type {MetricSeries} from '../../../customizations/metrics/metrics.schema.js'
import type {Sighting} from '../../../jobs/sightings.js'
import {toneOfState} from '../../../jobs/state-tone.js'
import {jobActions} from './job-actions.js'
import {etaOf, NO_ETA} from './job-eta.js'
import type {JobRow} from './jobs.schema.js'
import {msOf} from './ms-of.js'
import {thinPoints} from './thin-points.js'
import {trainingSteps} from './training-steps.js'

/** A customization job as it stands. */
export interface CustomizationSight {
  readonly row: CustomizationRow
  readonly series: readonly MetricSeries[]
  /** As they were asked for; null where nobody said. */
  readonly epochs: number | null
  readonly sightings: readonly Sighting[]
  readonly failure: CustomizationFailure | null
  readonly next: readonly string[]
  /** As `customizations stop` asks. */
  readonly stop: string | undefined
  /** What `customizations list` says that it is at: "training", "-". */
  readonly at: string
  /** Further names and values. */
  readonly facts: JobRow['facts']
}

const MOST_POINTS = 120
const MOST_SERIES = 6

/** One customization job as a row of the board. Pure. */
export function customizationRow(sight: CustomizationSight, nowMs: number): JobRow {
  const {failure, next, row, stop} = sight
  const {baseModel, createdAt, endedAt, id, name, phases, queued, state} = row
  const isLive = endedAt === null && !['Completed', 'Failed', 'Stopped'].includes(state)
  return {
    kind: 'customization',
    id: row.arn,
    name,
    model: baseModel,
    state,
    tone: toneOfState(state) ?? null,
    live: isLive,
    at: isLive && sight.at !== '-' ? sight.at : null,
    failed: null,
    ...progressOf(sight, isLive, nowMs),
    createdAtMs: msOf(createdAt),
    endedAtMs: isLive ? null : (msOf(endedAt) ?? msOf(createdAt)),
    cost: null,
    message: failure?.message ?? row.message ?? (queued ? WAITS : null),
    remedy: failure?.remedy ?? null,
    next,
    parts: phases.map((phase) => toPart(phase, queued)),
    partsLeftOut: 0,
    metrics: sight.series.slice(0, MOST_SERIES).map(({name: metric, points}) => ({
      name: metric,
      points: thinPoints(points, MOST_POINTS).map(({step, value}) => [step, value] as const),
    })),
    facts: [['job id', id], ...modelFacts(row), ...sight.facts],
    actions: jobActions({name, stop: isLive ? stop : undefined, collectTo: undefined, answered: null}),
  }
}

function progressOf({epochs, row, series, sightings}: CustomizationSight, isLive: boolean, nowMs: number) {
  const steps = trainingSteps(series, epochs)
  if (steps === undefined) return {done: null, total: null, unit: null, ...NO_ETA}
  const {done} = steps
  const total = row.state === 'Completed' ? done : steps.total
  const sinceMs = msOf(row.phases.find((phase) => phase.name === 'training')?.startedAt ?? null)
  const left = total === null ? null : total - done
  return {done, total, unit: 'steps', ...(isLive ? etaOf({sightings, done, left, sinceMs, nowMs}) : NO_ETA)}
}

const WAITS = 'Its data is ready; it waits for training capacity, which may take hours.'

function toPart({endedAt, name, startedAt, state}: CustomizationRow['phases'][number], queued: boolean) {
  const waits = queued && name === 'training'
  return {
    name: name.replace('-', ' '),
    state: waits ? 'queued for capacity' : (state ?? '?'),
    tone: toneOfState(state) ?? null,
    done: null,
    failed: null,
    total: null,
    startedAtMs: msOf(startedAt),
    endedAtMs: msOf(endedAt),
  }
}

function modelFacts({modelArn, modelName}: CustomizationRow): JobRow['facts'] {
  return [
    ...(modelName === null ? [] : [['its model', modelName] as const]),
    ...(modelArn === null ? [] : [['model ARN', modelArn] as const]),
  ]
}

import type {CellEndNote, RunSummary} from '../metrics/summary.schema.js'
import type {Run, StoredTelemetry} from '../runs/run-store.js'
import {summaryOfRun} from '../runs/summary-of-run.js'
import {type CellSeries, cellSeries} from './cell-series.js'

/** A device's readings of one metric, thinned: ms from the start of the run. */
export interface Lane {
  readonly source: string
  readonly device: string
  readonly metric: string
  readonly points: readonly {readonly x: number; readonly y: number}[]
}

/** All that a report tells of one run. */
export interface ReportedRun {
  readonly summary: RunSummary
  /** By cell; none of an imported summary. */
  readonly series: ReadonlyMap<number, CellSeries>
  readonly lanes: readonly Lane[]
  /** When each cell began, ms from the start of the run. */
  readonly starts: ReadonlyMap<number, number>
}

/** Reads a run for its report, cell after cell, so that memory holds the samples of one at a time. */
export async function readReport(run: Run): Promise<ReportedRun> {
  const summary = await summaryOfRun(run)
  const series = new Map<number, CellSeries>()
  for (const {cell, fromSchedule} of summary.cells) {
    const read = await cellSeries(cell, run.samples(cell), fromSchedule !== null)
    if (read.lengthMs > 0) series.set(cell, read)
  }
  const ends = await run.ends()
  const zero = startOf(summary, ends)
  return {
    summary,
    series,
    lanes: await lanesOf(run.telemetry(), zero),
    starts: new Map(ends.map(({cell, t0EpochMs}) => [cell, t0EpochMs - zero])),
  }
}

function startOf({startedAt}: RunSummary, ends: readonly CellEndNote[]): number {
  const first = ends.map(({t0EpochMs}) => t0EpochMs).filter((at) => at > 0)
  return first.length > 0 ? Math.min(...first) : Date.parse(startedAt)
}

const MOST_POINTS = 400

async function lanesOf(rows: AsyncIterable<StoredTelemetry>, zero: number): Promise<readonly Lane[]> {
  const lanes = new Map<string, {source: string; device: string; metric: string; points: {x: number; y: number}[]}>()
  for await (const {atEpochMs, device, source, values} of rows) {
    for (const [metric, y] of Object.entries(values)) {
      const key = JSON.stringify([source, device, metric])
      const lane = lanes.get(key) ?? {source, device, metric, points: []}
      lanes.set(key, lane)
      lane.points.push({x: atEpochMs - zero, y})
    }
  }
  return [...lanes.values()].map((lane) => ({...lane, points: thinned(lane.points)}))
}

/** The mean of each few neighbours, where there are more than can be told apart. */
function thinned(points: readonly {x: number; y: number}[]): readonly {x: number; y: number}[] {
  const every = Math.ceil(points.length / MOST_POINTS)
  if (every <= 1) return points
  return Array.from({length: Math.ceil(points.length / every)}, (_, index) => {
    const some = points.slice(index * every, (index + 1) * every)
    const mean = (of: (point: {x: number; y: number}) => number) =>
      some.reduce((sum, point) => sum + of(point), 0) / some.length
    return {x: mean(({x}) => x), y: mean(({y}) => y)}
  })
}
